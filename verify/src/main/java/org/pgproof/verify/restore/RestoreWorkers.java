package org.pgproof.verify.restore;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.pgproof.postgres.ConnectionSettings;
import org.pgproof.verify.server.CouldNotVerifyException;
import org.pgproof.verify.server.Psql;
import org.pgproof.verify.server.Sessions;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sessions that load rows and run statements side by side, each taking the next piece of work when it is free. */
final class RestoreWorkers implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(RestoreWorkers.class);

    private static final long PATIENCE_MILLISECONDS = 200;

    private final List<RestoreWorker> workers = new ArrayList<>();
    private final BlockingQueue<RestoreWorker.Work> work;
    private final AtomicBoolean failed = new AtomicBoolean();

    /**
     * Opens as many sessions as the server gives.
     *
     * @throws CouldNotVerifyException when it gives none
     */
    RestoreWorkers(Sessions sessions, ConnectionSettings connection)
            throws IOException, InterruptedException, CouldNotVerifyException {
        int count = sessions.atOnce();
        work = new ArrayBlockingQueue<>(2 * count);
        try {
            for (int i = 0; i < count; i++) {
                workers.add(new RestoreWorker(new PsqlSession(sessions, connection, this::giveUp), work, failed));
            }
            keepThoseThatConnect(count);
        } catch (IOException | InterruptedException | CouldNotVerifyException e) {
            close();
            throw e;
        }
        workers.forEach(Thread::start);
    }

    private void keepThoseThatConnect(int wanted) throws InterruptedException, CouldNotVerifyException {
        List<RestoreWorker> lost = new ArrayList<>();
        for (RestoreWorker worker : workers) {
            if (!worker.session().connects()) {
                lost.add(worker);
            }
        }
        if (lost.size() == wanted) {
            throw CouldNotVerifyException.crowded(
                    "no session could be opened: " + lost.get(0).session().lastWords());
        }
        if (!lost.isEmpty()) {
            log.warn(
                    "{} sessions instead of {}: {}",
                    wanted - lost.size(),
                    wanted,
                    lost.get(0).session().lastWords());
            lost.forEach(worker -> worker.session().close());
            workers.removeAll(lost);
        }
    }

    /** Returns how many sessions there are. */
    int count() {
        return workers.size();
    }

    /** Gives every session these settings. Only before the first piece of work. */
    void settings(byte[] sql) {
        workers.forEach(worker -> worker.settings(sql));
    }

    /** Hands rows to the next free session; drops them once a session has failed. */
    void load(RowBlock block) throws InterruptedException {
        put(work, worker -> worker.load(block));
    }

    /** Hands on more of a row that is larger than a block. */
    void loadRest(BlockingQueue<RowBlock> rest, RowBlock block) throws InterruptedException {
        put(rest, block);
    }

    /** Runs a statement in the next free session, then {@code done} whatever became of it. */
    void run(byte[] sql, Runnable done) throws InterruptedException {
        put(work, worker -> worker.execute(sql, done));
        if (failed()) {
            done.run();
        }
    }

    private <T> void put(BlockingQueue<T> queue, T item) throws InterruptedException {
        while (!failed() && !queue.offer(item, PATIENCE_MILLISECONDS, TimeUnit.MILLISECONDS)) {
            // a session may fail meanwhile
        }
    }

    /** Waits until every session has done all that was handed out. */
    void await() throws InterruptedException {
        await(new byte[0]);
    }

    /** Waits until every session has done all that was handed out, and then this. */
    void await(byte[] sql) throws InterruptedException {
        CountDownLatch idle = new CountDownLatch(workers.size());
        for (int i = 0; i < workers.size(); i++) {
            put(work, worker -> worker.meet(sql, idle));
        }
        while (!failed() && !idle.await(PATIENCE_MILLISECONDS, TimeUnit.MILLISECONDS)) {
            // a session may fail meanwhile
        }
    }

    /** Makes everybody stop who waits for these sessions. */
    void giveUp() {
        failed.set(true);
    }

    boolean failed() {
        return failed.get();
    }

    /** Returns the first SQL error of a session that stopped by itself. */
    Optional<Psql.SqlError> failure() throws InterruptedException, CouldNotVerifyException {
        for (RestoreWorker worker : workers) {
            if (worker.session().hasEnded()) {
                Optional<Psql.SqlError> error = worker.session().outcome();
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
        if (failed()) {
            return failure();
        }
        for (RestoreWorker worker : workers) {
            worker.session().end();
            Optional<Psql.SqlError> error = worker.session().outcome();
            if (error.isPresent()) {
                return error;
            }
        }
        return Optional.empty();
    }

    @Override
    public void close() {
        failed.set(true);
        workers.forEach(worker -> worker.session().close());
        workers.forEach(Thread::interrupt);
    }
}
