package org.pgproof.manifest;

import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How a definition's text depends on the major versions that wrote it: each kind of object with the version that began
 * to word it differently, and the form in which both wordings are the same. Found by dumping, restoring into each later
 * version and dumping again; a kind that is not here is worded alike by PostgreSQL 13 to 18.
 */
final class Wording {
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

    /** The first kind of object that an owner is said to own: for the server all of these are tables. */
    private static final Pattern OWNER = Pattern.compile(
            "^ALTER (?:SEQUENCE|VIEW|MATERIALIZED VIEW|FOREIGN TABLE)(?= .* OWNER TO )", Pattern.DOTALL);

    private static final List<Rule> RULES = List.of(
            // Every range type got a multirange type beside it.
            Rule.server(14, Set.of("TYPE"), text -> remove(MULTIRANGE, text)),
            // IN is said of procedures' arguments.
            Rule.server(14, Set.of("PROCEDURE", "COMMENT", "ACL"), Wording::withoutModes),
            // Columns of a view's only table are no longer qualified.
            Rule.server(16, Set.of("VIEW", "MATERIALIZED VIEW", "RULE"), text -> removeUnquoted(QUALIFICATION, text)),
            // XMLSERIALIZE says whether it indents.
            Rule.server(16, Set.of("VIEW", "MATERIALIZED VIEW", "RULE"), text -> removeUnquoted(NO_INDENT, text)),
            // Not-null constraints have names, which are said where they are not the default.
            Rule.server(18, Set.of("TABLE"), text -> remove(NOT_NULL_NAME, text)),
            // Subscriptions stream in parallel unless told otherwise, so the former default becomes the new one.
            Rule.server(18, Set.of("SUBSCRIPTION"), text -> text.replace(", streaming = parallel", "")),
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
     * @param since the first major version of the server with the new wording; 0 where that of {@code pg_dump} decides,
     *     which may be any
     */
    private record Rule(int since, Set<String> kinds, UnaryOperator<String> common) {
        static Rule server(int since, Set<String> kinds, UnaryOperator<String> common) {
            return new Rule(since, kinds, common);
        }

        static Rule client(Set<String> kinds, UnaryOperator<String> common) {
            return new Rule(0, kinds, common);
        }

        boolean differs(Writer one, Writer other) {
            return since == 0 ? one.client() != other.client() : one.server() < since != other.server() < since;
        }
    }

    /** The major versions that wrote a definition. */
    record Writer(int server, int client) {
        private boolean isKnown() {
            return server >= OLDEST_KNOWN && client <= NEWEST_KNOWN;
        }
    }

    /** Returns whether all differences between these two are known. */
    static boolean isKnown(Writer one, Writer other) {
        return one.equals(other) || (one.isKnown() && other.isKnown());
    }

    /** Returns whether two writers may word an object of this kind differently. */
    static boolean differs(String kind, Writer one, Writer other) {
        return RULES.stream().anyMatch(rule -> rule.kinds().contains(kind) && rule.differs(one, other));
    }

    /** Returns whether there is a common form for this kind. */
    static boolean varies(String kind) {
        return RULES.stream().anyMatch(rule -> rule.kinds().contains(kind));
    }

    /** Returns the text in the form that all versions share. */
    static String common(String kind, String text) {
        String common = text;
        for (Rule rule : RULES) {
            if (rule.kinds().contains(kind)) {
                common = rule.common().apply(common);
            }
        }
        return common;
    }

    /** Returns the name in the form that all versions share: comments on procedures are named with their arguments. */
    static String commonName(String name) {
        return name.startsWith("PROCEDURE ") ? remove(MODE_OF_ARGUMENT, name) : name;
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
