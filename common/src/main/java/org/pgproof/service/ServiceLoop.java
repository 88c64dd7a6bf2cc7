package org.pgproof.service;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs a cycle at a fixed interval, start to start, and outlives every cycle that fails. */
public final class ServiceLoop {
    private static final Logger log = LoggerFactory.getLogger(ServiceLoop.class);

    private final String work;
    private final Cycle cycle;
    private final Stop stop;
    private final Clock clock;
    private final LongSupplier nanoTime;

    /** @param work what a cycle does, as a log line begins: {@code Backup}, {@code Verification} */
    public ServiceLoop(String work, Cycle cycle, Shutdown shutdown, Clock clock) {
        this(work, cycle, shutdown, clock, System::nanoTime);
    }

    /** @param nanoTime the monotonic clock, by which it waits: a wall clock that jumps neither skips nor repeats a run */
    ServiceLoop(String work, Cycle cycle, Stop stop, Clock clock, LongSupplier nanoTime) {
        this.work = work;
        this.cycle = cycle;
        this.stop = stop;
        this.clock = clock;
        this.nanoTime = nanoTime;
    }

    /** Says when to stop. */
    interface Stop {
        /** Returns whether a stop is requested. */
        boolean requested();

        /** Waits until the time is over or a stop is requested, and returns whether it is requested. */
        boolean await(Duration duration) throws InterruptedException;
    }

    /** Runs one cycle and returns how it ended; a stop before its end is {@link Outcome#NOT_DONE}. */
    public Outcome once() {
        try {
            return cycle.run();
        } catch (InterruptedException e) {
            log.warn("{} stopped before its end", work);
        } catch (Exception | Error e) { // memory that ran out in a cycle is there again after it
            if (stop.requested()) {
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
        Schedule schedule = new Schedule(interval);
        long due = nanoTime.getAsLong();
        while (!stop.requested()) {
            long started = nanoTime.getAsLong();
            Outcome outcome = once();
            System.gc(); // gives the memory of the cycle back while the service waits
            Schedule.Next next = schedule.after(outcome, since(started), since(due));
            if (stop.requested() || !pause(next)) {
                return;
            }
            due = next.retry() ? due : nanoTime.getAsLong();
        }
    }

    private Duration since(long nanos) {
        return Duration.ofNanos(nanoTime.getAsLong() - nanos);
    }

    private boolean pause(Schedule.Next next) {
        if (next.in().isNegative()) {
            log.warn("{} took longer than its interval: the next one starts now", work);
            return true;
        }
        Instant at = clock.instant().plus(next.in()).truncatedTo(ChronoUnit.SECONDS);
        log.info(
                "Next {} at {}{}", work.toLowerCase(Locale.ROOT), at, next.retry() ? ", as this one was not done" : "");
        try {
            return !stop.await(next.in());
        } catch (InterruptedException e) {
            return false;
        }
    }

    /** What our own exceptions say is for people; of others the kind matters too. */
    private static String reason(Throwable e) {
        String message = e.getMessage();
        return message == null || e instanceof RuntimeException || e instanceof Error ? e.toString() : message;
    }
}
