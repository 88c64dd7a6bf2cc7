package org.pgproof.store.s3;

import java.net.SocketTimeoutException;
import java.time.Duration;

/** Notices an answer that trickles: never silent for long, and never at its end. Only the time spent waiting for it counts. */
final class Pace {
    /** Fewer bytes than this are no progress: a few more each time could go on for ever. */
    static final long PROGRESS = 64 * 1024;

    private final Duration longest;
    private long waited;
    private long bytes;

    /** @param longest to wait for {@link #PROGRESS} */
    Pace(Duration longest) {
        this.longest = longest;
    }

    void came(int count, long nanoseconds) {
        waited += nanoseconds;
        bytes += count;
        if (bytes >= PROGRESS) {
            reset();
        }
    }

    /** @throws SocketTimeoutException when it has taken too long so far */
    void check() throws SocketTimeoutException {
        if (waited > longest.toNanos()) {
            throw new SocketTimeoutException(bytes + " bytes in " + longest.toSeconds() + " s");
        }
    }

    void reset() {
        waited = 0;
        bytes = 0;
    }
}
