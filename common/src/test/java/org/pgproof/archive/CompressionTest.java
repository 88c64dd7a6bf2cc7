package org.pgproof.archive;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import java.util.zip.Deflater;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.pgproof.archive.deflate.Block;
import org.pgproof.archive.deflate.LibdeflateDeflation;

/** How small dumps become, whatever is in them. */
class CompressionTest {
    private static final int SIZE = 3 << 20;

    /** Kinds of content that want to be compressed in different ways. */
    enum Kind {
        SENTENCES,
        NUMBERS,
        DIGITS,
        DOCUMENTS,
        CODE
    }

    /** Of real content the worst that was seen is 1.5 % more; code that is made up is more repetitive than any. */
    @ParameterizedTest
    @EnumSource(Kind.class)
    void isHardlyEverLargerThanWhatGzipMakesAtTheSameLevel(Kind kind) throws Exception {
        byte[] content = content(kind, SIZE);
        for (int level = 1; level <= 9; level++) {
            assertSmall(content, new Compression(level, 1, false));
            if (LibdeflateDeflation.available()) {
                assertSmall(content, new Compression(level, 1, true));
            }
        }
    }

    private static void assertSmall(byte[] content, Compression compression) throws Exception {
        byte[] file = compress(content, compression);
        assertThat(unpack(file)).isEqualTo(content);
        assertThat((double) file.length / deflated(content, compression.level()))
                .as(compression.toString())
                .isLessThan(1.02);
    }

    @ParameterizedTest
    @CsvSource({"6,true", "1,true", "6,false", "1,false"})
    void noticesThatTheContentBecomesAnother(int level, boolean libdeflate) throws Exception {
        Assumptions.assumeTrue(!libdeflate || LibdeflateDeflation.available(), "No libdeflate on this machine");
        Compression compression = new Compression(level, 1, libdeflate);
        byte[] digits = content(Kind.DIGITS, 3 << 20);
        byte[] documents = content(Kind.DOCUMENTS, 5 << 20);
        int apart = compress(digits, compression).length + compress(documents, compression).length;
        byte[] both = Arrays.copyOf(digits, digits.length + documents.length);
        System.arraycopy(documents, 0, both, digits.length, documents.length);
        byte[] together = compress(both, compression);
        assertThat(unpack(together)).isEqualTo(both);
        assertThat(together.length).isLessThan(apart + apart / 100);
    }

    /** In digits of random bytes are no repetitions, and half of every byte is all there is to save. */
    @ParameterizedTest
    @ValueSource(ints = {1, 6, 9})
    void packsDigitsOfRandomBytesToLittleMoreThanTheBytes(int level) throws Exception {
        byte[] file = compress(content(Kind.DIGITS, SIZE), new Compression(level, 1, false));
        assertThat((double) file.length / SIZE).isLessThan(0.52);
    }

    private static byte[] compress(byte[] content, Compression compression) throws IOException, InterruptedException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GzipMembers members = compression.members(out)) {
            for (int from = 0; from < content.length; from += Block.SIZE) {
                int length = Math.min(Block.SIZE, content.length - from);
                Block block = members.block();
                System.arraycopy(content, from, block.content(), 0, length);
                block.filled(length, true);
                members.add(block);
            }
            members.finish();
        }
        return out.toByteArray();
    }

    private static byte[] unpack(byte[] file) throws IOException {
        return new GZIPInputStream(new ByteArrayInputStream(file)).readAllBytes();
    }

    private static int deflated(byte[] content, int level) {
        Deflater gzip = new Deflater(level, true);
        gzip.setInput(content);
        gzip.finish();
        byte[] out = new byte[content.length];
        int length = gzip.deflate(out);
        assertThat(gzip.finished()).isTrue();
        gzip.end();
        return length;
    }

    private static byte[] content(Kind kind, int size) {
        Random random = new Random(7);
        StringBuilder rows = new StringBuilder(size + 1000);
        for (int id = 0; rows.length() < size; id++) {
            rows.append(row(kind, id, random)).append('\n');
        }
        return rows.substring(0, size).getBytes(StandardCharsets.US_ASCII);
    }

    private static String row(Kind kind, int id, Random random) {
        return switch (kind) {
            case SENTENCES -> id + "\t" + sentence(random, 30);
            case NUMBERS ->
                id + "\t" + random.nextInt(1_000_000) + "\t" + random.nextInt(90_000) / 100.0 + "\t2024-01-"
                        + (10 + random.nextInt(20)) + " 12:" + (10 + random.nextInt(50)) + ":33."
                        + random.nextInt(900_000);
            case DIGITS -> {
                byte[] bytes = new byte[5000];
                random.nextBytes(bytes);
                StringBuilder digits = new StringBuilder(id + "\t\\\\x");
                for (byte value : bytes) {
                    digits.append(String.format("%02x", value));
                }
                yield digits.toString();
            }
            case DOCUMENTS ->
                "{\"id\": " + id + ", \"kind\": \"" + word(random.nextInt(40)) + "\", \"text\": \""
                        + sentence(random, 8) + "\", \"tags\": [\"" + word(random.nextInt(300)) + "\", \""
                        + word(random.nextInt(300)) + "\"], \"ok\": " + random.nextBoolean() + "}";
            case CODE ->
                "    if (" + word(random.nextInt(200)) + "." + word(random.nextInt(50)) + "() == "
                        + word(random.nextInt(200)) + ") {\n        return " + word(random.nextInt(200)) + "("
                        + random.nextInt(100) + ");\n    }";
        };
    }

    private static String sentence(Random random, int words) {
        StringBuilder sentence = new StringBuilder();
        for (int i = 0; i < words; i++) {
            double rank = random.nextDouble();
            sentence.append(word((int) (rank * rank * rank * 3000))).append(' '); // some words are frequent
        }
        return sentence.toString();
    }

    /** Words of a language that nobody speaks. */
    private static String word(int number) {
        Random letters = new Random(number * 31L);
        StringBuilder word = new StringBuilder();
        for (int syllable = 0; syllable <= letters.nextInt(3) + number / 1000; syllable++) {
            word.append("bcdfghklmnprst".charAt(letters.nextInt(14))).append("aeiou".charAt(letters.nextInt(5)));
        }
        return word.append("nsrtxy".charAt(letters.nextInt(6))).toString();
    }
}
