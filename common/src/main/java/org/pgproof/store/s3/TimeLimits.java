package org.pgproof.store.s3;

import java.time.Duration;
import org.pgproof.store.BackupStore;

/**
 * How long the store may take before it counts as unreachable; {@code docs/store.md} tells them to users.
 *
 * @param connect until a connection stands
 * @param silence without a byte moving in either direction; a body that is read may take twice as long for 64 KiB
 * @param notice until a line in the log says that a request takes long
 * @param attempt for one attempt of one request, whatever moves
 * @param request for a request with all its attempts
 * @param partAttempt for one attempt to send one part of an upload: 64 MiB over a slow line
 * @param part for one part with all attempts
 * @param completion for an upload to be completed, with all attempts
 * @param shown until a store shows what it has confirmed
 * @param check for {@link BackupStore#check()}, with all its attempts
 * @param settle for a request whose outcome must be known to end after an interrupt, and for an upload to be aborted
 * @param firstPause before the second attempt of a request; the pauses that follow grow
 */
record TimeLimits(
        Duration connect,
        Duration silence,
        Duration notice,
        Duration attempt,
        Duration request,
        Duration partAttempt,
        Duration part,
        Duration completion,
        Duration shown,
        Duration check,
        Duration settle,
        Duration firstPause) {

    static final TimeLimits DEFAULT = new TimeLimits(
            Duration.ofSeconds(10),
            Duration.ofSeconds(30),
            Duration.ofSeconds(60),
            Duration.ofMinutes(5),
            Duration.ofMinutes(10),
            Duration.ofMinutes(15),
            Duration.ofMinutes(20),
            Duration.ofMinutes(5),
            Duration.ofMinutes(2),
            Duration.ofSeconds(20),
            Duration.ofSeconds(3),
            Duration.ofMillis(500));
}
