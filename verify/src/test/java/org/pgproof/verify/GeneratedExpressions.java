package org.pgproof.verify;

import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Expressions as people write them, by chance, over the columns of a table {@code facts}: what a server prints of them has
 * never been through a dump. Nearly all are valid.
 */
final class GeneratedExpressions {
    /** The columns that the expressions name. */
    static final String COLUMNS = """
            v varchar(20), v2 varchar, t text, t2 text, c char(5), n numeric(10,2), i integer, j integer, b bigint, s smallint,
            d date, ts timestamp, tz timestamptz, iv interval, ip inet, cd cidr, ta text[], va varchar(10)[], ia integer[],
            m mood, p positive, w word, k pair, js jsonb, by bytea, bt bit(4), vb varbit, r int4range, nr numrange,
            f boolean, g boolean, x xml, u uuid, dp double precision, tm time""";

    static final String TYPES = """
            CREATE TYPE mood AS ENUM ('sad', 'ok', 'it''s fine');
            CREATE DOMAIN positive AS integer CHECK (VALUE > 0);
            CREATE DOMAIN word AS varchar(30) CHECK (VALUE <> '');
            CREATE TYPE pair AS (a integer, b varchar(10));
            CREATE FUNCTION is_good(text) RETURNS boolean IMMUTABLE LANGUAGE sql AS 'SELECT true';
            CREATE FUNCTION any_of(text[], VARIADIC integer[]) RETURNS boolean IMMUTABLE LANGUAGE sql AS 'SELECT true';
            CREATE FUNCTION mine(a integer, b text DEFAULT 'x', c varchar DEFAULT 'y') RETURNS integer IMMUTABLE LANGUAGE sql
                AS 'SELECT 1';
            """;

    /** Types whose values can be ordered and listed, by their names in SQL. */
    private static final List<String> LISTED = List.of(
            "varchar",
            "text",
            "char",
            "numeric",
            "int",
            "bigint",
            "smallint",
            "date",
            "timestamp",
            "timestamptz",
            "interval",
            "inet",
            "cidr",
            "mood",
            "word",
            "positive",
            "uuid",
            "bytea",
            "bit",
            "double",
            "time");

    private static final List<String> ORDERS = List.of("=", "<>", "<", "<=", ">", ">=", "!=");

    private final Random random;
    private final boolean queries;
    private int depth;

    /** @param queries whether an expression may hold a query */
    GeneratedExpressions(Random random, boolean queries) {
        this.random = random;
        this.queries = queries;
    }

    /** Returns a condition. */
    String condition() {
        return condition(2 + random.nextInt(2));
    }

    /** Returns a value of some type. */
    String value() {
        depth = 2 + random.nextInt(2);
        return value(one(LISTED));
    }

    /** Returns a text. */
    String text() {
        depth = 3;
        return text(3);
    }

    /** Returns a whole number. */
    String number() {
        depth = 3;
        return whole(3);
    }

    private String condition(int levels) {
        if (levels > 0 && chance(55)) {
            return switch (random.nextInt(8)) {
                case 0 -> condition(levels - 1) + " AND " + operand(levels - 1);
                case 1 -> condition(levels - 1) + " OR " + condition(levels - 1);
                case 2 -> operand(levels - 1) + " AND " + operand(levels - 1) + " AND " + operand(levels - 1);
                case 3 -> operand(levels - 1) + " AND (" + condition(levels - 1) + ")";
                case 4 -> "(" + condition(levels - 1) + ") OR " + operand(levels - 1);
                case 5 -> "NOT (" + condition(levels - 1) + ")";
                case 6 ->
                    "CASE WHEN " + condition(levels - 1) + " THEN " + condition(levels - 1) + " ELSE "
                            + condition(levels - 1) + " END";
                default ->
                    "(" + condition(levels - 1) + ") IS " + (chance(50) ? "NOT " : "")
                            + one(List.of("TRUE", "FALSE", "UNKNOWN"));
            };
        }
        depth = levels;
        return test();
    }

    private String operand(int levels) {
        String condition = condition(levels);
        return chance(30) || condition.contains(" OR ") ? "(" + condition + ")" : condition;
    }

    private String test() {
        String type = one(LISTED);
        return switch (random.nextInt(queries ? 34 : 30)) {
            case 0, 1, 2, 3 -> value(type) + " " + one(ORDERS) + " " + value(type);
            case 4, 5, 6 ->
                column(type) + (chance(40) ? " NOT" : "") + " IN (" + list(type, 1 + random.nextInt(4)) + ")";
            case 7 -> column(type) + " IN (" + list(type, 2) + ", " + value(type) + ")";
            case 8 -> column(type) + " = ANY (ARRAY[" + list(type, 1 + random.nextInt(3)) + "])";
            case 9 -> column(type) + " <> ALL (ARRAY[" + list(type, 2) + "]::" + name(type) + "[])";
            case 10, 11 ->
                value(type) + (chance(30) ? " NOT" : "") + " BETWEEN " + (chance(30) ? "SYMMETRIC " : "") + value(type)
                        + " AND " + value(type);
            case 12 -> rows(2 + random.nextInt(2));
            case 13 -> value(type) + " IS " + (chance(50) ? "NOT " : "") + "DISTINCT FROM " + value(type);
            case 14 -> value(type) + one(List.of(" IS NULL", " IS NOT NULL", " ISNULL", " NOTNULL"));
            case 15 ->
                textual()
                        + one(List.of(
                                " LIKE ", " NOT LIKE ", " ILIKE ", " ~ ", " !~* ", " SIMILAR TO ", " NOT SIMILAR TO "))
                        + "'a%_''x'";
            case 16 -> textual() + " LIKE 'a!%' ESCAPE '!'";
            case 17 -> textual() + " LIKE " + one(List.of("ANY", "ALL")) + " (ARRAY['a%', " + textual() + "])";
            case 18 ->
                one(List.of(
                        "(ts, ts) OVERLAPS (d, iv)", "(ts, ts) OVERLAPS (ts, iv)", "(d, d + 3) OVERLAPS (d - 1, d)"));
            case 19 ->
                one(List.of(
                        "js @> '{\"a\": 1}'",
                        "js ? 'a'",
                        "js ?| ARRAY['a', t]",
                        "js->'a' = '1'::jsonb",
                        "(js->>'a')::integer > 3",
                        "js #>> ARRAY['a', 'b'] = 'x'",
                        "js #>> '{a,b}' <> v",
                        "js <> '[]'"));
            case 20 ->
                one(List.of(
                        "r @> 5",
                        "r && int4range(1, i)",
                        "nr @> 1.5",
                        "NOT isempty(r)",
                        "lower(r) > i",
                        "r = '[1,5)'",
                        "r <@ int4range(i, j, '[]')"));
            case 21 ->
                one(List.of(
                        "ip << '10.0.0.0/8'",
                        "ip <<= cd",
                        "host(ip) = v",
                        "family(ip) = 4",
                        "cd = ip",
                        "ip && '10.1.1.1'",
                        "masklen(cd) BETWEEN 8 AND 24"));
            case 22 ->
                one(List.of(
                        "ta && ARRAY['a', 'b']",
                        "ta @> ARRAY[v]",
                        "ta @> ARRAY['x'::varchar]",
                        "va = ARRAY['a', 'b']::varchar[]",
                        "v = ANY (ta)",
                        "v = ANY (va)",
                        "t <> ALL (va)",
                        "ia[1] = 5",
                        "ia[1:2] = ARRAY[1, i]",
                        "ia[:2] <@ '{1,2}'",
                        "va || ARRAY['x'] <> ta",
                        "ARRAY[v, v2] && va",
                        "ta = ARRAY[v, w]",
                        "va = ARRAY[c, v]",
                        "ta || ARRAY[v, v2] = ta",
                        "ARRAY[ta, ARRAY[v, t]] = ARRAY[ta, ta]",
                        "ARRAY[[1, i], [j, 2]] <> ARRAY[[1, 2], [i, j]]",
                        "ARRAY[va, va] = ARRAY[ta, ta]",
                        "cardinality(ARRAY[]::varchar[]) = 0",
                        "va <> '{}'",
                        "array_position(va, 'x') > 1",
                        "array_length(ta || v, 1) = 2",
                        "any_of(ARRAY[v, v2], 1, i, 3)",
                        "any_of(va, VARIADIC ARRAY[s, i])"));
            case 23 ->
                one(List.of(
                        "f",
                        "NOT f",
                        "f = g",
                        "f IS TRUE",
                        "g IS NOT UNKNOWN",
                        "f <> true",
                        "f IN (true, g)",
                        "COALESCE(f, g, false)",
                        "NULLIF(f, g)",
                        "is_good(v)",
                        "is_good(t || c)",
                        "f::text = 'true'",
                        "f = (i > 3)"));
            case 24 ->
                one(List.of(
                        "k = ROW(1, 'x')::pair",
                        "(k).a > 3",
                        "(k).b = 'x'",
                        "k IS NOT NULL",
                        "k IN (ROW(1, 'a')::pair, ROW(2, v)::pair)",
                        "k IS DISTINCT FROM (1, 'x')::pair",
                        "k <> (i, v)",
                        "k < ROW(i, w)",
                        "ROW(k, 1) = ROW(k, i)"));
            case 25 ->
                one(List.of(
                        "bt = B'1010'",
                        "bt & B'0011' <> '0000'",
                        "vb = X'FF'",
                        "vb || bt = B'1'",
                        "by = '\\x00ff'",
                        "by || 'x' <> by",
                        "bt IN (B'0001', B'0010')",
                        "vb IN ('1', bt)",
                        "get_bit(by, 1) = 0",
                        "bt::integer > 3",
                        "3::bit(4) = bt"));
            case 26 ->
                one(List.of(
                        "NOT (x IS DOCUMENT)",
                        "x::text <> v",
                        "xpath_exists('/a', x)",
                        "xmlelement(name a, t)::text = v",
                        "NOT (x IS NOT DOCUMENT)",
                        "xmlserialize(CONTENT x AS text) <> 'a'",
                        "xmlforest(t AS a, i)::text <> ''",
                        "NOT (xmlparse(CONTENT '<a/>') IS DOCUMENT)",
                        "xmlconcat(x, x)::text = 'a'",
                        "xmlpi(name php, t)::text = 'x'"));
            case 27 ->
                one(List.of(
                        "t IS NORMALIZED",
                        "t IS NOT NFC NORMALIZED",
                        "normalize(t, NFD) = t",
                        "t ^@ 'a'",
                        "starts_with(v, 'x')",
                        "t COLLATE \"C\" < v",
                        "(t || v) COLLATE \"POSIX\" > 'a'",
                        "v COLLATE \"C\" IN ('a', 'b')",
                        "collation for (t) = 'x'",
                        "t < 'b' COLLATE \"C\""));
            case 28 ->
                one(List.of(
                        "mine(i) = 1",
                        "mine(a => i, c => v) > 2",
                        "mine(1, c => 'z') = mine(2)",
                        "m > 'sad'",
                        "m::text = 'ok'",
                        "m IN ('sad', 'ok')",
                        "enum_first(m) = m",
                        "COALESCE(m, 'ok') <> 'sad'",
                        "v::mood = m",
                        "m BETWEEN 'sad' AND 'ok'",
                        "num_nulls(i, j) = 1",
                        "num_nonnulls(t, v, n) IN (0, 2)",
                        "current_user = 'a'",
                        "CURRENT_DATE > d",
                        "i > -(3)",
                        "i > -(1::integer)",
                        "n > -(2.5::numeric)",
                        "n <> - 1.5",
                        "i = +5",
                        "@ i = 3",
                        "|/ dp > 2",
                        "i % 2 = 0",
                        "i ^ 2 > 3",
                        "2 ^ 3 ^ i > 1",
                        "i - (j - 3) > 0",
                        "i - j - 3 > 0",
                        "i * (j + 2) / 3 = 0",
                        "-i = - j",
                        "- - i > 0",
                        "b # 3 = 1",
                        "~i & 5 = 1",
                        "1 << i > 3"));
            case 29 -> "COALESCE(" + value(type) + ", " + value(type) + ") " + one(ORDERS) + " " + value(type);
            case 30 ->
                "EXISTS (SELECT " + one(List.of("1", "NULL", "*", "o.v", "'x'"))
                        + " FROM other o WHERE o.i = facts.i AND "
                        + one(List.of("o.v IN ('a', 'b')", "o.n BETWEEN 1 AND 3 AND o.i > 0", "o.v = facts.v")) + ")";
            case 31 ->
                "v " + (chance(50) ? "NOT " : "") + "IN (SELECT o." + one(List.of("v", "t", "w")) + " FROM other o)";
            case 32 -> "(i, v) IN (SELECT o.i, o.t FROM other o WHERE o.v LIKE ANY (ARRAY['a', 'b'::varchar]))";
            default ->
                "n > (SELECT "
                        + one(List.of(
                                "max(o.n)",
                                "sum(o.i) FILTER (WHERE o.v IN ('a', 'b'))",
                                "count(*)",
                                "avg(o.i)::numeric"))
                        + " FROM other o)"
                        + one(List.of(
                                "", " OR i = ANY (SELECT o.i FROM other o)", " AND i > ALL (SELECT o.b FROM other o)"));
        };
    }

    private String rows(int width) {
        List<String> types =
                IntStream.range(0, width).mapToObj(n -> one(LISTED)).toList();
        String left = row(types, true);
        return switch (random.nextInt(4)) {
            case 0 -> left + " IN (" + row(types, false) + ", " + row(types, false) + ")";
            case 1 -> left + " IS " + (chance(50) ? "NOT " : "") + "DISTINCT FROM " + row(types, false);
            case 2 -> "ROW" + left + " " + one(ORDERS) + " ROW" + row(types, true);
            default -> left + " " + one(ORDERS) + " " + row(types, false);
        };
    }

    private String row(List<String> types, boolean columns) {
        return types.stream()
                .map(type -> columns ? column(type) : chance(30) ? value(type) : literal(type))
                .collect(Collectors.joining(", ", "(", ")"));
    }

    private String list(String type, int length) {
        return IntStream.range(0, length)
                .mapToObj(n -> chance(80) ? literal(type) : chance(20) ? "NULL" : value(type))
                .collect(Collectors.joining(", "));
    }

    private String textual() {
        return chance(60) ? column(one(List.of("varchar", "text", "char", "word"))) : text(1);
    }

    /** Returns a value of a type: a column, a literal or something computed. */
    private String value(String type) {
        if (depth <= 0 || chance(45)) {
            return chance(70) ? column(type) : literal(type);
        }
        depth--;
        String value =
                switch (random.nextInt(7)) {
                    case 0 -> "COALESCE(" + column(type) + ", " + value(type) + ")";
                    case 1 -> "CASE WHEN " + simple() + " THEN " + value(type) + " ELSE " + value(type) + " END";
                    case 2 -> "NULLIF(" + value(type) + ", " + literal(type) + ")";
                    case 3 ->
                        one(List.of("GREATEST", "LEAST")) + "(" + column(type) + ", " + literal(type) + ", "
                                + value(type) + ")";
                    case 4 ->
                        "CASE " + column("varchar") + " WHEN 'a' THEN " + value(type) + " WHEN 'b' THEN "
                                + literal(type) + " END";
                    case 5 ->
                        chance(50)
                                ? "CAST(" + value(type) + " AS " + name(type) + ")"
                                : "(" + value(type) + ")::" + name(type);
                    default -> computed(type);
                };
        depth++;
        return value;
    }

    private String simple() {
        return one(List.of("f", "i > 3", "v = 'x'", "n IS NULL", "v IN ('a', 'b')", "i BETWEEN 1 AND 5 AND f"));
    }

    private String computed(String type) {
        return switch (type) {
            case "varchar", "text", "char", "word" -> text(2);
            case "int", "smallint", "bigint", "positive" -> whole(2);
            case "numeric", "double" ->
                one(List.of(
                        "n * 1.5",
                        "round(n, 2)",
                        "n + i",
                        "n::numeric(8,1)",
                        "-n",
                        "abs(n - 1)",
                        "extract(epoch FROM iv)",
                        "sqrt(dp)",
                        "n / 3",
                        "power(n, 2)",
                        "dp * 2",
                        "n % 3",
                        "'-1.5'::numeric",
                        "i::numeric / 7",
                        "random()"));
            case "date" ->
                one(List.of(
                        "d + 3",
                        "ts::date",
                        "date '2020-01-01'",
                        "CURRENT_DATE",
                        "(d - interval '1 day')::date",
                        "make_date(2020, 1, i)"));
            case "timestamp" ->
                one(List.of(
                        "tz AT TIME ZONE 'UTC'",
                        "date_trunc('day', ts)",
                        "ts + iv",
                        "d + tm",
                        "LOCALTIMESTAMP",
                        "ts - interval '1 day 2 hours'",
                        "ts + interval '3' day",
                        "ts::timestamp(3)",
                        "CURRENT_TIMESTAMP(2)::timestamp"));
            case "timestamptz" ->
                one(List.of(
                        "ts AT TIME ZONE 'Europe/Paris'",
                        "now()",
                        "CURRENT_TIMESTAMP",
                        "tz + iv",
                        "ts AT TIME ZONE iv",
                        "timestamptz '2020-01-01 00:00:00+00'",
                        "(tz AT TIME ZONE 'UTC') AT TIME ZONE t",
                        "tz::timestamptz(0)"));
            case "interval" ->
                one(List.of(
                        "ts - ts",
                        "iv * 2",
                        "interval '1' year",
                        "interval '1-2' year to month",
                        "age(ts)",
                        "-iv",
                        "'1 day'::interval(2)",
                        "justify_days(iv)",
                        "make_interval(days => i)"));
            case "time" -> one(List.of("ts::time", "tm + iv", "time '12:00'", "LOCALTIME"));
            case "inet", "cidr" ->
                one(List.of("ip + 1", "network(ip)", "set_masklen(ip, 8)", "cd::inet", "~ ip", "broadcast(ip)"));
            case "mood" -> one(List.of("enum_last(m)", "t::mood", "'ok'::mood", "(enum_range(m))[1]"));
            case "bytea" ->
                one(List.of(
                        "by || '\\x01'",
                        "decode(t, 'hex')",
                        "substring(by from 1 for 2)",
                        "sha256(by)",
                        "overlay(by placing '\\x00' from 1)",
                        "trim(both '\\x00' from by)"));
            case "bit" ->
                one(List.of("~bt", "bt | B'0001'", "bt << 1", "i::bit(4)", "bt::varbit", "substring(vb from 2)"));
            default -> column(type);
        };
    }

    private String text(int levels) {
        if (levels == 0) {
            return chance(70) ? column(one(List.of("varchar", "text", "char"))) : literal("text");
        }
        String inner = chance(50) ? text(levels - 1) : column(one(List.of("varchar", "text", "word")));
        return switch (random.nextInt(20)) {
            case 0 -> inner + " || " + text(levels - 1);
            case 1 -> "lower(" + inner + ")";
            case 2 -> "substring(" + inner + " from 2 for 3)";
            case 3 -> "substring(" + inner + " from 'a.c')";
            case 4 -> "trim(" + one(List.of("both", "leading", "trailing")) + " 'x' from " + inner + ")";
            case 5 -> "overlay(" + inner + " placing 'xx' from 2 for 1)";
            case 6 -> "(" + inner + ")::varchar(5)";
            case 7 -> "CAST(" + whole(levels - 1) + " AS text)";
            case 8 -> "COALESCE(" + inner + ", " + text(levels - 1) + ")";
            case 9 -> "(" + inner + " COLLATE \"C\")";
            case 10 -> "js->>'" + one(List.of("a", "it''s", "b\\c")) + "'";
            case 11 -> "(k).b";
            case 12 -> "ta[" + whole(levels - 1) + "]";
            case 13 -> "format('%s-%s', " + inner + ", " + text(levels - 1) + ")";
            case 14 -> "concat(" + inner + ", 'x', i)";
            case 15 -> "to_char(" + one(List.of("d, 'YYYY'", "n, '999D99'", "ts, 'DD Mon'")) + ")";
            case 16 ->
                "array_to_string("
                        + one(List.of("ta, ','", "ARRAY[v, v2], '-'", "ARRAY['a', v], ''", "va, ';'", "ia, ','")) + ")";
            case 17 -> "CASE WHEN " + simple() + " THEN " + inner + " ELSE 'x' END";
            case 18 -> "substring(" + inner + " similar '%#\"b#\"%' escape '#')";
            default -> "NULLIF(trim(" + inner + "), '')";
        };
    }

    private String whole(int levels) {
        if (levels == 0) {
            return chance(60) ? column("int") : literal("int");
        }
        return switch (random.nextInt(18)) {
            case 0 -> whole(levels - 1) + " + " + whole(levels - 1);
            case 1 -> "(" + whole(levels - 1) + ") * " + whole(0);
            case 2 -> whole(0) + " - (" + whole(levels - 1) + ")";
            case 3 -> "length(" + text(levels - 1) + ")";
            case 4 ->
                "extract(" + one(List.of("year", "month", "dow")) + " FROM " + one(List.of("ts", "d", "tz", "iv"))
                        + ")::integer";
            case 5 -> "position('a' in " + text(levels - 1) + ")";
            case 6 -> "abs(" + whole(levels - 1) + ")";
            case 7 -> "COALESCE(" + whole(0) + ", " + whole(levels - 1) + ", 0)";
            case 8 -> "-(" + whole(levels - 1) + ")";
            case 9 -> "-" + whole(0).replace("-", "");
            case 10 -> "ia[" + whole(0) + "]";
            case 11 -> "(k).a";
            case 12 -> "(n)::integer";
            case 13 -> "array_length(" + one(List.of("ta", "ia", "ARRAY[i, j]", "va || ta")) + ", 1)";
            case 14 -> "CASE WHEN " + simple() + " THEN " + whole(levels - 1) + " ELSE -1 END";
            case 15 -> "(js->>'n')::integer";
            case 16 -> "GREATEST(" + whole(0) + ", " + literal("int") + ")";
            default -> "mod(" + whole(0) + ", 7)";
        };
    }

    private String column(String type) {
        return switch (type) {
            case "varchar" -> one(List.of("v", "v2"));
            case "text" -> one(List.of("t", "t2"));
            case "char" -> "c";
            case "numeric" -> "n";
            case "int" -> one(List.of("i", "j"));
            case "bigint" -> "b";
            case "smallint" -> "s";
            case "date" -> "d";
            case "timestamp" -> "ts";
            case "timestamptz" -> "tz";
            case "interval" -> "iv";
            case "inet" -> "ip";
            case "cidr" -> "cd";
            case "mood" -> "m";
            case "word" -> "w";
            case "positive" -> "p";
            case "uuid" -> "u";
            case "bytea" -> "by";
            case "bit" -> one(List.of("bt", "bt", "vb"));
            case "double" -> "dp";
            default -> "tm";
        };
    }

    private String literal(String type) {
        return switch (type) {
            case "varchar", "text", "char", "word" ->
                one(List.of(
                        "'NEW'",
                        "'PAID'",
                        "'it''s'",
                        "''",
                        "'a (b) AND c'",
                        "'x'::varchar",
                        "'y'::text",
                        "E'a\\\\b'",
                        "'z'::char(3)",
                        "'ARRAY[1]::text'",
                        "varchar 'q'"));
            case "numeric" ->
                one(List.of(
                        "1.5",
                        "-2.25",
                        "0",
                        "3",
                        "-7",
                        "1e5",
                        "'4.5'::numeric",
                        "'3'::numeric",
                        "-(4.0)",
                        "2::numeric(5,1)"));
            case "int" -> one(List.of("1", "2", "-3", "42", "0", "'7'", "'8'::integer", "100000"));
            case "bigint" -> one(List.of("1", "-5", "3000000000", "-3000000000", "7::bigint", "'9'"));
            case "smallint" -> one(List.of("1", "-2", "3::smallint", "'4'"));
            case "date" -> one(List.of("'2020-01-01'", "date '2021-02-03'", "'2022-01-01'::date", "'infinity'"));
            case "timestamp" ->
                one(List.of("'2020-01-01 10:00'", "timestamp '2021-02-03 01:02:03.5'", "'2020-01-01'::date"));
            case "timestamptz" -> one(List.of("'2020-01-01 10:00+02'", "timestamptz '2021-02-03 01:02:03Z'"));
            case "interval" ->
                one(List.of("'1 day'", "interval '2 hours'", "interval '1' month", "'-3 days'::interval"));
            case "inet" -> one(List.of("'10.0.0.1'", "inet '10.0.0.0/8'", "'10.1.0.0/16'::cidr"));
            case "cidr" -> one(List.of("'10.0.0.0/8'", "cidr '192.168.0.0/16'"));
            case "mood" -> one(List.of("'sad'", "'ok'::mood", "'it''s fine'"));
            case "positive" -> one(List.of("1", "5::positive", "7"));
            case "uuid" -> "'00000000-0000-0000-0000-00000000000" + random.nextInt(10) + "'";
            case "bytea" -> one(List.of("'\\x00'", "'abc'::bytea"));
            case "bit" -> one(List.of("B'1010'", "'0001'", "X'A'"));
            case "double" -> one(List.of("1.5", "'-2.5'::double precision", "1e100", "3", "'NaN'"));
            default -> one(List.of("'10:00'", "time '11:30'"));
        };
    }

    private static String name(String type) {
        return switch (type) {
            case "int" -> "integer";
            case "double" -> "double precision";
            case "char" -> "char(5)";
            case "bit" -> "varbit";
            case "varchar" -> "varchar(7)";
            case "numeric" -> "numeric(9,3)";
            default -> type;
        };
    }

    private boolean chance(int percent) {
        return random.nextInt(100) < percent;
    }

    private <T> T one(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }
}
