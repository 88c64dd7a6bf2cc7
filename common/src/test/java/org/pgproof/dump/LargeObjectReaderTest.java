package org.pgproof.dump;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LargeObjectReaderTest {
    private static final byte[] CONTENT = content();

    private static byte[] content() {
        byte[] content = new byte[2_000_003];
        new Random(7).nextBytes(content);
        return content;
    }

    private static String written(long oid, byte[] content, int piece) {
        StringBuilder sql = new StringBuilder("SELECT pg_catalog.lo_open('" + oid + "', 131072);\n");
        for (int i = 0; i < content.length; i += piece) {
            sql.append("SELECT pg_catalog.lowrite(0, '\\x")
                    .append(HexFormat.of().formatHex(content, i, Math.min(content.length, i + piece)))
                    .append("');\n");
        }
        return sql.append("SELECT pg_catalog.lo_close(0);\n\n").toString();
    }

    private static Fingerprint fingerprint(long oid, byte[] content) {
        LargeObjectHash hash = new LargeObjectHash(oid);
        hash.write(content, 0, content.length);
        return hash.fingerprint();
    }

    @ParameterizedTest
    @ValueSource(ints = {1_000, 16_384, 2_000_003})
    void hashesContentHoweverItIsCutIntoWrites(int piece) {
        String sql = "SELECT pg_catalog.lo_create('5');\nBEGIN;\n" + written(5, CONTENT, piece) + "COMMIT;\n";
        RecordedDump dump = RecordedDump.of(sql.getBytes(StandardCharsets.US_ASCII), 65_536);
        assertThat(dump.unsupported).isEmpty();
        assertThat(dump.largeObjects).isEqualTo(new LargeObjects(1, CONTENT.length, fingerprint(5, CONTENT)));
    }

    @Test
    void addsUpObjectsInAnyOrder() {
        byte[] none = {};
        byte[] some = {1, 2, 3};
        RecordedDump dump = RecordedDump.of(written(7, some, 2) + written(6, none, 1));
        assertThat(dump.largeObjects.fingerprint())
                .isEqualTo(fingerprint(6, none).plus(fingerprint(7, some)));
        assertThat(RecordedDump.of(written(6, none, 1) + written(7, some, 1)).largeObjects)
                .isEqualTo(dump.largeObjects);
    }

    @Test
    void knowsWhichObjectHoldsWhat() {
        byte[] one = {1};
        byte[] two = {2};
        assertThat(RecordedDump.of(written(6, one, 1) + written(7, two, 1)).largeObjects)
                .isNotEqualTo(RecordedDump.of(written(6, two, 1) + written(7, one, 1)).largeObjects);
    }

    @Test
    void readsDoubledBackslashes() {
        String sql = "SET standard_conforming_strings = off;\n"
                + written(5, CONTENT, 16_384).replace("\\x", "\\\\x");
        assertThat(RecordedDump.of(sql).largeObjects.fingerprint()).isEqualTo(fingerprint(5, CONTENT));
    }

    @Test
    void doesNotGuess() {
        for (String write : List.of("'\\x0'", "'\\x0g'", "'\\x00 00'", "'abc'", "E'\\\\x00'", "foo()")) {
            RecordedDump dump = RecordedDump.of(
                    "SELECT pg_catalog.lo_open('5', 131072);\nSELECT pg_catalog.lowrite(0, " + write + ");\n");
            assertThat(dump.unsupported).as(write).hasSize(1);
        }
        assertThat(RecordedDump.of("SELECT pg_catalog.lo_close(0);").unsupported)
                .hasSize(1);
        assertThat(RecordedDump.of("SELECT pg_catalog.lo_open('x', 1);").unsupported)
                .hasSize(1);
    }
}
