package org.pgproof.definition;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ColumnAliasesTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "EXISTS ( SELECT NULL::text~ AS text~ FROM t)",
                "(x IN ( SELECT 'it''s'::text~ AS text~ UNION SELECT '$$'::character varying(3)~ AS \"varchar\"~))",
                "( SELECT '-1'::integer~ AS int4~, ('x'::text COLLATE \"C\")~ AS text~, now()~ AS \"?column?\"~)",
                "ARRAY( SELECT ( SELECT 'x'::text~ AS text~)~ AS text~, $1, '1'::public.\"My \"\"T\"~ AS \"My \"\"T\"~)",
                "(a > ALL ( SELECT 1~ AS b~)) AND (( SELECT 1~ AS b~ WHERE true) = 1)",
                "USING (( SELECT CASE WHEN a THEN b ELSE c END~ AS c~ FROM t ORDER BY a LIMIT 1))",
                "SELECT EXISTS ( SELECT 1~ AS a~) AS b UNION SELECT 2~ AS c~ UNION ALL ( SELECT 3~ AS d~ EXCEPT SELECT 4~ AS d~)",
                "AS ( SELECT 1 AS a UNION SELECT 2~ AS b~) EXCEPT SELECT 3~ AS c~ FROM t",
                "EXISTS ( ( SELECT 1~ AS a~ UNION SELECT 2~ AS b~) EXCEPT SELECT 3~ AS c~)",
                "SELECT DISTINCT ON (a) a AS b, ( SELECT x.y~ AS z~ FROM ( SELECT 1 AS y) x) AS c",
                "DO INSTEAD ( INSERT INTO t (a) SELECT '-1'::integer~ AS int4~ FROM u RETURNING 1 AS a;\n SELECT 1 AS a;\n)",
                "BEGIN ATOMIC\n SELECT now()~ AS now~;\n WITH w AS (SELECT 1 AS a) INSERT INTO t DEFAULT VALUES RETURNING 2~ AS b~;\n END",
                "f(OUT a integer) RETURNS record BEGIN ATOMIC\n SELECT 1~ AS a~;\n END",
                "RETURNS SETOF record BEGIN ATOMIC\n SELECT NULL::text~ AS text~, 'x'::text AS y, '1'::time(3) with time zone~ AS timetz~, now() AS now;\n END",
            })
    void namesThatNobodySeesSayNothing(String marked) {
        String without = marked.replaceAll("~[^~]*~", "");

        assertThat(ColumnAliases.without(marked.replace("~", ""))).isEqualTo(without);
        assertThat(ColumnAliases.without(without)).isEqualTo(without);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "CREATE VIEW v AS SELECT 'x'::text AS text, NULL::text AS \"?column?\"",
                "CREATE VIEW v AS SELECT x.a FROM ( SELECT 'x'::text AS a) x",
                "CREATE VIEW v AS SELECT * FROM (t JOIN LATERAL ( SELECT 1 AS b) \"X\" ON (true)), ( SELECT 2 AS c) y",
                "CREATE VIEW v AS WITH w AS ( SELECT 1 AS a), u AS MATERIALIZED (SELECT 2 AS b) SELECT w.a FROM w",
                "CREATE VIEW v AS ( SELECT 1 AS a UNION SELECT 2) EXCEPT SELECT 3",
                "EXISTS ( SELECT x.a FROM ( SELECT 1 AS a) x)",
                "EXISTS ( SELECT FROM f() x(a) WINDOW w AS (PARTITION BY a))",
                "EXISTS ( SELECT XMLFOREST(a AS b), XMLELEMENT(NAME x, XMLATTRIBUTES(a AS c)) FROM t)",
                "DO INSTEAD SELECT 1 AS a",
                "AS $$ SELECT EXISTS ( SELECT 'x'::text AS text) $$",
                "AS $_$ SELECT ( SELECT NULL::text AS text), $1 $_$",
                "AS E' SELECT ( SELECT \\'x\\'::text AS text)'",
                "AS ' SELECT ( SELECT ''x''::text AS text)'",
                "EXISTS ( SELECT \"'x'::text AS text\")",
                "EXISTS ( SELECT '' AS ",
                "SELECT )) AS a",
            })
    void namesThatAreSeenStay(String text) {
        assertThat(ColumnAliases.without(text)).isEqualTo(text);
    }

    @Test
    void longStringsAreNoBurden() {
        String text = "( SELECT '" + "''".repeat(100_000) + "'::text";

        assertThat(ColumnAliases.without(text + " AS text)")).isEqualTo(text + ")");
    }
}
