package org.pgproof.manifest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JacksonException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ManifestFileTest {
    private static final byte[] WRITTEN = ManifestFile.bytes(JsonTest.manifest());

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 76, 77, 78, 100, 100_000})
    void readsWhatItWroteInPieces(int size) throws IOException {
        InputStream pieces = new ByteArrayInputStream(WRITTEN) {
            @Override
            public int read(byte[] bytes, int offset, int length) {
                return super.read(bytes, offset, Math.min(length, size));
            }
        };
        assertThat(ManifestFile.read(pieces)).isEqualTo(new ManifestFile(JsonTest.manifest(), true));
    }

    @Test
    void endsWithTheDigestOfAllBytesBefore() throws Exception {
        String text = new String(WRITTEN, StandardCharsets.UTF_8);
        int seal = text.lastIndexOf(",\"sha256\":\"");
        byte[] before = text.substring(0, seal).getBytes(StandardCharsets.UTF_8);
        String digest =
                HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(before));
        assertThat(text.substring(seal)).isEqualTo(",\"sha256\":\"" + digest + "\"}");
    }

    @Test
    void noBitCanChange() {
        for (int at = 0; at < WRITTEN.length; at += 3) {
            byte[] damaged = WRITTEN.clone();
            damaged[at] ^= (byte) (1 << at % Byte.SIZE);
            assertThat(isGood(damaged)).as("byte %d", at).isFalse();
        }
    }

    @Test
    void noByteCanBeMissingOrAdded() {
        for (int length = 0; length < WRITTEN.length; length += 13) {
            assertThat(isGood(Arrays.copyOf(WRITTEN, length)))
                    .as("%d bytes", length)
                    .isFalse();
        }
        for (String more : new String[] {"\n", " ", "}", "{}", "\0", new String(WRITTEN, StandardCharsets.UTF_8)}) {
            String grown = new String(WRITTEN, StandardCharsets.UTF_8) + more;
            assertThat(isGood(grown.getBytes(StandardCharsets.UTF_8))).as(more).isFalse();
        }
    }

    @Test
    void whatIsDamagedCanBeReadWhereItIsStillJson() throws IOException {
        byte[] edited = new String(WRITTEN, StandardCharsets.UTF_8)
                .replace("\"interval\":3600", "\"interval\":3601")
                .getBytes(StandardCharsets.UTF_8);
        ManifestFile read = ManifestFile.read(new ByteArrayInputStream(edited));
        assertThat(read.intact()).isFalse();
        assertThat(read.manifest().interval()).isEqualTo(3601);
    }

    @Test
    void nullIsNoManifest() {
        assertThatThrownBy(() -> ManifestFile.read(new ByteArrayInputStream("null".getBytes(StandardCharsets.UTF_8))))
                .isInstanceOf(JacksonException.class);
    }

    private static boolean isGood(byte[] document) {
        try {
            return ManifestFile.read(new ByteArrayInputStream(document)).intact();
        } catch (JacksonException unreadable) {
            return false;
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void refusesWhatWouldFillTheMemory() {
        for (String json : List.of(
                "[".repeat(1_000_000),
                "{\"other\":" + "[".repeat(1_000_000),
                "{\"warnings\":[" + "\"\",".repeat(300_000) + "\"\"]}",
                "{\"tables\":[{\"columns\":[" + "\"\",".repeat(300_000) + "\"\"]}]}",
                "{\"key\":\"" + "k".repeat(2_000_000) + "\"}")) {
            assertThatThrownBy(() -> ManifestFile.read(new ByteArrayInputStream(json.getBytes(UTF_8))))
                    .as(json.substring(0, 20))
                    .isInstanceOf(JacksonException.class);
        }
    }
}
