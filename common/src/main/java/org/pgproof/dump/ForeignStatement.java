package org.pgproof.dump;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.pgproof.dump.sql.SqlBytes;

/**
 * Tells a statement that pg_dump never writes. Above all, no version of it changes a setting in another way, at another place
 * or to another value than these, or runs a query of its own choice. Only statements between entries are looked at: what the
 * body of a function does is the function's affair.
 */
final class ForeignStatement {
    /** With what pg_dump 9.6 to 19 begins a statement, its options {@code --clean} and {@code --inserts} included. */
    private static final Set<String> BEGINNINGS = Set.of(
            "CREATE",
            "ALTER",
            "COMMENT",
            "SECURITY",
            "GRANT",
            "REVOKE",
            "DROP",
            "COPY",
            "INSERT",
            "REFRESH",
            "SET",
            "SELECT",
            "BEGIN",
            "COMMIT");

    private static final String LITERAL = " ?(?:'(?:[^']++|'')*+'|E'(?:[^'\\\\]++|''|\\\\.)*+')";
    /** As it is written where {@code standard_conforming_strings} is off. */
    private static final String OLD_LITERAL = " ?E?'(?:[^'\\\\]++|''|\\\\.)*+'";

    private static final String NAME = "(?:\"(?:[^\"]|\"\")+\"|[a-z_][a-z0-9_$]*)";
    private static final String FUNCTION = "SELECT pg_catalog\\.";

    /** What pg_dump sets before its first entry, and nowhere else. */
    private static final Pattern AT_FIRST = Pattern.compile("SET (?:"
            + "(?:statement|lock|idle_in_transaction_session|transaction)_timeout = 0"
            + "|client_encoding = '[A-Za-z0-9_]+'"
            + "|standard_conforming_strings = (?:on|off)"
            + "|escape_string_warning = off"
            + "|check_function_bodies = false"
            + "|xmloption = content"
            + "|client_min_messages = warning"
            + "|row_security = (?:on|off)"
            + ");");

    private static final Pattern ANYWHERE = Pattern.compile("SET (?:"
            + "default_tablespace = (?:''|" + NAME + ")"
            + "|default_table_access_method = " + NAME
            + "|default_with_oids = (?:true|false)"
            + "|search_path = " + NAME + "(?:, " + NAME + ")*"
            + "|SESSION AUTHORIZATION (?:DEFAULT|'(?:[^'\\\\]|'')+')"
            + ");");

    private static final List<String> CALLS = List.of(
            "set_config\\('search_path', %1$s, false\\)",
            "setval\\(%1$s, -?\\d+(?:, (?:true|false))?\\)",
            "lo_create\\('?\\d+'?\\)",
            "lo_open\\('?\\d+'?, \\d+\\)",
            "lowrite\\(0, %1$s\\)",
            "lo_close\\(0\\)",
            "lo_unlink\\('?\\d+'?\\)",
            "lo_unlink\\(oid\\) FROM pg_catalog\\.pg_largeobject_metadata WHERE oid = '?\\d+'?");

    private static final Pattern CALL = calls(LITERAL);
    private static final Pattern OLD_CALL = calls(OLD_LITERAL);

    private static final String ARGUMENT = LITERAL + "(?:::[a-z ]+(?:\\[\\])?)?";
    private static final Pattern STATISTICS =
            Pattern.compile("SELECT \\* FROM pg_catalog\\.pg_restore_(?:relation|attribute|extended)_stats\\(\\s*"
                    + ARGUMENT + "(?:,\\s*" + ARGUMENT + ")*\\s*\\);");

    /**
     * What pg_dump 9.6 to 19 dumps of one database, as statements name it. What belongs to the server is for pg_dumpall and
     * for {@code --create}, whose dumps change the database with a command.
     */
    private static final String KIND = "(?:" + String.join("|", kinds()) + ")";

    private static final Pattern DEFINITION = Pattern.compile("CREATE (?:OR REPLACE )?"
            + "(?:(?:CONSTRAINT|DEFAULT|TRUSTED|UNIQUE|UNLOGGED) )?" + KIND + " "
            + "|ALTER (?!CAST |EXTENSION |TRANSFORM |USER )(?:" + KIND + "|DEFAULT PRIVILEGES|LARGE OBJECT) "
            + "|DROP " + KIND + " ");

    private static final Pattern REMARK = Pattern.compile("(?:COMMENT|SECURITY LABEL(?: FOR " + NAME + ")?) ON (?:"
            + KIND + "|COLUMN|CONSTRAINT|DATABASE|LARGE OBJECT) ");

    /** Of columns, or of what the list names; no membership, which names no object. */
    private static final Pattern GRANT = Pattern.compile("(?:GRANT|REVOKE) (?:GRANT OPTION FOR )?"
            + "[A-Z]+(?:,[A-Z]+)*(?:\\(| ON (?:DOMAIN|FOREIGN DATA WRAPPER|FOREIGN SERVER|FUNCTION|LANGUAGE|LARGE OBJECT"
            + "|PROCEDURE|PROPERTY GRAPH|SCHEMA|SEQUENCE|TABLE|TYPE) )");

    private static final int LONGEST_BEGINNING = 300;
    private static final int SHOWN = 100;

    private ForeignStatement() {}

    private static List<String> kinds() {
        return List.of(
                "ACCESS METHOD",
                "AGGREGATE",
                "CAST",
                "COLLATION",
                "CONVERSION",
                "DOMAIN",
                "EVENT TRIGGER",
                "EXTENSION",
                "FOREIGN (?:DATA WRAPPER|TABLE)",
                "FUNCTION",
                "INDEX",
                "(?:PROCEDURAL )?LANGUAGE",
                "MATERIALIZED VIEW",
                "OPERATOR(?: CLASS| FAMILY)?",
                "POLICY",
                "PROCEDURE",
                "PROPERTY GRAPH",
                "PUBLICATION",
                "RULE",
                "SCHEMA",
                "SEQUENCE",
                "SERVER",
                "STATISTICS",
                "SUBSCRIPTION",
                "TABLE",
                "TEXT SEARCH (?:CONFIGURATION|DICTIONARY|PARSER|TEMPLATE)",
                "TRANSFORM",
                "TRIGGER",
                "TYPE",
                "USER MAPPING",
                "VIEW");
    }

    private static Pattern calls(String literal) {
        return Pattern.compile(FUNCTION + "(?:" + String.format(String.join("|", CALLS), literal) + ");");
    }

    /**
     * Returns what is foreign about a statement that ended; empty when pg_dump can have written it.
     *
     * @param first whether no entry was announced before it
     */
    static String reason(StatementText text, boolean first, Session session) {
        String word = firstWord(text);
        if (!BEGINNINGS.contains(word)) {
            return "a statement that pg_dump never writes (" + shown(text) + ")";
        }
        boolean known =
                switch (word) {
                    case "SET" -> text.whole() && isSetting(sql(text), first);
                    case "SELECT" -> text.whole() && isCall(sql(text), session);
                    case "CREATE", "ALTER", "DROP" -> begins(text, DEFINITION);
                    case "COMMENT", "SECURITY" -> begins(text, REMARK);
                    case "GRANT", "REVOKE" -> begins(text, GRANT);
                    case "BEGIN", "COMMIT" -> sql(text).equals(word + ";");
                    default -> true;
                };
        return known ? "" : "a statement that pg_dump does not write so (" + shown(text) + ")";
    }

    private static boolean isSetting(String sql, boolean first) {
        return ANYWHERE.matcher(sql).matches()
                || (first && AT_FIRST.matcher(sql).matches());
    }

    private static boolean isCall(String sql, Session session) {
        Pattern call = session.standardStrings() ? CALL : OLD_CALL;
        return call.matcher(sql).matches() || STATISTICS.matcher(sql).matches();
    }

    private static boolean begins(StatementText text, Pattern beginning) {
        int length = Math.min(LONGEST_BEGINNING, text.keptLength());
        return beginning
                .matcher(new String(text.kept(), 0, length, StandardCharsets.ISO_8859_1))
                .lookingAt();
    }

    private static String firstWord(StatementText text) {
        int length = 0;
        while (length < text.keptLength() && SqlBytes.continuesWord(text.kept()[length])) {
            length++;
        }
        return new String(text.kept(), 0, length, StandardCharsets.ISO_8859_1).toUpperCase(Locale.ROOT);
    }

    private static String sql(StatementText text) {
        return new String(text.kept(), 0, text.keptLength(), StandardCharsets.ISO_8859_1);
    }

    private static String shown(StatementText text) {
        return new String(text.kept(), 0, Math.min(SHOWN, text.keptLength()), StandardCharsets.ISO_8859_1)
                .replaceAll("\\p{Cntrl}+", " ");
    }
}
