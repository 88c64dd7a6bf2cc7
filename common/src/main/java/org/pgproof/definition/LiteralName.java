package org.pgproof.definition;

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The name that a server gives to a column which is a literal: that of its type. PostgreSQL: {@code FigureColname} in
 * parse_target.c.
 */
final class LiteralName {
    private static final String NAME = "(?:\"(?:[^\"]|\"\")+\"|[\\w$\\x{80}-\\x{10ffff}]+)";

    /** What follows a literal: its type, as the server writes types, and the name. */
    private static final Pattern ALIAS = Pattern.compile("::(?:" + NAME + "\\.)?(?<type>character varying|bit varying"
            + "|double precision|" + NAME + ")(?:\\([\\d,]+\\))?(?<zone> with(?:out)? time zone)?"
            + "(?: (?:year|month|day|hour|minute|second|to))*(?:\\([\\d,]+\\))?(?:\\[\\])* AS (?<name>" + NAME + ")");

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

    private LiteralName() {}

    /** Returns whether what follows a literal, up to a name, says no more than its type. */
    static boolean isAll(String text, int literalEnd, int nameEnd) {
        Matcher alias = ALIAS.matcher(text).region(literalEnd, nameEnd);
        return alias.matches() && named(alias).equals(DefinitionToken.unquoted(alias.group("name")));
    }

    private static String named(Matcher alias) {
        String zone = alias.group("zone");
        String type = DefinitionToken.unquoted(alias.group("type")) + (zone == null ? "" : zone);
        return NAMED.getOrDefault(type, type);
    }
}
