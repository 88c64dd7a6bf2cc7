package org.pgproof.store.s3;

import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/** Waits a little longer before each further try. */
record Backoff(Duration first, Duration longest) {

    static final Duration LONGEST = Duration.ofSeconds(10);

    static Backoff constant(Duration pause) {
        return new Backoff(pause, pause);
    }

    /**
     * @param failures how many tries have failed in a row, at least 1
     */
    void pause(int failures) throws InterruptedIOException {
        long doubled = first.toNanos() << Math.min(failures - 1, 20);
        long end = System.nanoTime() + Math.min(doubled, longest.toNanos());
        for (long left = end - System.nanoTime(); left > 0; left = end - System.nanoTime()) {
            Interruption.check("waiting to try again");
            LockSupport.parkNanos(this, left);
        }
        Interruption.check("waiting to try again");
    }
}
