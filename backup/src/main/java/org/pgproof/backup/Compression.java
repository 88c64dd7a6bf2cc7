package org.pgproof.backup;

import java.io.OutputStream;

/**
 * How dumps are compressed.
 *
 * @param level 1 to 9, at each of which the dump is no larger than what {@code gzip} makes at that level
 * @param threads blocks compressed at once
 * @param libdeflate whether libdeflate does it, else the JDK
 */
record Compression(int level, int threads, boolean libdeflate) {
    /**
     * Levels of libdeflate, by gzip's: measured to pack no worse than gzip there, and at gzip's default at least 5 %
     * better; see docs/performance.md.
     */
    private static final int[] LIBDEFLATE = {0, 1, 1, 1, 2, 3, 4, 6, 7, 8};

    /** The same for the JDK, whose zlib packs a little worse than gzip, and more so in blocks. */
    private static final int[] JDK = {0, 2, 3, 4, 5, 7, 7, 9, 9, 9};

    /** Chooses libdeflate where this machine has it. */
    static Compression of(int level, int threads) {
        return new Compression(level, threads, LibdeflateDeflation.available());
    }

    /** Begins a file; the caller closes it, which does not close {@code out}. */
    GzipMembers members(OutputStream out) {
        return new GzipMembers(out, threads, this::deflation);
    }

    private Deflation deflation() {
        return libdeflate ? new LibdeflateDeflation(LIBDEFLATE[level]) : new JdkDeflation(JDK[level]);
    }

    @Override
    public String toString() {
        return (libdeflate ? "libdeflate" : "the JDK's zlib") + ", level " + level + ", " + threads
                + (threads == 1 ? " thread" : " threads");
    }
}
