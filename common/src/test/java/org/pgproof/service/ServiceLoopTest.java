package org.pgproof.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class ServiceLoopTest {
    private final Shutdown shutdown = Shutdown.install(Duration.ofSeconds(1), 0);

    /** Else the shutdown hook would wait for this thread. */
    @AfterEach
    void finish() {
        assertThat(shutdown.run(() -> 7)).isEqualTo(7);
    }

    @Test
    void tellsHowTheCycleEnded() {
        assertThat(loop(() -> Outcome.SUCCEEDED).once()).isEqualTo(Outcome.SUCCEEDED);
        assertThat(loop(() -> Outcome.FAILED).once()).isEqualTo(Outcome.FAILED);
    }

    @Test
    void outlivesWhateverACycleThrows() {
        assertThat(loop(() -> {
                            throw new IOException("no");
                        })
                        .once())
                .isEqualTo(Outcome.NOT_DONE);
        assertThat(loop(() -> {
                            throw new IllegalStateException();
                        })
                        .once())
                .isEqualTo(Outcome.NOT_DONE);
    }

    @Test
    void leavesNoInterruptBehind() {
        assertThat(loop(() -> {
                            Thread.currentThread().interrupt();
                            throw new InterruptedException();
                        })
                        .once())
                .isEqualTo(Outcome.NOT_DONE);
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
    }

    @Test
    void outlivesAnError() {
        AtomicInteger runs = new AtomicInteger();
        ServiceLoop loop = loop(() -> {
            switch (runs.incrementAndGet()) {
                case 1 -> throw new StackOverflowError("a dump that is nested a million times");
                case 2 -> throw new OutOfMemoryError("a dump of one line");
                default -> Thread.currentThread().interrupt();
            }
            throw new InterruptedException();
        });
        assertThat(loop.once()).isEqualTo(Outcome.NOT_DONE);
        assertThat(loop.once()).isEqualTo(Outcome.NOT_DONE);
        assertThat(loop.once()).isEqualTo(Outcome.NOT_DONE);
        assertThat(runs).hasValue(3);
    }

    /** An interrupt ends the waiting, as a stop would. */
    @Test
    void waitsForTheIntervalToPass() throws InterruptedException {
        AtomicInteger runs = new AtomicInteger();
        ServiceLoop loop = loop(() -> {
            runs.incrementAndGet();
            return Outcome.SUCCEEDED;
        });
        Thread service = new Thread(() -> loop.forever(Duration.ofHours(1)), "service");
        service.start();
        while (service.isAlive()) {
            service.interrupt();
            service.join(100);
        }
        assertThat(runs).hasValue(1);
    }

    @Test
    void mayGoWhenTheWorkEndsInAnError() {
        assertThatThrownBy(() -> shutdown.run(() -> {
                    throw new StackOverflowError("the worst");
                }))
                .isInstanceOf(StackOverflowError.class);
        assertThat(shutdown.requested()).isFalse();
    }

    private ServiceLoop loop(Cycle cycle) {
        return new ServiceLoop("Test", cycle, shutdown, Clock.systemUTC());
    }
}
