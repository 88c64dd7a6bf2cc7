package org.pgproof.verify.restore;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.pgproof.postgres.ClientTool;
import org.pgproof.postgres.ConnectionSettings;
import org.pgproof.verify.server.CouldNotVerifyException;
import org.pgproof.verify.server.Psql;

/** Sessions that load rows and run statements side by side, each taking the next piece of work when it is free. */
final class RestoreWorkers implements AutoCloseable {
    private static final byte[] END_OF_ROWS = "\\.\n".getBytes(StandardCharsets.US_ASCII);
    private static final long PATIENCE_MILLISECONDS = 200;

    private final List<Worker> workers = new ArrayList<>();
    private final BlockingQueue<Object> work;
    private volatile boolean failed;

    RestoreWorkers(ClientTool psql, ConnectionSettings database, int count) throws IOException {
        work = new ArrayBlockingQueue<>(2 * count);
        try {
            for (int i = 0; i < count; i++) {
                workers.add(new Worker(new PsqlSession(psql, database)));
            }
        } catch (IOException e) {
            close();
            throw e;
        }
        workers.forEach(Thread::start);
    }

    /** Gives every session these settings. Only before the first piece of work. */
    void settings(byte[] sql) {
        workers.forEach(worker -> worker.settings(sql));
    }

    /** Hands rows to the next free session; drops them once a session has failed. */
    void load(RowBlock block) throws InterruptedException {
        put(work, block);
    }

    /** Hands on more of a row that is larger than a block. */
    void loadRest(BlockingQueue<RowBlock> rest, RowBlock block) throws InterruptedException {
        put(rest, block);
    }

    /** Runs a statement in the next free session, then {@code done} whatever became of it. */
    void run(byte[] sql, Runnable done) throws InterruptedException {
        put(work, new Job(sql, done));
    }

    private <T> void put(BlockingQueue<T> queue, T item) throws InterruptedException {
        while (!failed && !queue.offer(item, PATIENCE_MILLISECONDS, TimeUnit.MILLISECONDS)) {
            // a session may fail meanwhile
        }
        if (failed && item instanceof Job job) {
            job.done().run();
        }
    }

    /** Waits until every session has done all that was handed out. */
    void await() throws InterruptedException {
        CountDownLatch idle = new CountDownLatch(workers.size());
        for (int i = 0; i < workers.size(); i++) {
            put(work, new Rendezvous(idle));
        }
        while (!failed && !idle.await(PATIENCE_MILLISECONDS, TimeUnit.MILLISECONDS)) {
            // a session may fail meanwhile
        }
    }

    boolean failed() {
        return failed;
    }

    /** Returns the first SQL error of a session that stopped by itself. */
    Optional<Psql.SqlError> failure() throws InterruptedException, CouldNotVerifyException {
        for (Worker worker : workers) {
            if (worker.session.hasEnded()) {
                Optional<Psql.SqlError> error = worker.session.outcome();
                if (error.isPresent()) {
                    return error;
                }
            }
        }
        return Optional.empty();
    }

    /** Says that no more work comes, and returns the first SQL error. */
    Optional<Psql.SqlError> finish() throws InterruptedException, CouldNotVerifyException {
        await();
        if (failed) {
            return failure();
        }
        for (Worker worker : workers) {
            worker.session.end();
            Optional<Psql.SqlError> error = worker.session.outcome();
            if (error.isPresent()) {
                return error;
            }
        }
        return Optional.empty();
    }

    @Override
    public void close() {
        failed = true;
        workers.forEach(worker -> worker.session.close());
        workers.forEach(Thread::interrupt);
    }

    /** A statement and what to do after it. */
    private static final class Job {
        private final byte[] sql;
        private final Runnable done;

        Job(byte[] sql, Runnable done) {
            this.sql = sql;
            this.done = done;
        }

        Runnable done() {
            return done;
        }
    }

    /** Where all sessions meet. */
    private record Rendezvous(CountDownLatch idle) {}

    /** One session and the thread that feeds it. */
    private final class Worker extends Thread {
        private final PsqlSession session;
        private @Nullable CopyStatement open;

        Worker(PsqlSession session) {
            super("restore");
            this.session = session;
            setDaemon(true);
        }

        void settings(byte[] sql) {
            try {
                session.write(sql);
            } catch (IOException e) {
                failed = true;
            }
        }

        @Override
        public void run() {
            try {
                while (!failed) {
                    Object next = work.take();
                    if (next instanceof RowBlock block) {
                        load(block);
                    } else if (next instanceof Job job) {
                        run(job);
                    } else if (next instanceof Rendezvous meeting) {
                        meet(meeting);
                    }
                }
            } catch (IOException e) {
                failed = true; // psql has ended, and its exit code says why
            } catch (InterruptedException e) {
                failed = true;
            }
        }

        private void load(RowBlock block) throws IOException, InterruptedException {
            if (open != block.copy()) {
                closeCopy();
                session.write(block.copy().sql());
                open = block.copy();
            }
            RowBlock part = block;
            session.write(part.bytes(), 0, part.length());
            while (part.rest() != null) {
                part = part.rest().take();
                session.write(part.bytes(), 0, part.length());
            }
        }

        private void closeCopy() throws IOException {
            if (open != null) {
                session.write(END_OF_ROWS);
                open = null;
            }
        }

        private void run(Job job) throws IOException, InterruptedException {
            try {
                closeCopy();
                session.write(job.sql);
                session.sync();
            } finally {
                job.done().run();
            }
        }

        private void meet(Rendezvous meeting) throws IOException, InterruptedException {
            closeCopy();
            session.sync();
            meeting.idle().countDown();
            meeting.idle().await();
        }
    }
}
