package org.pgproof.verify.restore;

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

    RowBlock(CopyStatement copy, byte[] bytes, int length, boolean endsRow) {
        this.copy = copy;
        this.bytes = bytes;
        this.length = length;
        this.rest = endsRow ? null : new SynchronousQueue<>();
    }

    CopyStatement copy() {
        return copy;
    }

    byte[] bytes() {
        return bytes;
    }

    int length() {
        return length;
    }

    /** Returns where the rest of this block's last row comes from; null when the row is whole. */
    @Nullable
    BlockingQueue<RowBlock> rest() {
        return rest;
    }
}
