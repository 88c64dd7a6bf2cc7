package org.pgproof.store.s3;

import java.io.InterruptedIOException;

/** An interrupt as streams tell it: an {@link InterruptedIOException} that leaves the thread's status set. */
final class Interruption {

    private Interruption() {}

    static InterruptedIOException during(String activity) {
        Thread.currentThread().interrupt();
        return new InterruptedIOException("Interrupted while " + activity);
    }

    static void check(String activity) throws InterruptedIOException {
        if (Thread.currentThread().isInterrupted()) {
            throw during(activity);
        }
    }
}
