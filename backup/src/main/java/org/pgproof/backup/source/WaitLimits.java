package org.pgproof.backup.source;

import java.time.Duration;

/**
 * How long a backup waits before it gives up.
 *
 * @param lock for a lock that another session holds
 * @param silence for a server that says nothing at all
 */
public record WaitLimits(Duration lock, Duration silence) {
    private static final Duration DEFAULT = Duration.ofMinutes(5);

    /** The default of either: never longer than the time between two backups. */
    public static Duration byDefault(Duration interval) {
        return interval.compareTo(DEFAULT) < 0 ? interval : DEFAULT;
    }
}
