package org.pgproof.dump;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CompletionTest {
    private static final String TRAILER = "--\n-- PostgreSQL database dump complete\n--\n";

    @ParameterizedTest
    @ValueSource(
            strings = {
                TRAILER,
                TRAILER + "\n\n",
                "SELECT 1;\n" + TRAILER + "\n-- a comment\n/* another */\n",
                "\\restrict a1\nSELECT 1;\n" + TRAILER + "\n\\unrestrict a1\n\n"
            })
    void isCompleteWithTheTrailer(String sql) {
        assertThat(RecordedDump.of(sql).incompleteBecause).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "SELECT 1;\n",
                "-- PostgreSQL database dump complete\n",
                "--\n-- PostgreSQL database dump complete\n",
                "--\n-- PostgreSQL database dump complete\n--",
                TRAILER + "SELECT 1;\n",
                TRAILER + TRAILER,
                TRAILER + "\\! true\n",
                TRAILER + "\\unrestrict a1\n",
                TRAILER + "--\n-- Name: t; Type: TABLE; Schema: public; Owner: -\n--\n",
                TRAILER + "SELECT 1",
                TRAILER + "/* never closed",
                "SELECT 1" + "\n" + TRAILER,
                "SELECT '" + TRAILER,
                "SELECT $$" + TRAILER,
                "SELECT \"" + TRAILER,
                "/*" + TRAILER,
                "COPY t FROM stdin;\n" + TRAILER,
                "COPY t FROM stdin;\n" + TRAILER + "\\.\n",
                "\\restrict a1\n" + TRAILER,
                "\\restrict a1\n" + TRAILER + "\\unrestrict a2\n",
                "\\restrict a1\n" + TRAILER + "\\unrestrict a1\n\\unrestrict a1\n",
                "\\restrict a1\n" + TRAILER + "\\unrestrict a1\nSELECT 1;\n"
            })
    void isNotCompleteOtherwise(String sql) {
        assertThat(RecordedDump.of(sql).incompleteBecause).isNotEmpty();
    }

    @Test
    void saysWhatTheDumpEndsInTheMiddleOf() {
        assertThat(RecordedDump.of("COPY public.t FROM stdin;\na\n").incompleteBecause)
                .hasValue("it ends in the middle of the rows of public.t");
        assertThat(RecordedDump.of("SELECT $$ x").incompleteBecause)
                .hasValue("it ends in the middle of a dollar-quoted string");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"\\restrict a1 ", "\\restrict `id`", "\\restrict", "\\restrict a1 b2", "SELECT 1;\n\\restrict a1"
            })
    void expectsOnlyThePairThatPgDumpWrites(String sql) {
        assertThat(RecordedDump.of(sql + "\n").metaCommands)
                .extracting(MetaCommand::expected)
                .containsExactly(false);
    }
}
