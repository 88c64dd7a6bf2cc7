package org.pgproof.backup.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.pgproof.archive.Compression;
import org.pgproof.archive.DumpMark;
import org.pgproof.archive.GzipMembers;
import org.pgproof.archive.Layout;
import org.pgproof.archive.deflate.LibdeflateDeflation;
import org.pgproof.dump.DumpScanner;
import org.pgproof.manifest.DumpContents;

/** A dump cut into gzip members. */
class DumpStreamTest {
    private static final String COPY = "COPY public.t (a) FROM stdin;\n";

    @TempDir
    private Path folder = Path.of("");

    private List<Layout.Member> listed = List.of();

    @ParameterizedTest
    @CsvSource({"1,1,false", "6,2,false", "9,3,false", "1,2,true", "6,1,true", "9,2,true"})
    void makesOneGzipFileOfManyMembers(int level, int threads, boolean libdeflate) throws Exception {
        byte[] dump = rows(20 << 20, 100);
        byte[] gzip = compress(dump, compression(level, threads, libdeflate));
        assertThat(unpack(gzip)).isEqualTo(dump);
        assertThat(gunzip(gzip)).isEqualTo(dump);
        assertThat(gzip.length).isLessThan(dump.length);
        assertThat(DumpMark.in(Arrays.copyOf(gzip, DumpMark.HEADER_LENGTH))).isTrue();
    }

    @Test
    void listsMembersThatBeginAtRowsAndCanBeReadOnTheirOwn() throws Exception {
        byte[] dump = rows(30 << 20, 1000);
        byte[] gzip = compress(dump, compression(1, 2, false));
        assertThat(listed).hasSizeBetween(3, 4);
        assertThat(listed.get(0)).isEqualTo(new Layout.Member(0, 0));
        for (Layout.Member member : listed) {
            int position = (int) member.position();
            assertThat(position == 0 || dump[position - 1] == '\n').isTrue();
            int offset = (int) member.offset();
            assertThat(unpack(Arrays.copyOfRange(gzip, offset, gzip.length)))
                    .isEqualTo(Arrays.copyOfRange(dump, position, dump.length));
        }
    }

    @Test
    void cutsARowThatIsLargerThanABlockAndListsNoMemberInsideIt() throws Exception {
        byte[] dump = rows(20 << 20, 18 << 20);
        byte[] gzip = compress(dump, compression(1, 2, false));
        assertThat(unpack(gzip)).isEqualTo(dump);
        assertThat(listed).allMatch(member -> member.position() == 0 || dump[(int) member.position() - 1] == '\n');
    }

    @ParameterizedTest
    @CsvSource({"false", "true"})
    void copesWithBytesThatCannotBeCompressed(boolean libdeflate) throws Exception {
        byte[] noise = new byte[5 << 20];
        new Random(1).nextBytes(noise);
        for (int level : new int[] {1, 6, 9}) {
            byte[] gzip = compress(noise, compression(level, 2, libdeflate));
            assertThat(unpack(gzip)).isEqualTo(noise);
            assertThat(gzip.length).isLessThan(noise.length + noise.length / 1000);
        }
    }

    @ParameterizedTest
    @CsvSource({"1", "1048575", "1048576", "1048577", "2097152"})
    void keepsEveryByteAtTheEdgeOfABlock(int length) throws Exception {
        byte[] dump = rows(length, 50);
        assertThat(unpack(compress(dump, compression(6, 2, false)))).isEqualTo(dump);
    }

    @Test
    void reusesItsBlocksOnlyWhenTheyAreWritten() throws Exception {
        byte[] dump = rows(8 << 20, 3000);
        InputStream drops = new ByteArrayInputStream(dump) {
            @Override
            public synchronized int read(byte[] target, int offset, int length) {
                return super.read(target, offset, Math.min(length, 70_001));
            }
        };
        assertThat(unpack(compress(drops, compression(9, 3, false)))).isEqualTo(dump);
    }

    @Test
    void writesNothingForNothing() throws Exception {
        assertThat(compress(new byte[0], compression(6, 2, false))).isEmpty();
    }

    private static Compression compression(int level, int threads, boolean libdeflate) {
        Assumptions.assumeTrue(!libdeflate || LibdeflateDeflation.available(), "No libdeflate on this machine");
        return new Compression(level, threads, libdeflate);
    }

    private byte[] compress(byte[] dump, Compression compression) throws IOException, InterruptedException {
        return compress(new ByteArrayInputStream(dump), compression);
    }

    private byte[] compress(InputStream dump, Compression compression) throws IOException, InterruptedException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GzipMembers members = compression.members(out)) {
            DumpStream.transfer(dump, new DumpScanner(new DumpContents()), members);
            listed = members.listed();
        }
        return out.toByteArray();
    }

    /** The beginning of a table's rows, each of about so many bytes. */
    private static byte[] rows(int length, int rowLength) {
        byte[] dump = new byte[length];
        Random random = new Random(length);
        for (int i = 0; i < length; i++) {
            dump[i] = (byte) ('a' + random.nextInt(16));
        }
        byte[] head = COPY.getBytes(StandardCharsets.UTF_8);
        System.arraycopy(head, 0, dump, 0, Math.min(length, head.length));
        for (int end = head.length + rowLength; end < length; end += rowLength) {
            dump[end] = '\n';
        }
        return dump;
    }

    private static byte[] unpack(byte[] gzip) throws IOException {
        return new GZIPInputStream(new ByteArrayInputStream(gzip)).readAllBytes();
    }

    private byte[] gunzip(byte[] gzip) throws IOException, InterruptedException {
        Path file = Files.write(folder.resolve("dump.gz"), gzip);
        Path unpacked = folder.resolve("dump");
        Process process = new ProcessBuilder("gunzip", "-c", file.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .redirectOutput(unpacked.toFile())
                .start();
        assertThat(process.waitFor()).isZero();
        return Files.readAllBytes(unpacked);
    }
}
