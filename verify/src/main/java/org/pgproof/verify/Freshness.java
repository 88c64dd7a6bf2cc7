package org.pgproof.verify;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.pgproof.manifest.Manifest;
import org.pgproof.service.Quantity;
import org.pgproof.store.BackupKey;
import org.pgproof.verify.restore.ChosenBackup;

/**
 * How old the newest backup is: no verdict depends on it, and no receipt says it, because it is another one tomorrow.
 *
 * @param interval at which its service makes backups; zero where that is not known
 * @param maxAge how old it may be, if that was said
 */
record Freshness(BackupKey key, Duration age, Duration interval, Optional<Duration> maxAge) {
    /** Returns how old the backup is; empty when it is not the newest. */
    static Optional<Freshness> of(ChosenBackup backup, Optional<Duration> maxAge, Instant now) {
        long interval = backup.manifest().map(Manifest::interval).orElse(0L);
        return backup.newest()
                ? Optional.of(new Freshness(
                        backup.key(),
                        Duration.between(backup.made(), now),
                        Duration.ofSeconds(Math.max(0, interval)),
                        maxAge))
                : Optional.empty();
    }

    /** Says that the backup is older than it may be; empty when it is not. */
    Optional<String> outdated() {
        return maxAge.filter(most -> age.compareTo(most) > 0)
                .map(most -> begin() + ", and VERIFY_MAX_AGE allows " + Quantity.duration(most)
                        + ": is the backup service running?");
    }

    /** Says that the backup is older than its own schedule allows; empty when it is not, or when it is outdated. */
    Optional<String> late() {
        boolean late = !interval.isZero() && age.toSeconds() > 2 * interval.toSeconds();
        return late && outdated().isEmpty()
                ? Optional.of(begin() + ", and one is due every " + Quantity.duration(interval)
                        + ": is the backup service running?")
                : Optional.empty();
    }

    private String begin() {
        return "The newest backup " + key + " is " + Quantity.duration(age) + " old";
    }
}
