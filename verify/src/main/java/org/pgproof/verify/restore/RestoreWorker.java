package org.pgproof.verify.restore;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** One session and the thread that feeds it. */
final class RestoreWorker extends Thread {
    private static final byte[] END_OF_ROWS = "\\.\n".getBytes(StandardCharsets.US_ASCII);

    private final PsqlSession session;
    private final BlockingQueue<Work> work;
    private final AtomicBoolean failed;
    private @Nullable CopyStatement open;

    /**
     * @param work what is to be done, by whichever worker is free
     * @param failed whether any worker has failed; all stop then
     */
    RestoreWorker(PsqlSession session, BlockingQueue<Work> work, AtomicBoolean failed) {
        super("restore");
        this.session = session;
        this.work = work;
        this.failed = failed;
        setDaemon(true);
    }

    /** A piece of work. */
    @FunctionalInterface
    interface Work {
        void doneBy(RestoreWorker worker) throws IOException, InterruptedException;
    }

    PsqlSession session() {
        return session;
    }

    /** Gives the session these settings. Only before the first piece of work. */
    void settings(byte[] sql) {
        try {
            session.write(sql);
        } catch (IOException e) {
            failed.set(true);
        }
    }

    @Override
    public void run() {
        try {
            while (!failed.get()) {
                work.take().doneBy(this);
            }
        } catch (IOException e) {
            failed.set(true); // psql has ended, and its exit code says why
        } catch (InterruptedException e) {
            failed.set(true);
        }
    }

    void load(RowBlock block) throws IOException, InterruptedException {
        if (open != block.copy()) {
            closeCopy();
            session.write(block.copy().sql());
            open = block.copy();
        }
        RowBlock part = block;
        part.writeTo(session);
        while (part.rest() != null) {
            part = part.rest().take();
            part.writeTo(session);
        }
    }

    private void closeCopy() throws IOException {
        if (open != null) {
            session.write(END_OF_ROWS);
            open = null;
        }
    }

    /** Runs a statement, then {@code done} whatever became of it. */
    void execute(byte[] sql, Runnable done) throws IOException, InterruptedException {
        try {
            closeCopy();
            session.write(sql);
            session.sync();
        } finally {
            done.run();
        }
    }

    /** Waits, with everything done and then this, until all workers have come here. */
    void meet(byte[] sql, CountDownLatch others) throws IOException, InterruptedException {
        closeCopy();
        session.write(sql);
        session.write(new byte[] {'\n'});
        session.sync();
        others.countDown();
        others.await();
    }
}
