package org.pgproof.service;

import java.time.Duration;
import java.util.List;

/**
 * Says how long to wait after a cycle. Cycles begin an interval apart, start to start. One that was not done is tried again
 * before its time, as what hindered it may have passed; but never after the time of the next, and never so often that
 * failing takes more than a fifth of the time. Retries do not move the schedule.
 */
final class Schedule {
    private static final List<Duration> RETRIES =
            List.of(Duration.ofMinutes(1), Duration.ofMinutes(5), Duration.ofMinutes(15));
    private static final int TIMES_AS_LONG = 4;

    private final Duration interval;
    private int failures;

    Schedule(Duration interval) {
        this.interval = interval;
    }

    /**
     * Decides what follows a cycle.
     *
     * @param took how long this cycle took
     * @param sinceDue how long ago the last cycle of the schedule began: this one, unless it was a retry
     */
    Next after(Outcome outcome, Duration took, Duration sinceDue) {
        failures = outcome == Outcome.NOT_DONE ? failures + 1 : 0;
        Duration left = interval.minus(sinceDue);
        if (failures == 0) {
            return new Next(left, false);
        }
        Duration step = RETRIES.get(Math.min(failures, RETRIES.size()) - 1);
        Duration rest = took.multipliedBy(TIMES_AS_LONG);
        Duration retry = step.compareTo(rest) > 0 ? step : rest;
        return retry.compareTo(left) < 0 ? new Next(retry, true) : new Next(left, false);
    }

    /**
     * When the next cycle begins.
     *
     * @param in how long from now; negative when it should have begun before now
     * @param retry whether it is one more try, before the schedule's next
     */
    record Next(Duration in, boolean retry) {}
}
