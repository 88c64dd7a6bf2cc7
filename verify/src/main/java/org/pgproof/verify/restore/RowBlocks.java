package org.pgproof.verify.restore;

import java.util.Arrays;
import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/** Cuts the rows of one COPY into blocks of whole rows and hands them out; a row larger than a block stays together. */
final class RowBlocks {
    private final RestoreWorkers workers;
    /** No more than were in flight at once. */
    private final Queue<byte[]> spare = new ConcurrentLinkedQueue<>();

    private byte[] block = new byte[RowBlock.SIZE];
    private int filled;
    private @Nullable CopyStatement copy;
    private @Nullable BlockingQueue<RowBlock> rest;

    RowBlocks(RestoreWorkers workers) {
        this.workers = workers;
    }

    void begin(CopyStatement statement) {
        copy = statement;
    }

    void add(byte[] bytes, int offset, int length) throws InterruptedException {
        int taken = 0;
        while (taken < length) {
            int count = Math.min(length - taken, block.length - filled);
            System.arraycopy(bytes, offset + taken, block, filled, count);
            filled += count;
            taken += count;
            if (filled == block.length) {
                handOut(lastRowEnd());
            }
        }
    }

    /** Hands out what is left; the rows ended with a whole row. */
    void end() throws InterruptedException {
        if (filled > 0 && rest == null) {
            byte[] few = Arrays.copyOf(block, filled); // small tables are many
            workers.load(new RowBlock(copy(), few, filled, true, spare));
            filled = 0;
        } else if (filled > 0) {
            handOut(filled);
        }
        copy = null;
    }

    private CopyStatement copy() {
        if (copy == null) {
            throw new IllegalStateException("rows without a COPY");
        }
        return copy;
    }

    private int lastRowEnd() {
        for (int i = filled; i > 0; i--) {
            if (block[i - 1] == '\n') {
                return i;
            }
        }
        return 0;
    }

    /** @param rowEnd where the last whole row ends; 0 when the block holds none */
    private void handOut(int rowEnd) throws InterruptedException {
        boolean whole = rowEnd > 0;
        int length = whole ? rowEnd : filled;
        RowBlock next = new RowBlock(copy(), block, length, whole, spare);
        byte[] returned = spare.poll();
        byte[] following = returned == null ? new byte[RowBlock.SIZE] : returned;
        System.arraycopy(block, length, following, 0, filled - length);
        filled -= length;
        block = following;
        if (rest == null) {
            workers.load(next);
        } else {
            workers.loadRest(rest, next);
        }
        rest = next.rest();
    }
}
