package org.pgproof.dump;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DumpEntriesTest {
    private static String announced(String line) {
        return "--\n-- " + line + "\n--\n\n";
    }

    @Test
    void tellsTheObjectThatAStatementBelongsTo() {
        String first = announced("Name: orders; Type: TABLE; Schema: public; Owner: -");
        RecordedDump dump = RecordedDump.of("SELECT 0;\n\n" + first + "CREATE TABLE public.orders ();\n\n\n"
                + announced("Data for Name: orders; Type: TABLE DATA; Schema: public; Owner: shop")
                + "SELECT 1;\n");
        TocEntry table = new TocEntry("TABLE", "public", "orders", "", "", 11);
        assertThat(dump.entries)
                .containsExactly(
                        table, new TocEntry("TABLE DATA", "public", "orders", "shop", "", 11 + first.length() + 33));
        assertThat(dump.statements)
                .extracting(Statement::entry)
                .containsExactly(Optional.empty(), Optional.of(table), Optional.of(dump.entries.get(1)));
    }

    @Test
    void readsEveryField() {
        RecordedDump dump = RecordedDump.of(
                announced("Name: f(text, integer); Type: FK CONSTRAINT; Schema: -; Owner: me; Tablespace: fast disks"));
        assertThat(dump.entries)
                .containsExactly(new TocEntry("FK CONSTRAINT", "", "f(text, integer)", "me", "fast disks", 0));
    }

    @Test
    void readsNamesThatLookLikeFieldsFromTheEnd() {
        RecordedDump dump = RecordedDump.of(
                announced("Name: a; Type: VIEW; Schema: x; Owner: y -- b;; Type: TABLE; Schema: public; Owner: -"));
        assertThat(dump.entries)
                .containsExactly(
                        new TocEntry("TABLE", "public", "a; Type: VIEW; Schema: x; Owner: y -- b;", "", "", 0));
    }

    @Test
    void readsVerboseAnnouncements() {
        RecordedDump dump = RecordedDump.of("""
                --
                -- TOC entry 215 (class 1259 OID 16390)
                -- Dependencies: 3
                -- Name: t; Type: TABLE; Schema: public; Owner: -
                --
                """);
        assertThat(dump.entries).containsExactly(new TocEntry("TABLE", "public", "t", "", "", 0));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "-- Name: t; Type: TABLE; Schema: public; Owner: -\n",
                "--\n-- Name: t; Type: TABLE; Schema: public; Owner: -\n\n--\n",
                "--\n\n-- Name: t; Type: TABLE; Schema: public; Owner: -\n--\n",
                "SELECT 1\n--\n-- Name: t; Type: TABLE; Schema: public; Owner: -\n--\n;",
                "SELECT '\n--\n-- Name: t; Type: TABLE; Schema: public; Owner: -\n--\n';",
                "/*\n--\n-- Name: t; Type: TABLE; Schema: public; Owner: -\n--\n*/",
                "COPY t FROM stdin;\n--\n-- Name: t; Type: TABLE; Schema: public; Owner: -\n--\n\\.\n"
            })
    void takesOnlyFramedCommentsForAnnouncements(String sql) {
        assertThat(RecordedDump.of(sql).entries).isEmpty();
    }

    @Test
    void doesNotGuessWhatAnAnnouncementMeans() {
        assertThat(RecordedDump.of(announced("Name: t; Type: TABLE")).unsupported)
                .containsExactly("an announcement that is not understood");
    }
}
