package org.pgproof.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.pgproof.service.Outcome.FAILED;
import static org.pgproof.service.Outcome.NOT_DONE;
import static org.pgproof.service.Outcome.SUCCEEDED;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import org.junit.jupiter.api.Test;

/** When cycles begin, by a clock that only waiting and working move. */
class ScheduleTest {
    private final List<Long> starts = new ArrayList<>();
    private Duration now = Duration.ZERO;

    @Test
    void keepsTheIntervalFromStartToStart() {
        run(Duration.ofHours(1), Duration.ofMinutes(7), SUCCEEDED, SUCCEEDED, SUCCEEDED);
        assertThat(starts).containsExactly(0L, 60L, 120L);
    }

    @Test
    void triesAgainSoonAndLessAndLessOftenUntilItIsDone() {
        run(Duration.ofDays(1), Duration.ZERO, NOT_DONE, NOT_DONE, NOT_DONE, NOT_DONE, SUCCEEDED, SUCCEEDED);
        assertThat(starts).containsExactly(0L, 1L, 6L, 21L, 36L, 24 * 60L);
    }

    @Test
    void beginsWithTheShortestPauseAgainAfterASuccess() {
        run(Duration.ofDays(1), Duration.ZERO, NOT_DONE, NOT_DONE, SUCCEEDED, NOT_DONE, SUCCEEDED);
        assertThat(starts).containsExactly(0L, 1L, 6L, 24 * 60L, 24 * 60L + 1);
    }

    @Test
    void neverTriesAgainAfterTheTimeOfTheNext() {
        run(Duration.ofMinutes(10), Duration.ZERO, NOT_DONE, NOT_DONE, NOT_DONE, NOT_DONE, SUCCEEDED);
        assertThat(starts).containsExactly(0L, 1L, 6L, 10L, 20L);
        starts.clear();
        now = Duration.ZERO;
        run(Duration.ofMinutes(1), Duration.ZERO, NOT_DONE, NOT_DONE, SUCCEEDED);
        assertThat(starts).containsExactly(0L, 1L, 2L);
    }

    /** A drill that fails after an hour must not keep a server busy all day. */
    @Test
    void spendsAtMostAFifthOfTheTimeOnFailing() {
        run(Duration.ofDays(1), Duration.ofMinutes(60), NOT_DONE, NOT_DONE, SUCCEEDED);
        assertThat(starts).containsExactly(0L, 300L, 600L);
    }

    /** A verdict is a result: nothing that passes by itself. */
    @Test
    void waitsForTheScheduleAfterAVerdict() {
        run(Duration.ofDays(1), Duration.ZERO, FAILED, SUCCEEDED);
        assertThat(starts).containsExactly(0L, 24 * 60L);
    }

    @Test
    void runsAtOnceAgainWhenACycleOverranItsInterval() {
        run(Duration.ofMinutes(10), Duration.ofMinutes(25), SUCCEEDED, NOT_DONE, SUCCEEDED);
        assertThat(starts).containsExactly(0L, 25L, 50L);
    }

    /** Runs as many cycles as there are outcomes, each of which takes so long. */
    private void run(Duration interval, Duration took, Outcome... outcomes) {
        Iterator<Outcome> next = Arrays.asList(outcomes).iterator();
        Cycle cycle = () -> {
            starts.add(now.toMinutes());
            now = now.plus(took);
            return next.next();
        };
        ServiceLoop.Stop stop = new ServiceLoop.Stop() {
            @Override
            public boolean requested() {
                return !next.hasNext();
            }

            @Override
            public boolean await(Duration duration) {
                now = now.plus(duration);
                return false;
            }
        };
        Clock wall = Clock.fixed(Instant.EPOCH, ZoneOffset.UTC);
        new ServiceLoop("Test", cycle, stop, wall, () -> now.toNanos()).forever(interval);
    }
}
