package org.pgproof.store.s3;

import java.io.InterruptedIOException;
import java.util.ArrayDeque;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The memory of one upload: chunks that are lent out, given back and lent again, never more at once than fit the budget.
 * Whoever needs one more waits until a part has been sent.
 */
final class PartBuffers {
    static final int CHUNK = 256 * 1024;
    private static final int USUAL_BUDGET = 40 * PartSizes.MEBIBYTE;
    private static final int LARGEST_BUDGET = 72 * PartSizes.MEBIBYTE;

    private final Lock lock = new ReentrantLock();
    private final Condition returned = lock.newCondition();
    private final ArrayDeque<byte[]> idle = new ArrayDeque<>();
    private int lent;

    /** What parts of that size may take in memory altogether: three of them, between 40 and 72 MiB. */
    static int budget(int partSize) {
        return Math.max(USUAL_BUDGET, Math.min(LARGEST_BUDGET, 3 * partSize));
    }

    /** Lends a chunk, for a part of the given size; waits while the budget of such parts is used up. */
    byte[] take(int partSize) throws InterruptedIOException {
        lock.lock();
        try {
            while (lent >= budget(partSize) / CHUNK) {
                returned.await();
            }
            byte[] chunk = idle.isEmpty() ? new byte[CHUNK] : idle.pop();
            lent++;
            return chunk;
        } catch (InterruptedException e) {
            throw Interruption.during("waiting for parts to be sent");
        } finally {
            lock.unlock();
        }
    }

    void giveBack(List<byte[]> chunks) {
        lock.lock();
        try {
            lent -= chunks.size();
            idle.addAll(chunks);
            returned.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Frees the memory that is not lent. */
    void clear() {
        lock.lock();
        try {
            idle.clear();
        } finally {
            lock.unlock();
        }
    }
}
