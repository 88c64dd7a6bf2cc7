package org.pgproof.verify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class DeadlineTest {
    @Test
    void endsWhatTakesTooLong() throws Exception {
        CountDownLatch released = new CountDownLatch(1);
        CountDownLatch never = new CountDownLatch(1);
        try (Deadline deadline = new Deadline(Duration.ofMillis(100))) {
            deadline.releaseBy(released::countDown);
            assertThatThrownBy(never::await).isInstanceOf(InterruptedException.class);
            assertThat(deadline.passed()).isTrue();
            assertThat(deadline.exceeded()).hasMessageContaining("VERIFY_TIMEOUT");
        }
        assertThat(released.getCount()).isZero();
    }

    @Test
    void leavesAloneWhatEndsInTime() {
        try (Deadline deadline = new Deadline(Duration.ofDays(1))) {
            assertThat(deadline.passed()).isFalse();
        }
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
    }
}
