package org.pgproof.backup;

import java.io.IOException;
import java.io.InputStream;
import org.pgproof.dump.DumpScanner;

/** Moves a dump from {@code pg_dump} past the scanner into gzip members that begin between two rows where they can. */
final class DumpStream {
    /** Bytes of the unpacked dump in one gzip member: enough for deflate's 32 KiB window not to matter. */
    static final int BLOCK = 1 << 20;

    private DumpStream() {}

    /** Reads to the end, which does not mean that {@code pg_dump} succeeded. Closes nothing. */
    static void transfer(InputStream dump, DumpScanner scanner, GzipMembers members)
            throws IOException, InterruptedException {
        byte[] block = members.block();
        int filled = 0;
        long start = 0;
        boolean atBoundary = true;
        for (int read = dump.read(block); read >= 0; read = dump.read(block, filled, BLOCK - filled)) {
            scanner.write(block, filled, read);
            filled += read;
            if (filled == BLOCK) {
                int whole = (int) Math.max(0, scanner.boundary() - start);
                int cut = whole > 0 ? whole : filled;
                byte[] next = members.block();
                System.arraycopy(block, cut, next, 0, filled - cut);
                members.add(block, cut, atBoundary);
                start += cut;
                filled -= cut;
                block = next;
                atBoundary = whole > 0;
            }
        }
        if (filled > 0) {
            members.add(block, filled, atBoundary);
        }
        scanner.end();
        members.finish();
    }
}
