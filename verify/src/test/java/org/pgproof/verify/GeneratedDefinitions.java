package org.pgproof.verify;

import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Definitions in every place where an expression can stand, by chance, as people write them. */
final class GeneratedDefinitions {
    /** What the definitions refer to. */
    static final String BEGINNING = GeneratedExpressions.TYPES
            + "CREATE TABLE facts (id serial PRIMARY KEY, " + GeneratedExpressions.COLUMNS + ");"
            + "CREATE TABLE other (LIKE facts);"
            + "CREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';"
            + "CREATE TABLE ruled (LIKE facts);";

    private static final int PLACES = 22;

    private static final String GROUPED =
            "v2, t, t2, c, j, b, s, d, ts, tz, iv, ip, cd, ta, va, ia, m, p, w, k, by, bt, vb, r, nr, f, g, u, dp, tm, id";

    /** A text, a name in quotes, or a column. */
    private static final Pattern NAMES = Pattern.compile(
            "'(?:[^']|'')*'|\"[^\"]*\"|(?<![.\\w])(?:facts\\.)?(v2?|t2?|c|n|i|j|b|s|d|tsx?|tz|iv|ip|cd|ta|va|ia|m|p|w|k|js|by|bt|vb|r|nr|f|g|x|u|dp|tm)(?![\\w(]|\\s*=>| AS )");

    private static final Map<String, String> TYPE_OF = Map.ofEntries(
            Map.entry("n", "numeric"),
            Map.entry("i", "integer"),
            Map.entry("j", "integer"),
            Map.entry("b", "bigint"),
            Map.entry("s", "smallint"),
            Map.entry("v", "varchar"),
            Map.entry("v2", "varchar"),
            Map.entry("d", "date"),
            Map.entry("ts", "timestamp"),
            Map.entry("tz", "timestamptz"),
            Map.entry("iv", "interval"),
            Map.entry("ip", "inet"),
            Map.entry("cd", "cidr"),
            Map.entry("f", "boolean"),
            Map.entry("g", "boolean"),
            Map.entry("m", "mood"),
            Map.entry("p", "positive"),
            Map.entry("w", "word"),
            Map.entry("u", "uuid"),
            Map.entry("by", "bytea"),
            Map.entry("bt", "bit(4)"),
            Map.entry("vb", "varbit"),
            Map.entry("dp", "double precision"),
            Map.entry("tm", "time"),
            Map.entry("js", "jsonb"),
            Map.entry("k", "pair"),
            Map.entry("r", "int4range"),
            Map.entry("nr", "numrange"),
            Map.entry("x", "xml"),
            Map.entry("ta", "text[]"),
            Map.entry("va", "varchar[]"),
            Map.entry("ia", "integer[]"),
            Map.entry("c", "char(5)"));

    private final Random random;
    private final GeneratedExpressions plain;
    private final GeneratedExpressions querying;

    GeneratedDefinitions(Random random) {
        this.random = random;
        this.plain = new GeneratedExpressions(random, false);
        this.querying = new GeneratedExpressions(random, true);
    }

    /** Returns one, of which the server may not take all: an index wants what is immutable. */
    String definition(int number) {
        String name = "d" + number;
        String table = "CREATE TABLE " + name + " (LIKE facts";
        String trigger = "CREATE TRIGGER " + name + " BEFORE UPDATE ON facts FOR EACH ROW WHEN (";
        return switch (random.nextInt(PLACES)) {
            case 0, 1, 2 -> table + ", CONSTRAINT " + name + "_check CHECK (" + plain.condition() + "))";
            case 3 -> table + ", CHECK (" + plain.condition() + "), CHECK (" + plain.condition() + "))";
            case 4 -> domain(name);
            case 5 ->
                table + ", def text DEFAULT " + defaulted(plain.text()) + ", num integer DEFAULT "
                        + defaulted(plain.number()) + ")";
            case 6 -> table + ", flag boolean GENERATED ALWAYS AS (" + plain.condition() + ") STORED)";
            case 7 -> table + ", gen text GENERATED ALWAYS AS (" + plain.text() + ") STORED)";
            case 8 -> "CREATE INDEX " + name + " ON facts ((" + plain.value() + "), (" + plain.condition() + "))";
            case 9 -> "CREATE UNIQUE INDEX " + name + " ON facts (i, lower(v)) WHERE " + plain.condition();
            case 10 ->
                "CREATE POLICY " + name + " ON facts USING (" + querying.condition() + ") WITH CHECK ("
                        + querying.condition() + ")";
            case 11 -> trigger + renamed(plain.condition(), "NEW") + ") EXECUTE FUNCTION touch('a', 'b''c')";
            case 12 ->
                "CREATE RULE " + name + " AS ON UPDATE TO ruled WHERE " + renamed(querying.condition(), "NEW")
                        + " DO ALSO INSERT INTO other (v, i) SELECT v, i FROM facts WHERE " + plain.condition();
            case 13 ->
                "CREATE TABLE " + name + " (LIKE facts, EXCLUDE USING btree ((" + plain.value()
                        + ") WITH =, i WITH =) WHERE (" + plain.condition() + "))";
            case 14 ->
                "CREATE STATISTICS " + name + " ON (" + plain.value() + "), (" + plain.text() + "), v FROM facts";
            case 15, 16 -> view(name, "VIEW");
            case 17 -> view(name, "MATERIALIZED VIEW") + " WITH NO DATA";
            case 18 -> atomic(name);
            case 19 ->
                "CREATE TABLE " + name + " (LIKE facts) PARTITION BY "
                        + List.of("RANGE", "LIST", "HASH").get(random.nextInt(3)) + " ((CASE WHEN i > 3 THEN "
                        + plain.value() + " END))";
            case 20 ->
                "CREATE TABLE " + name + " (LIKE facts) PARTITION BY LIST ((f AND (" + plain.condition()
                        + "))); CREATE TABLE "
                        + name + "_true PARTITION OF " + name + " (CHECK (" + plain.condition()
                        + ")) FOR VALUES IN (true, 1 > 2)";
            default ->
                "CREATE FUNCTION " + name + "(a text DEFAULT " + defaulted(plain.text())
                        + ", b text[] DEFAULT ARRAY['x'::varchar, 'y'])"
                        + " RETURNS integer LANGUAGE sql AS 'SELECT 1'";
        };
    }

    private String domain(String name) {
        String value = List.of("varchar(9)", "text", "char(4)").get(random.nextInt(3));
        return "CREATE DOMAIN " + name + " AS " + value + " CHECK (" + onValue(plain.condition()) + ") CHECK ("
                + "VALUE IN ('a', 'b') OR " + onValue(plain.condition()) + ")";
    }

    /** Leaves no column but VALUE in an expression. */
    private static String onValue(String expression) {
        return renamed(expression, "VALUE", true);
    }

    private static String renamed(String expression, String row) {
        return renamed(expression, row, false);
    }

    /** A default may name no column: texts stand in their places. */
    private static String defaulted(String expression) {
        return "(" + renamed(expression, "'d'", true) + ")";
    }

    private static String renamed(String expression, String with, boolean cast) {
        return NAMES.matcher(expression).replaceAll(found -> {
            String name = found.group(1);
            if (name == null) {
                return Matcher.quoteReplacement(found.group());
            }
            if (!cast) {
                return with + "." + name;
            }
            String type = TYPE_OF.getOrDefault(name, "text");
            return "(" + with + "::text::" + type + ")";
        });
    }

    private String view(String name, String kind) {
        String head = "CREATE " + kind + " " + name + " AS ";
        return head
                + switch (random.nextInt(7)) {
                    case 0 ->
                        "SELECT facts.*, " + querying.value() + " AS a, " + querying.condition()
                                + " AS z FROM facts WHERE " + querying.condition();
                    case 1 ->
                        "SELECT v, count(*) FILTER (WHERE " + plain.condition()
                                + ") AS many, sum(n) OVER (PARTITION BY v, " + plain.value()
                                + " ORDER BY i) AS total FROM facts GROUP BY v, n, i, " + GROUPED;
                    case 2 ->
                        "SELECT v, i FROM facts WHERE " + plain.condition()
                                + " UNION ALL SELECT 'x', 3 UNION SELECT t, s FROM other";
                    case 3 ->
                        "WITH w AS (SELECT * FROM facts WHERE " + plain.condition()
                                + ") SELECT a.v, b.t, CASE WHEN a.f THEN 'x' ELSE a.v END AS q FROM w a LEFT JOIN other b ON a.i = b.i AND a.v IN ('a', 'b')";
                    case 4 ->
                        "SELECT DISTINCT ON (v) v, " + plain.text() + " AS tx FROM facts WHERE " + plain.condition()
                                + " ORDER BY v, " + plain.value();
                    case 5 ->
                        "SELECT i, max(v) AS a FROM facts GROUP BY i HAVING max(n) BETWEEN 1 AND 5 AND max(v) IN ('a', 'b') AND count(*) > 1";
                    default ->
                        "SELECT x.a, y.b FROM (SELECT " + plain.value()
                                + " AS a, i FROM facts) x JOIN LATERAL (SELECT o.i AS b FROM other o WHERE o.i = x.i AND o.v IN ('u', 'v')) y ON true,"
                                + " (VALUES (1, 'a'), (2, NULL)) AS l(p, q) WHERE l.p = x.i AND l.q IN ('a', 'b')";
                };
    }

    private String atomic(String name) {
        return "CREATE FUNCTION " + name + "() RETURNS SETOF integer LANGUAGE sql BEGIN ATOMIC "
                + "INSERT INTO other (i, v) SELECT i, " + plain.text() + " FROM facts WHERE " + plain.condition() + ";"
                + " UPDATE other SET v = 'x' WHERE v IN ('a', 'b') AND i IN (SELECT facts.i FROM facts WHERE "
                + plain.condition() + ");"
                + " SELECT i FROM facts WHERE " + querying.condition() + "; END";
    }
}
