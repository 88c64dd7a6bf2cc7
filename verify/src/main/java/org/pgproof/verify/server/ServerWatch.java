package org.pgproof.verify.server;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.pgproof.postgres.Queries;
import org.pgproof.service.Quantity;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells a server that works for long from one that has fallen silent. Whoever waits for the server says so; when that lasts,
 * the server is asked through another connection what the sessions in the database are doing.
 */
public final class ServerWatch implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(ServerWatch.class);

    private static final Duration FIRST_LOOK = Duration.ofMinutes(1);
    /** How long a server may be silent. */
    private static final Duration LIMIT = Duration.ofMinutes(10);

    private static final Duration ANSWER = Duration.ofSeconds(20);
    private static final int LOOKS = 10;
    private static final int SHOWN = 100;

    private static final String ACTIVE = "SELECT query FROM pg_catalog.pg_stat_activity WHERE datname = ?"
            + " AND state = 'active' AND pid <> pg_catalog.pg_backend_pid() ORDER BY query_start";

    private final TemporaryDatabase database;
    private final Runnable stop;
    private final Duration firstLook;
    private final Duration limit;
    private final boolean answersSuffice;
    private final Thread thread;
    private final Object change = new Object();
    private volatile boolean waiting;
    private volatile long since;
    private volatile boolean closed;
    private volatile @Nullable CouldNotVerifyException silence;
    private long silentSince;

    /** @param stop ends the wait for a server that is silent */
    public ServerWatch(TemporaryDatabase database, Runnable stop) {
        this(database, stop, FIRST_LOOK, LIMIT, false);
    }

    /** Watches a whole drill, in which sessions may well be idle while what they said is compared: all must be an answer. */
    public static ServerWatch ofAnswers(TemporaryDatabase database) {
        return ofAnswers(database, FIRST_LOOK, LIMIT);
    }

    static ServerWatch ofAnswers(TemporaryDatabase database, Duration firstLook, Duration limit) {
        ServerWatch watch = new ServerWatch(database, database::giveUp, firstLook, limit, true);
        watch.begins();
        return watch;
    }

    ServerWatch(TemporaryDatabase database, Runnable stop, Duration firstLook, Duration limit, boolean answersSuffice) {
        this.answersSuffice = answersSuffice;
        this.database = database;
        this.stop = stop;
        this.firstLook = firstLook;
        this.limit = limit;
        this.thread = new Thread(this::watch, "server watch");
        thread.setDaemon(true);
        thread.start();
    }

    /** A wait for the server begins. */
    public void begins() {
        since = System.nanoTime();
        waiting = true;
    }

    /** The server has answered. */
    public void ends() {
        waiting = false;
    }

    /** Returns why the wait was ended; empty when it was not. */
    public Optional<CouldNotVerifyException> silence() {
        return Optional.ofNullable(silence);
    }

    private void watch() {
        long reportAfter = firstLook.toNanos();
        long reported = 0;
        try {
            while (!closed && silence == null) {
                pause();
                long begun = since;
                long waited = System.nanoTime() - begun;
                if (!waiting || waited < firstLook.toNanos()) {
                    silentSince = 0;
                    reportAfter = firstLook.toNanos();
                    reported = begun;
                } else {
                    boolean report = reported != begun || waited >= reportAfter;
                    reported = begun;
                    reportAfter = report ? 2 * waited : reportAfter;
                    look(Duration.ofNanos(waited), report);
                }
            }
        } catch (InterruptedException e) {
            // closed
        }
    }

    @SuppressWarnings("WaitNotInLoop") // who wakes too early only looks once more
    private void pause() throws InterruptedException {
        synchronized (change) {
            change.wait(Math.max(1, firstLook.toMillis() / LOOKS));
        }
    }

    private void look(Duration waited, boolean report) throws InterruptedException {
        Optional<List<String>> active = active();
        if (answersSuffice && active.isPresent()) {
            silentSince = 0;
            begins();
            return;
        }
        if (active.isPresent() && !active.get().isEmpty()) {
            silentSince = 0;
            if (report) {
                log.info(
                        "PostgreSQL has been at work for {}: {}",
                        Quantity.duration(waited),
                        shown(active.get().get(0)));
            }
            return;
        }
        long now = System.nanoTime();
        if (silentSince == 0) {
            silentSince = now;
        }
        if (report) {
            log.warn("PostgreSQL has not answered for {}", Quantity.duration(waited));
        }
        if (now - silentSince >= limit.minus(firstLook).toNanos() && waiting) {
            silence = new CouldNotVerifyException("PostgreSQL has not answered for " + Quantity.duration(waited)
                    + (answersSuffice ? "" : ", and no session in the temporary database is at work")
                    + "; look at the server and its log");
            stop.run();
        }
    }

    private static String shown(String query) {
        String line = query.replaceAll("[\\s\\p{Cntrl}]+", " ");
        return line.substring(0, Math.min(SHOWN, line.length()));
    }

    /** Returns what sessions do; empty when the server does not even say that. */
    private Optional<List<String>> active() throws InterruptedException {
        FutureTask<List<String>> question = new FutureTask<>(this::ask);
        Thread asking = new Thread(question, "server watch asks");
        asking.setDaemon(true); // a server that is silent keeps it
        asking.start();
        try {
            return Optional.of(question.get(ANSWER.toMillis(), TimeUnit.MILLISECONDS));
        } catch (ExecutionException e) {
            log.debug("The server does not say what it is doing", e);
            return e.getCause() instanceof SQLException refusal && !Server.isUnreached(refusal)
                    ? Optional.of(List.of())
                    : Optional.empty();
        } catch (TimeoutException e) {
            log.debug("The server does not answer", e);
            return Optional.empty();
        }
    }

    private List<String> ask() throws SQLException {
        try (Connection connection = Server.own(database.server().settings()).open()) {
            return Queries.texts(connection, ACTIVE, database.name().toString());
        }
    }

    @Override
    public void close() {
        closed = true;
        thread.interrupt();
    }
}
