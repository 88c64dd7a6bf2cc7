package org.pgproof.store.s3;

import java.time.Duration;

/** A moment by the monotonic clock. */
record Deadline(long nanos) {
    private static final Duration LEAST = Duration.ofMillis(1);

    static Deadline in(Duration time) {
        return new Deadline(System.nanoTime() + time.toNanos());
    }

    boolean isOver() {
        return nanos - System.nanoTime() <= 0;
    }

    /** Returns how long it is until then; a little when it is over. */
    Duration left() {
        Duration left = Duration.ofNanos(nanos - System.nanoTime());
        return left.compareTo(LEAST) < 0 ? LEAST : left;
    }
}
