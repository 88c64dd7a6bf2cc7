package org.pgproof.verify.restore;

import java.io.IOException;
import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.SynchronousQueue;
import org.jspecify.annotations.Nullable;

/** Rows of one table on their way to a session: whole rows, but for a row larger than a block. */
final class RowBlock {
    /** Bytes in one block: large enough to hide the hand-over, small enough to keep many in memory. */
    static final int SIZE = 512 * 1024;

    private final CopyStatement copy;
    private final byte[] bytes;
    private final int length;
    private final @Nullable BlockingQueue<RowBlock> rest;
    private final Queue<byte[]> spare;

    /** @param spare gets the bytes back once they are written, to be filled again */
    RowBlock(CopyStatement copy, byte[] bytes, int length, boolean endsRow, Queue<byte[]> spare) {
        this.copy = copy;
        this.bytes = bytes;
        this.length = length;
        this.spare = spare;
        this.rest = endsRow ? null : new SynchronousQueue<>();
    }

    CopyStatement copy() {
        return copy;
    }

    /** Writes its bytes, which are then gone. */
    void writeTo(PsqlSession session) throws IOException {
        session.write(bytes, 0, length);
        if (bytes.length == SIZE) {
            spare.add(bytes);
        }
    }

    /** Returns where the rest of this block's last row comes from; null when the row is whole. */
    @Nullable
    BlockingQueue<RowBlock> rest() {
        return rest;
    }
}
