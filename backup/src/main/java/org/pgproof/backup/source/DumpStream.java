package org.pgproof.backup.source;

import java.io.IOException;
import java.io.InputStream;
import org.pgproof.archive.GzipMembers;
import org.pgproof.archive.deflate.Block;
import org.pgproof.dump.DumpScanner;

/** Moves a dump from {@code pg_dump} past the scanner into gzip members that begin between two rows where they can. */
final class DumpStream {
    /**
     * What a pipe holds on Linux (pipe(7)). The stream of a process that is asked for more asks the system twice, after
     * each read, how much more is there.
     */
    private static final int PIPE = 1 << 16;

    private DumpStream() {}

    /** Reads to the end, which does not mean that {@code pg_dump} succeeded. Closes nothing. */
    static void transfer(InputStream dump, DumpScanner scanner, GzipMembers members)
            throws IOException, InterruptedException {
        Block block = members.block();
        int filled = 0;
        long start = 0;
        boolean atBoundary = true;
        for (int read = read(dump, block, 0); read >= 0; read = read(dump, block, filled)) {
            scanner.write(block.content(), filled, read);
            filled += read;
            if (filled == Block.SIZE) {
                int whole = (int) Math.max(0, scanner.boundary() - start);
                int cut = whole > 0 ? whole : filled;
                Block next = members.block();
                System.arraycopy(block.content(), cut, next.content(), 0, filled - cut);
                block.filled(cut, atBoundary);
                members.add(block);
                start += cut;
                filled -= cut;
                block = next;
                atBoundary = whole > 0;
            }
        }
        if (filled > 0) {
            block.filled(filled, atBoundary);
            members.add(block);
        }
        scanner.end();
        members.finish();
    }

    private static int read(InputStream dump, Block block, int filled) throws IOException {
        return dump.read(block.content(), filled, Math.min(PIPE, Block.SIZE - filled));
    }
}
