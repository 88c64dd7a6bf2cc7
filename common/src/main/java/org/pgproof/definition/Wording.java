package org.pgproof.definition;

import java.util.List;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * How a definition's text depends on the major versions that wrote it: each kind of object with the version that began
 * to word it differently, and the form in which both wordings are the same. Found by dumping, restoring into each later
 * version and dumping again; but for these rules, PostgreSQL 13 to 18 word everything alike that was tried.
 */
public final class Wording {
    /** Kinds that hold expressions or queries, which a server may print in another form once it has read them. */
    public static final Set<String> HOLDING_EXPRESSIONS = Set.of(
            "CHECK CONSTRAINT",
            "CONSTRAINT",
            "DEFAULT",
            "DOMAIN",
            "FOREIGN TABLE",
            "FUNCTION",
            "INDEX",
            "MATERIALIZED VIEW",
            "POLICY",
            "PROCEDURE",
            "PUBLICATION TABLE",
            "RULE",
            "STATISTICS",
            "TABLE",
            "TRIGGER",
            "VIEW");

    private static final Pattern MULTIRANGE = Pattern.compile(",\n    multirange_type_name = [^\n]*?(?=,\n|\n\\);)");
    private static final Pattern MODE_OF_ARGUMENT = Pattern.compile("(?<=[(]|, )IN ");
    private static final Pattern NOT_NULL_NAME =
            Pattern.compile(" CONSTRAINT (?:(?:\"[^\"]*+\")++|[\\w$]+)(?= NOT NULL)");

    /** A text in quotes; possessive, because a group that is repeated takes stack for each character. */
    private static final String TEXT = "(E'(?:[^'\\\\]++|\\\\.)*+'|'[^']*+')";

    /** A text in quotes, or names before a name: {@code schema.table.} before {@code column}. */
    private static final Pattern QUALIFICATION = Pattern.compile(
            TEXT + "|(?<![\\w$\").])(?:(?:\"(?:[^\"]|\"\")+\"|[\\p{L}_][\\p{L}\\p{N}_$]*)\\.)+(?=[\\p{L}_\"*])",
            Pattern.DOTALL);

    /** A text in quotes, or that XML is written as it is, which earlier versions had no word for. */
    private static final Pattern NO_INDENT = Pattern.compile(TEXT + "| NO INDENT(?=\\))", Pattern.DOTALL);

    /**
     * A text in quotes, or a name in quotes that is a keyword in some versions and in others is not. From the lists of
     * keywords in {@code src/include/parser/kwlist.h}, without those that may be names unquoted: 16 has five more than
     * 15, 17 has eight more than 16.
     */
    private static final Pattern QUOTED_KEYWORD = Pattern.compile(
            TEXT + "|\"(system_user|merge_action"
                    + "|json(?:_array|_arrayagg|_exists|_object|_objectagg|_query|_scalar|_serialize|_table|_value)?)\"",
            Pattern.DOTALL);

    /** A text in quotes, or the default that is none. */
    private static final Pattern DEFAULT_NULL = Pattern.compile(TEXT + "| DEFAULT NULL(?=[, \n])", Pattern.DOTALL);

    /** What operator classes and families hold, each on a line of its own. */
    private static final Pattern CLASS_MEMBERS = Pattern.compile(" AS(?:\n    [^\n]*)+;");

    private static final Pattern FAMILY_MEMBERS = Pattern.compile("ALTER OPERATOR FAMILY [^\n]* ADD(?:\n    [^\n]*)+;");

    /** The first kind of object that an owner is said to own: for the server all of these are tables. */
    private static final Pattern OWNER = Pattern.compile(
            "^ALTER (?:SEQUENCE|VIEW|MATERIALIZED VIEW|FOREIGN TABLE)(?= .* OWNER TO )", Pattern.DOTALL);

    private static final List<Rule> RULES = List.of(
            // Every range type got a multirange type beside it.
            Rule.server(14, Set.of("TYPE"), text -> remove(MULTIRANGE, text)),
            // Members that an operator class does not need belong to its family.
            Rule.server(14, Set.of("OPERATOR CLASS"), text -> remove(CLASS_MEMBERS, text)),
            Rule.server(14, Set.of("OPERATOR FAMILY"), text -> remove(FAMILY_MEMBERS, text)),
            // IN is said of procedures' arguments.
            Rule.server(14, Set.of("PROCEDURE", "COMMENT", "ACL"), Wording::withoutModes),
            // Columns of a view's only table are no longer qualified.
            Rule.server(16, Set.of("VIEW", "MATERIALIZED VIEW", "RULE"), text -> removeUnquoted(QUALIFICATION, text)),
            // XMLSERIALIZE says whether it indents.
            Rule.server(16, HOLDING_EXPRESSIONS, Wording::withoutNoIndent),
            // Not-null constraints have names, which are said where they are not the default.
            Rule.server(18, Set.of("TABLE"), text -> remove(NOT_NULL_NAME, text)),
            // Subscriptions stream in parallel unless told otherwise, so the former default becomes the new one.
            Rule.server(18, Set.of("SUBSCRIPTION"), text -> text.replace(", streaming = parallel", "")),
            // Names that became keywords are quoted, by the server in expressions and by pg_dump elsewhere.
            Rule.ofAll(Wording::isAcrossKeywords, Wording::withoutQuotesOfKeywords),
            // A partition without its parent's default said so.
            Rule.client(Set.of("TABLE", "FOREIGN TABLE"), text -> removeUnquoted(DEFAULT_NULL, text)),
            // The options of columns are set with ONLY.
            Rule.client(
                    Set.of("FOREIGN TABLE"), text -> text.replace("ALTER FOREIGN TABLE ONLY ", "ALTER FOREIGN TABLE ")),
            // What looks like a table is given its owner with ALTER TABLE.
            Rule.client(
                    Set.of("SEQUENCE", "VIEW", "MATERIALIZED VIEW", "FOREIGN TABLE"),
                    text -> OWNER.matcher(text).replaceFirst("ALTER TABLE")),
            // There were two blanks after the kind of object.
            Rule.client(Set.of("DEFAULT ACL"), text -> text.replace("  ", " ")));

    private static final int OLDEST_KNOWN = 13;
    private static final int NEWEST_KNOWN = 18;

    private Wording() {}

    /**
     * One difference.
     *
     * @param differs whether two writers differ in it
     * @param kinds of objects that it concerns; empty where it is all
     */
    private record Rule(BiPredicate<Writer, Writer> differs, Set<String> kinds, UnaryOperator<String> common) {
        /** @param since the first major version of the server with the new wording */
        static Rule server(int since, Set<String> kinds, UnaryOperator<String> common) {
            return new Rule((one, other) -> straddle(since, one.server(), other.server()), kinds, common);
        }

        /** The version of {@code pg_dump} decides, which may be any. */
        static Rule client(Set<String> kinds, UnaryOperator<String> common) {
            return new Rule((one, other) -> one.client() != other.client(), kinds, common);
        }

        static Rule ofAll(BiPredicate<Writer, Writer> differs, UnaryOperator<String> common) {
            return new Rule(differs, Set.of(), common);
        }

        boolean concerns(String kind) {
            return kinds.isEmpty() || kinds.contains(kind);
        }
    }

    /** The major versions that wrote a definition. */
    public record Writer(int server, int client) {
        private boolean isKnown() {
            return server >= OLDEST_KNOWN && client <= NEWEST_KNOWN;
        }
    }

    /** Returns whether all differences between these two are known. */
    public static boolean isKnown(Writer one, Writer other) {
        return one.equals(other) || (one.isKnown() && other.isKnown());
    }

    /** Returns whether two writers may word an object of this kind differently. */
    public static boolean differs(String kind, Writer one, Writer other) {
        return RULES.stream()
                .anyMatch(rule -> rule.concerns(kind) && rule.differs().test(one, other));
    }

    /** Returns the text of a statement in the form that all versions share; blank where some have no such statement. */
    public static String common(String kind, String text) {
        String common = text;
        for (Rule rule : RULES) {
            if (rule.concerns(kind)) {
                common = rule.common().apply(common);
            }
        }
        return common;
    }

    /** Returns the name in the form that all versions share: comments on procedures are named with their arguments. */
    public static String commonName(String name) {
        return name.startsWith("PROCEDURE ") ? remove(MODE_OF_ARGUMENT, name) : name;
    }

    private static boolean isAcrossKeywords(Writer one, Writer other) {
        return IntStream.of(16, 17)
                .anyMatch(since ->
                        straddle(since, one.server(), other.server()) || straddle(since, one.client(), other.client()));
    }

    private static boolean straddle(int since, int one, int other) {
        return one < since != other < since;
    }

    private static String withoutQuotesOfKeywords(String text) {
        return text.indexOf('"') < 0
                ? text
                : QUOTED_KEYWORD
                        .matcher(text)
                        .replaceAll(found ->
                                Matcher.quoteReplacement(found.group(2) == null ? found.group() : found.group(2)));
    }

    private static String withoutNoIndent(String text) {
        return text.contains(" NO INDENT)") ? removeUnquoted(NO_INDENT, text) : text;
    }

    private static String withoutModes(String text) {
        return text.contains(" PROCEDURE ") ? remove(MODE_OF_ARGUMENT, text) : text;
    }

    /** Removes what a pattern finds, but for the texts in quotes that are its first group. */
    private static String removeUnquoted(Pattern pattern, String text) {
        return pattern.matcher(text)
                .replaceAll(found -> found.group(1) == null ? "" : Matcher.quoteReplacement(found.group()));
    }

    private static String remove(Pattern pattern, String text) {
        return pattern.matcher(text).replaceAll("");
    }
}
