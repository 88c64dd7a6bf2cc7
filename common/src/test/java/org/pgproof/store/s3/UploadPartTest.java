package org.pgproof.store.s3;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class UploadPartTest {
    private static final byte[] BYTES = Stores.noise(2 * PartBuffers.CHUNK);
    private static final UploadPart PART = new UploadPart(
            1,
            List.of(
                    Arrays.copyOfRange(BYTES, 0, PartBuffers.CHUNK),
                    Arrays.copyOfRange(BYTES, PartBuffers.CHUNK, 2 * PartBuffers.CHUNK)),
            PartBuffers.CHUNK + 1_000);
    private static final byte[] CONTENT = Arrays.copyOf(BYTES, PartBuffers.CHUNK + 1_000);

    @Test
    void canBeReadAgainAndAgain() throws IOException {
        for (int i = 0; i < 3; i++) {
            try (InputStream content = PART.content()) {
                assertThat(content.available()).isEqualTo(CONTENT.length);
                assertThat(content.readAllBytes()).isEqualTo(CONTENT);
                assertThat(content.read()).isNegative();
            }
        }
    }

    @Test
    void canBeReadByteByByteAcrossItsChunks() throws IOException {
        try (InputStream content = PART.content()) {
            for (byte expected : CONTENT) {
                assertThat(content.read()).isEqualTo(expected & 0xff);
            }
        }
    }

    @Test
    void goesBackToItsMark() throws IOException {
        try (InputStream content = PART.content()) {
            content.skipNBytes(10);
            content.mark(Integer.MAX_VALUE);
            content.readAllBytes();
            content.reset();
            assertThat(content.readAllBytes()).isEqualTo(Arrays.copyOfRange(CONTENT, 10, CONTENT.length));
        }
    }

    @Test
    void digestsItsContentOnly() {
        assertThat(PART.contentMd5()).isEqualTo(Md5.base64(CONTENT));
        assertThat(Md5.base64(new byte[0])).isEqualTo("1B2M2Y8AsgTpgAmY7PhCfg==");
    }
}
