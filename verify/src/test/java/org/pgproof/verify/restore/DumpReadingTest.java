package org.pgproof.verify.restore;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.pgproof.dump.DumpListener;
import org.pgproof.dump.DumpScanner;
import org.pgproof.manifest.DumpContents;
import org.pgproof.manifest.Manifest;

final class DumpReadingTest {
    private static final String ROWS = "COPY public.t (a) FROM stdin;\n1\n2\n\\.\n";
    private static final String SETVAL = "SELECT pg_catalog.setval('public.s', 7, true);\n";
    private static final String INDEX = "CREATE INDEX i ON public.t USING btree (a);\n";
    private static final String DUMP = "--\n-- PostgreSQL database dump\n--\n\nSET client_encoding = 'UTF8';\n"
            + entry("t", "TABLE") + "CREATE TABLE public.t (\n    a integer\n);\n"
            + entry("t", "TABLE DATA") + ROWS
            + entry("s", "SEQUENCE SET") + SETVAL
            + entry("i", "INDEX") + INDEX
            + "\n--\n-- PostgreSQL database dump complete\n--\n\n";

    private static final String NOTHING = "0".repeat(32);

    @Test
    void aDumpIsWhatItsManifestDescribes() {
        assertThat(differences(DUMP)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GRANT ALL ON TABLE public.t TO PUBLIC;",
                "UPDATE public.t SET a = 3;",
                "ALTER TABLE public.t DISABLE TRIGGER ALL;",
                "ALTER ROLE app SUPERUSER;",
                "INSERT INTO public.t VALUES (3);",
                "COPY public.t (a) FROM stdin;\n3\n\\.\n",
                "SELECT pg_catalog.setval('public.s', 8, true);",
                "SET row_security = off;",
                "BEGIN;",
            })
    void aStatementTooManyIsFoundWhereverItStands(String statement) {
        for (String place : List.of("SET client_encoding = 'UTF8';\n", ROWS, SETVAL, INDEX)) {
            assertThat(differences(DUMP.replace(place, place + "\n" + statement + "\n")))
                    .describedAs("after %s", place)
                    .isNotEmpty();
        }
    }

    @Test
    void whatTheDumpLacksIsNamed() {
        assertThat(differences(DUMP.replace("2\n\\.", "\\."))).containsExactly("public.t: expected 2 rows, found 1");
        assertThat(differences(DUMP.replace("2\n\\.", "2 \n\\.")))
                .containsExactly("public.t: expected rows of 4 bytes, found 5");
        assertThat(differences(DUMP.replace("2\n\\.", "3\n\\.")))
                .singleElement()
                .satisfies(difference -> assertThat(difference).startsWith("public.t: expected xxh3-128-sum:"));
        assertThat(differences(DUMP.replace("COPY public.t (a)", "COPY public.t (b)")))
                .containsExactly("public.t: expected the columns a, found b");
        assertThat(differences(DUMP.replace(INDEX, ""))).containsExactly("missing: INDEX public.i");
        assertThat(differences(DUMP.replace(SETVAL, ""))).containsExactly("other values of sequences");
    }

    private static String entry(String name, String kind) {
        return "\n--\n-- Name: " + name + "; Type: " + kind + "; Schema: public; Owner: -\n--\n\n";
    }

    private static List<String> differences(String dump) {
        DumpReading reading = new DumpReading(true);
        scan(dump, reading);
        return reading.differences(manifest());
    }

    private static long scan(String dump, DumpListener listener) {
        byte[] bytes = dump.getBytes(StandardCharsets.UTF_8);
        DumpScanner scanner = new DumpScanner(listener);
        scanner.write(bytes, 0, bytes.length);
        scanner.end();
        return scanner.position();
    }

    private static Manifest manifest() {
        DumpContents contents = new DumpContents();
        long bytes = scan(DUMP, contents);
        contents.end(bytes);
        return new Manifest(
                Manifest.FORMAT,
                "backup_20260211_093022",
                Instant.EPOCH,
                Instant.EPOCH,
                Instant.EPOCH,
                0,
                new Manifest.Source("shop", "1", "15.1", "UTF8", "C", "C", "C", "libc", null, new TreeMap<>()),
                "15.1",
                "1.0.0",
                List.of(),
                new Manifest.DumpFile(1, NOTHING, bytes, "UTF8", contents.statementsDigest()),
                contents.tables(),
                contents.objects(),
                new TreeMap<>(contents.counts()),
                contents.sequences(),
                contents.largeObjects(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                contents.insertedTables(),
                contents.layout(bytes, List.of()),
                List.of(),
                List.of());
    }
}
