package org.pgproof.service;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs a cycle at a fixed interval, start to start, and outlives every cycle that fails. */
public final class ServiceLoop {
    private static final Logger log = LoggerFactory.getLogger(ServiceLoop.class);

    private final String work;
    private final Cycle cycle;
    private final Shutdown shutdown;
    private final Clock clock;

    /** @param work what a cycle does, as a log line begins: {@code Backup}, {@code Verification} */
    public ServiceLoop(String work, Cycle cycle, Shutdown shutdown, Clock clock) {
        this.work = work;
        this.cycle = cycle;
        this.shutdown = shutdown;
        this.clock = clock;
    }

    /** Runs one cycle and returns how it ended; a stop before its end is {@link Outcome#NOT_DONE}. */
    public Outcome once() {
        try {
            return cycle.run();
        } catch (InterruptedException e) {
            log.warn("{} stopped before its end", work);
        } catch (Exception e) {
            if (shutdown.requested()) {
                log.warn("{} stopped before its end", work);
                log.debug("How it stopped", e);
            } else {
                log.error("{} failed: {}", work, reason(e), e);
            }
        } finally {
            Thread.interrupted(); // an interrupt belongs to the cycle it was meant for
        }
        return Outcome.NOT_DONE;
    }

    /** Runs cycles until a stop is requested. A run that overruns its interval is followed by the next at once. */
    public void forever(Duration interval) {
        while (!shutdown.requested()) {
            Stopwatch run = Stopwatch.start();
            once();
            System.gc(); // gives the memory of the cycle back while the service waits
            Duration left = interval.minus(run.elapsed());
            if (shutdown.requested() || !pause(left)) {
                return;
            }
        }
    }

    /** Waits by the monotonic clock, so that a wall clock that jumps neither skips nor repeats a run. */
    private boolean pause(Duration left) {
        if (left.isNegative()) {
            log.warn("{} took longer than its interval: the next one starts now", work);
            return true;
        }
        Instant next = clock.instant().plus(left).truncatedTo(ChronoUnit.SECONDS);
        log.info("Next {} at {}", work.toLowerCase(Locale.ROOT), next);
        try {
            return !shutdown.await(left);
        } catch (InterruptedException e) {
            return false;
        }
    }

    /** What our own exceptions say is for people; of others the kind matters too. */
    private static String reason(Exception e) {
        String message = e.getMessage();
        return message == null || e instanceof RuntimeException ? e.toString() : message;
    }
}
