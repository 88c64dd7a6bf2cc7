package org.pgproof.archive;

import java.io.OutputStream;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.Deflater;
import org.pgproof.archive.deflate.AdaptiveDeflation;
import org.pgproof.archive.deflate.Deflation;
import org.pgproof.archive.deflate.JdkDeflation;
import org.pgproof.archive.deflate.LibdeflateDeflation;

/**
 * How dumps are compressed.
 *
 * @param level 1 to 9, at each of which the dump is hardly ever larger than what {@code gzip} makes at that level
 * @param threads blocks compressed at once
 * @param libdeflate whether libdeflate does it, else the JDK
 */
public record Compression(int level, int threads, boolean libdeflate) {
    /**
     * Levels of libdeflate to begin with, by gzip's: the fastest that packs what is usual in tables no worse than gzip there,
     * and at gzip's default 5 % better; see docs/performance.md.
     */
    private static final int[] LIBDEFLATE = {0, 1, 1, 1, 2, 3, 4, 6, 7, 8};

    /** For content that needs more, the next ones are tried; those above take several times as long. */
    private static final int LAST_LIBDEFLATE = 9;

    /** Levels of the JDK's zlib where it leaves short repetitions alone, which numbers have many of, to no use. */
    private static final int[][] JDK_LONG = {{}, {}, {}, {}, {4}, {4}, {4, 5}, {4, 5, 6}, {5, 6, 7}, {5, 6, 7}};

    /** Its level for everything else; it packs a little worse than gzip at the same one, and more so in blocks. */
    private static final int[] JDK = {0, 2, 3, 4, 5, 7, 7, 9, 9, 9};

    /** Chooses libdeflate where this machine has it. */
    public static Compression of(int level, int threads) {
        return new Compression(level, threads, LibdeflateDeflation.available());
    }

    /** Begins a file; the caller closes it, which does not close {@code out}. */
    public GzipMembers members(OutputStream out) {
        return new GzipMembers(out, threads, this::deflation);
    }

    private Deflation deflation() {
        return new AdaptiveDeflation(
                new JdkDeflation(level, Deflater.DEFAULT_STRATEGY),
                new JdkDeflation(level, Deflater.HUFFMAN_ONLY),
                libdeflate ? libdeflateMethods() : jdkMethods());
    }

    private List<Deflation> libdeflateMethods() {
        LibdeflateDeflation.Buffers buffers = new LibdeflateDeflation.Buffers();
        return IntStream.rangeClosed(LIBDEFLATE[level], LAST_LIBDEFLATE)
                .<Deflation>mapToObj(next -> new LibdeflateDeflation(next, buffers))
                .toList();
    }

    private List<Deflation> jdkMethods() {
        Stream<Deflation> longOnly =
                Arrays.stream(JDK_LONG[level]).mapToObj(next -> new JdkDeflation(next, Deflater.FILTERED));
        return Stream.concat(longOnly, Stream.of(new JdkDeflation(JDK[level], Deflater.DEFAULT_STRATEGY)))
                .toList();
    }

    @Override
    public String toString() {
        return (libdeflate ? "libdeflate" : "the JDK's zlib") + ", level " + level + ", " + threads
                + (threads == 1 ? " thread" : " threads");
    }
}
