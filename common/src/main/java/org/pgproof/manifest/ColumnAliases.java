package org.pgproof.manifest;

import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Leaves out names of columns that say nothing. Of {@code EXISTS (SELECT NULL …)} a server writes {@code SELECT
 * NULL::text}; who reads that gets a column that is named after its type, and a restored server writes {@code SELECT
 * NULL::text AS text}. PostgreSQL: {@code get_target_list} in ruleutils.c, {@code FigureColname} in parse_target.c.
 */
final class ColumnAliases {
    private static final Set<String> KINDS =
            Set.of("VIEW", "MATERIALIZED VIEW", "RULE", "POLICY", "FUNCTION", "PROCEDURE");

    private static final String NAME = "(?:\"(?:[^\"]|\"\")+\"|[\\w$\\x{80}-\\x{10ffff}]+)";

    /** What follows a literal: its type, as the server writes types, and the name. */
    private static final Pattern ALIAS = Pattern.compile("::(?:" + NAME + "\\.)?(?<type>character varying|bit varying"
            + "|double precision|" + NAME + ")(?:\\([\\d,]+\\))?(?<zone> with(?:out)? time zone)?"
            + "(?: (?:year|month|day|hour|minute|second|to))*(?:\\([\\d,]+\\))?(?:\\[\\])*(?<alias> AS (?<name>" + NAME
            + "))");

    /** What types are called that SQL writes in words of its own. */
    private static final Map<String, String> NAMED = Map.ofEntries(
            Map.entry("smallint", "int2"),
            Map.entry("integer", "int4"),
            Map.entry("bigint", "int8"),
            Map.entry("real", "float4"),
            Map.entry("double precision", "float8"),
            Map.entry("boolean", "bool"),
            Map.entry("character", "bpchar"),
            Map.entry("character varying", "varchar"),
            Map.entry("bit varying", "varbit"),
            Map.entry("time with time zone", "timetz"),
            Map.entry("time without time zone", "time"),
            Map.entry("timestamp with time zone", "timestamptz"),
            Map.entry("timestamp without time zone", "timestamp"));

    private ColumnAliases() {}

    /** Returns whether definitions of this kind may hold such a name. */
    static boolean occurIn(String kind) {
        return KINDS.contains(kind);
    }

    /** Returns the definition without them; another text with the same meaning. */
    static String without(String text) {
        if (!text.contains(" AS ")) {
            return text;
        }
        Matcher alias = ALIAS.matcher(text);
        StringBuilder kept = new StringBuilder(text.length());
        int copied = 0;
        int at = 0;
        while (at < text.length()) {
            int next = tokenEnd(text, at);
            boolean literal = text.charAt(next - 1) == '\'' || isNull(text, at, next);
            if (literal && alias.region(next, text.length()).lookingAt() && isNamedAfterType(alias)) {
                kept.append(text, copied, alias.start("alias"));
                copied = alias.end();
                next = copied;
            }
            at = next;
        }
        return kept.append(text, copied, text.length()).toString();
    }

    private static boolean isNamedAfterType(Matcher alias) {
        String zone = alias.group("zone");
        String type = unquoted(alias.group("type")) + (zone == null ? "" : zone);
        return NAMED.getOrDefault(type, type).equals(unquoted(alias.group("name")));
    }

    private static String unquoted(String name) {
        return name.startsWith("\"") ? name.substring(1, name.length() - 1).replace("\"\"", "\"") : name;
    }

    private static boolean isNull(String text, int start, int end) {
        return end - start == 4 && text.startsWith("NULL", start);
    }

    /** Returns where the word, the string, the quoted name or the single character ends that begins here. */
    private static int tokenEnd(String text, int start) {
        char first = text.charAt(start);
        if (first == '\'' || first == '"') {
            boolean escapes = first == '\'' && start > 0 && text.charAt(start - 1) == 'E';
            return quotedEnd(text, start, first, escapes);
        }
        if (first == '$') {
            return dollarQuotedEnd(text, start);
        }
        int end = start + 1;
        while (isWord(first) && end < text.length() && isWord(text.charAt(end))) {
            end++;
        }
        return end;
    }

    private static int dollarQuotedEnd(String text, int start) {
        int tagEnd = start + 1;
        while (tagEnd < text.length() && text.charAt(tagEnd) != '$' && isWord(text.charAt(tagEnd))) {
            tagEnd++;
        }
        if (tagEnd == text.length() || text.charAt(tagEnd) != '$' || Character.isDigit(text.charAt(start + 1))) {
            return start + 1;
        }
        String tag = text.substring(start, tagEnd + 1);
        int end = text.indexOf(tag, tagEnd + 1);
        return end < 0 ? text.length() : end + tag.length();
    }

    private static int quotedEnd(String text, int start, char quote, boolean escapes) {
        int at = start + 1;
        while (at < text.length()) {
            char character = text.charAt(at);
            if (character == '\\' && escapes) {
                at++;
            } else if (character == quote && at + 1 < text.length() && text.charAt(at + 1) == quote) {
                at++;
            } else if (character == quote) {
                return at + 1;
            }
            at++;
        }
        return text.length();
    }

    private static boolean isWord(char character) {
        return Character.isLetterOrDigit(character) || character == '_' || character == '$';
    }
}
