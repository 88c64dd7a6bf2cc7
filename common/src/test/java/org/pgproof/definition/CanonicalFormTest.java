package org.pgproof.definition;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CanonicalFormTest {
    /** What PostgreSQL printed of somebody's words, and what it printed once it had read that. */
    @ParameterizedTest
    @CsvSource(
            delimiterString = " => ",
            quoteCharacter = '`',
            value = {
                "((v)::text = ANY ((ARRAY['a'::character varying, 'b'::character varying])::text[])) => ((v)::text = ANY (ARRAY[('a'::character varying)::text, ('b'::character varying)::text]))",
                "((cd)::inet <> ALL ((ARRAY['10.0.0.0/8'::cidr])::inet[])) => ((cd)::inet <> ALL (ARRAY[('10.0.0.0/8'::cidr)::inet]))",
                "((ARRAY[ARRAY[a, b], ARRAY[(c + 1), f(d, e)]])::numeric(9,3)[]) => (ARRAY[ARRAY[(a)::numeric(9,3), (b)::numeric(9,3)], ARRAY[((c + 1))::numeric(9,3), (f(d, e))::numeric(9,3)]])",
                "(((ARRAY['a'::text])::character varying(10)[])::public.w[]) => ((ARRAY[('a'::text)::character varying(10)])::public.w[])",
                "((ARRAY['x, ]'::timestamp(3) without time zone])::timestamp with time zone[]) => (ARRAY[('x, ]'::timestamp(3) without time zone)::timestamp with time zone])",
                "((ARRAY[(v COLLATE \"C\"), 'x'::character varying])::text[]) => (ARRAY[((v)::text COLLATE \"C\"), ('x'::character varying)::text])",
                "(x = ANY (ARRAY['a'::character varying, a || b, lower(c)]::text[])) => (x = ANY (ARRAY['a'::character varying::text, (a || b)::text, lower(c)::text]))",
                "(((x >= 1) AND (x <= 5)) AND (z > 0)) => ((x >= 1) AND (x <= 5) AND (z > 0))",
                "((((a OR b) OR c) OR (d AND e)) OR f) => (a OR b OR c OR (d AND e) OR f)",
                "((i > (- 3)) AND (abs((- 2.5)) = ((- 1))::bigint)) => ((i > '-3'::integer) AND (abs('-2.5'::numeric) = ('-1'::integer)::bigint))",
                "CREATE TABLE t (a integer NOT NULL, b text) => CREATE TABLE t (a integer CONSTRAINT t_a_not_null1 NOT NULL, b text)",
                "(ROW(1, NULL, NULL)::public.pair) => (ROW(1, NULL::text, NULL::double precision)::public.pair)",
            })
    void oneRoundMoreChangesNothing(String first, String second) {
        assertThat(CanonicalForm.of(first)).isEqualTo(CanonicalForm.of(second));
        assertThat(Substance.of(first)).isEqualTo(Substance.of(second));
    }

    @ParameterizedTest
    @CsvSource(
            delimiterString = " => ",
            quoteCharacter = '`',
            value = {
                "(v = ANY ((ARRAY['a'::text])::text[])) => (v = ANY (ARRAY[('b'::text)::text]))",
                "(v = ANY ((ARRAY['a'::text])::text[])) => (v = ALL (ARRAY[('a'::text)::text]))",
                "(v = ANY ((ARRAY['a'::text])::text[])) => (v = ANY (ARRAY[('a'::text)::bytea]))",
                "(v = ANY ((ARRAY['a'::text])::text[])) => (v = ANY (ARRAY['a'::text]))",
                "(a AND (b AND c)) => (a AND b AND c)",
                "((a AND b) OR c) => (a AND b AND c)",
                "((a OR b) AND c) => (a OR b OR c)",
                "((a AND b) AND c) => (a AND (b OR c))",
                "((a - b) - c) => (a - (b - c))",
                "(a integer CONSTRAINT must NOT NULL) => (a integer NOT NULL)",
                "(a integer CONSTRAINT t_a_not_null CHECK (b)) => (a integer CHECK (b))",
                "(a <= b) => (a < b)",
                "(NOT (a AND b)) => ((NOT a) AND b)",
                "(i > (- 3)) => (i > 3)",
                "(i > (- 3)) => (i > '-4'::integer)",
                "(i - 3) => (- 3)",
                "(ROW(1, NULL)::public.pair) => (ROW(NULL, 1)::public.pair)",
                "(ROW(1, NULL)::public.pair) => (ROW(1, NULL::text)::public.other)",
                "'((a AND b) AND c)'::text => '(a AND b AND c)'::text",
                "\"((a AND b) AND c)\" => \"(a AND b AND c)\"",
            })
    void nothingElseGoesUnseen(String one, String other) {
        assertThat(CanonicalForm.of(one)).isNotEqualTo(CanonicalForm.of(other));
    }

    /** The order counts, and what is in quotes. */
    @ParameterizedTest
    @CsvSource(
            delimiterString = " => ",
            quoteCharacter = '`',
            value = {
                "(a > 1) => (a > 2)",
                "(a > 1) => (a < 1)",
                "(a AND b) => (a OR b)",
                "(a - b) => (b - a)",
                "'a'::x => 'b'::x"
            })
    void whatADefinitionIsMadeOfIsMoreThanItsWording(String one, String other) {
        assertThat(Substance.of(one)).isNotEqualTo(Substance.of(other));
        assertThat(Substance.of("((" + one + "))::text[] AS q")).isEqualTo(Substance.of(one));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "(",
                ")",
                "((]",
                "a)b",
                "ARRAY",
                "(ARRAY[",
                "(ARRAY[])::text[]",
                "x::",
                "ROW(",
                "ROW()::t",
                "'",
                "E'\\",
                "- "
            })
    void takesAnyText(String text) {
        assertThat(CanonicalForm.of(text)).isEqualTo(CanonicalForm.of(text));
        assertThat(Substance.of(text)).isNotNull();
    }

    @Test
    void nestingIsNoBurden() {
        int deep = 20_000;
        String nested = "(".repeat(deep) + "a" + " AND b)".repeat(deep);
        assertThat(CanonicalForm.of(nested)).isEqualTo(CanonicalForm.of("(a" + " AND b".repeat(deep) + ")"));
        String concatenated = "(".repeat(deep) + "a" + " || b)".repeat(deep);
        assertThat(CanonicalForm.of(concatenated)).hasSizeGreaterThan(deep);
    }
}
