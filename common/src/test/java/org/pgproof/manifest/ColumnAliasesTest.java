package org.pgproof.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ColumnAliasesTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "EXISTS ( SELECT NULL::text~ AS text~ FROM t)",
                "IN ( SELECT 'it''s'::text~ AS text~ UNION SELECT '$$'::character varying(3)~ AS \"varchar\"~)",
                "( SELECT '-1'::integer~ AS int4~, '-5000000000'::bigint~ AS int8~, '-1.5'::numeric~ AS \"numeric\"~)",
                "( SELECT '{}'::text[]~ AS text~, '101'::\"bit\"~ AS \"bit\"~, $1, '1'::public.\"My \"\"T\"~ AS \"My \"\"T\"~)",
                "( SELECT '10:00'::time(3) with time zone~ AS timetz~, '1'::interval year to month~ AS \"interval\"~)",
                "BEGIN ATOMIC\n SELECT '2020-01-01'::timestamp without time zone~ AS \"timestamp\"~;\n END",
            })
    void namesAfterTheTypeOfALiteralSayNothing(String marked) {
        String without = marked.replaceAll("~[^~]*~", "");

        assertThat(ColumnAliases.without(marked.replace("~", ""))).isEqualTo(without);
        assertThat(ColumnAliases.without(without)).isEqualTo(without);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT 'x'::text AS kind",
                "SELECT 'x'::text AS text2",
                "SELECT t.a::text AS text",
                "SELECT NOT_NULL::text AS text",
                "SELECT 'x'::public.text AS \"Text\"",
                "AS $$ SELECT 'x'::text AS text $$",
                "AS $_$ SELECT NULL::text AS text, $1 $_$",
                "AS E' SELECT \\'x\\'::text AS text'",
                "AS ' SELECT ''x''::text AS text'",
                "SELECT \"'x'::text AS text\"",
                "SELECT '' AS ",
            })
    void whatSaysSomethingStays(String text) {
        assertThat(ColumnAliases.without(text)).isEqualTo(text);
    }

    @org.junit.jupiter.api.Test
    void longStringsAreNoBurden() {
        String text = "SELECT '" + "''".repeat(100_000) + "'::text";

        assertThat(ColumnAliases.without(text + " AS text")).isEqualTo(text);
    }
}
