package org.pgproof.store;

import java.time.Duration;

/**
 * How long the store may take before it counts as unreachable.
 *
 * @param connect until a connection stands
 * @param silence without a byte moving in either direction
 * @param attempt for one attempt of one request, whatever moves
 * @param part the same for one part of an upload: 64 MiB over a slow line
 * @param completion for an upload to be completed, with all attempts
 * @param shown until a store shows what it has confirmed
 * @param check for {@link BackupStore#check()}, with all its attempts
 * @param settle for a request whose outcome must be known to end after an interrupt, and for an upload to be aborted
 * @param firstPause before the second attempt of a request; the pauses that follow grow
 */
record TimeLimits(
        Duration connect,
        Duration silence,
        Duration attempt,
        Duration part,
        Duration completion,
        Duration shown,
        Duration check,
        Duration settle,
        Duration firstPause) {

    static final TimeLimits DEFAULT = new TimeLimits(
            Duration.ofSeconds(10),
            Duration.ofSeconds(60),
            Duration.ofMinutes(5),
            Duration.ofMinutes(30),
            Duration.ofMinutes(5),
            Duration.ofMinutes(2),
            Duration.ofSeconds(20),
            Duration.ofSeconds(3),
            Duration.ofMillis(500));
}
