package org.pgproof.manifest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.pgproof.receipt.ReceiptHead;

/** However much somebody puts in the place of a small document, little of it is read, and less of it kept. */
class LargeDocumentsTest {
    private static final long GIGABYTE = 1L << 30;
    private static final long READ_AHEAD = 1 << 16;

    /** A text and then another, over and over, that is nowhere as a whole. */
    private static final class Endless extends InputStream {
        private final byte[] beginning;
        private final byte[] repeated;
        private long given;

        Endless(String beginning, String repeated) {
            this.beginning = beginning.getBytes(UTF_8);
            this.repeated = repeated.getBytes(UTF_8);
        }

        @Override
        public int read() {
            int at = (int) Math.min(given, Integer.MAX_VALUE);
            byte next = at < beginning.length
                    ? beginning[at]
                    : repeated[(int) ((given - beginning.length) % repeated.length)];
            given++;
            return given > GIGABYTE ? -1 : next;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) {
            int count = 0;
            while (count < length) {
                int next = read();
                if (next < 0) {
                    break;
                }
                bytes[offset + count++] = (byte) next;
            }
            return count == 0 ? -1 : count;
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {"other":                          | [
            {"other":                          | {"a":
            {"key":"                           | k
            {"warnings":[""                    | ,"w"
            {"tables":[{"columns":[""          | ,"c"
            {"leftOut":[                       | {},
            {                                  | "a":1,
            {"a":                              | 1
            """)
    void aManifestIsGivenUpBeforeItFillsTheMemory(String beginning, String repeated) {
        Endless manifest = new Endless(beginning, repeated);
        assertThatThrownBy(() -> ManifestFile.read(manifest)).isInstanceOf(IOException.class);
        assertThat(manifest.given).isLessThan(GIGABYTE / 4);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {"other":                          | [
            {"checks":[""                      | ,"c"
            {"key":"                           | k
            {"other":[                         | {},
            {                                  | "a":1,
            {"bytes":                          | 1
            """)
    void aReceiptIsGivenUp(String beginning, String repeated) {
        Endless receipt = new Endless(beginning, repeated);
        assertThatThrownBy(() -> ReceiptHead.read(receipt)).isInstanceOf(IOException.class);
        assertThat(receipt.given).isLessThanOrEqualTo((16L << 20) + READ_AHEAD);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {"other":                          | [
            {"other":[                         | {},
            {                                  | "a":1,
            """)
    void theBeginningOfAManifestIsGivenUp(String beginning, String repeated) {
        Endless manifest = new Endless(beginning, repeated);
        try {
            assertThat(ManifestHead.read(manifest).key()).isEmpty();
        } catch (IOException tooLarge) {
            assertThat(tooLarge).hasMessageContaining("larger");
        }
        assertThat(manifest.given).isLessThanOrEqualTo((16L << 20) + READ_AHEAD);
    }
}
