package org.pgproof.backup.source;

import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.pgproof.service.Quantity;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Watches a {@code pg_dump} that writes nothing: asks the server why, says it in the log after a minute, and makes it give
 * up when it waits for too long. While the server works for it, it may take as long as it takes.
 */
final class DumpWatch implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final int SECONDS_BETWEEN_QUESTIONS = 5;
    private static final long MILLISECONDS_TO_END = 2000;

    private static final Logger log = LoggerFactory.getLogger(DumpWatch.class);

    private final PgDump pgDump;
    private final DumpSession session;
    private final WaitLimits limits;
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread thread = new Thread(this::watch, "pg_dump watch");
    private DumpSession.@Nullable Doing said;

    DumpWatch(PgDump pgDump, DumpSession session, WaitLimits limits) {
        this.pgDump = pgDump;
        this.session = session;
        this.limits = limits;
        thread.setDaemon(true);
        thread.start();
    }

    private void watch() {
        try {
            for (int seconds = 0; !closed.await(1, TimeUnit.SECONDS); seconds++) {
                Duration silent = pgDump.silentFor();
                if (silent.compareTo(soonest()) < 0) {
                    said = null;
                } else if (seconds % SECONDS_BETWEEN_QUESTIONS == 0) {
                    look(silent);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Duration soonest() {
        Duration limit = limits.lock().compareTo(limits.silence()) < 0 ? limits.lock() : limits.silence();
        return limit.compareTo(PATIENCE) < 0 ? limit : PATIENCE;
    }

    private void look(Duration silent) {
        try {
            DumpSession.State state = session.state();
            switch (state.doing()) {
                case WAITING_FOR_LOCK -> waiting(silent, state.what());
                case WORKING -> say(state, "pg_dump has written nothing for {}; the server is at work: {}", silent);
                case NOTHING -> nothing(silent, state);
            }
        } catch (SQLException e) {
            pgDump.giveUp("pg_dump has written nothing for " + Quantity.duration(silent)
                    + ", and the server does not answer: " + e.getMessage());
        }
    }

    private void waiting(Duration silent, String locks) throws SQLException {
        if (silent.compareTo(limits.lock()) >= 0) {
            session.end();
            pgDump.giveUp("pg_dump has waited for " + Quantity.duration(silent) + " for " + locks
                    + "; end that session, or raise BACKUP_LOCK_TIMEOUT");
        } else if (said != DumpSession.Doing.WAITING_FOR_LOCK) {
            said = DumpSession.Doing.WAITING_FOR_LOCK;
            log.warn(
                    "pg_dump has waited for {} for {}; it gives up after {} (BACKUP_LOCK_TIMEOUT)",
                    Quantity.duration(silent),
                    locks,
                    Quantity.duration(limits.lock()));
        }
    }

    private void nothing(Duration silent, DumpSession.State state) throws SQLException {
        if (silent.compareTo(limits.silence()) >= 0) {
            session.end();
            pgDump.giveUp("pg_dump has written nothing for " + Quantity.duration(silent) + ": " + state.what());
        } else {
            say(state, "pg_dump has written nothing for {}: {}", silent);
        }
    }

    private void say(DumpSession.State state, String words, Duration silent) {
        if (said != state.doing()) {
            said = state.doing();
            log.info(words, Quantity.duration(silent), state.what());
        }
    }

    /** Stops watching, and ends the session on the server if {@code pg_dump} has not ended. */
    @Override
    public void close() {
        closed.countDown();
        boolean interrupted = Thread.interrupted();
        try {
            thread.join(MILLISECONDS_TO_END);
            if (!thread.isAlive() && pgDump.isAlive()) {
                session.end();
            }
        } catch (SQLException e) {
            log.debug("The session of pg_dump could not be ended", e);
        } catch (InterruptedException e) {
            interrupted = true;
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
