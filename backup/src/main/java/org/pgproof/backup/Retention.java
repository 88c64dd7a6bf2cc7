package org.pgproof.backup;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.pgproof.manifest.Verdict;
import org.pgproof.store.BackupKey;

/**
 * Decides which backups have expired.
 *
 * @param days age from which a backup may go, by its key's own time
 * @param minimumKept the newest so many backups besides the one just published that stay whatever their age
 */
record Retention(int days, int minimumKept) {

    /** Says what the last verification of a backup found; asked for as few backups as the decision needs. */
    @FunctionalInterface
    interface Verdicts {
        /** Returns the verdict in the backup's receipt; empty when it was never verified. */
        Optional<Verdict> of(BackupKey key) throws java.io.IOException;
    }

    /**
     * Returns the expired backups, oldest first.
     *
     * @param dumps every backup in the store
     * @param published the backup just published, which is never expired
     */
    List<BackupKey> expired(List<BackupKey> dumps, BackupKey published, Instant now, Verdicts verdicts)
            throws java.io.IOException {
        Instant limit = now.minus(Duration.ofDays(days));
        List<BackupKey> old = dumps.stream()
                .filter(key -> key.instant().isBefore(limit) && !key.equals(published))
                .sorted()
                .toList();
        if (old.isEmpty()) {
            return old;
        }
        List<BackupKey> newestFirst = dumps.stream()
                .filter(key -> !key.equals(published))
                .sorted(Comparator.reverseOrder())
                .toList();
        Set<BackupKey> kept = newestNotFailed(newestFirst, verdicts);
        List<BackupKey> expired =
                old.stream().filter(key -> !kept.contains(key)).toList();
        Optional<BackupKey> lastProof = lastProof(expired, published, newestFirst, verdicts);
        return expired.stream()
                .filter(key -> !lastProof.equals(Optional.of(key)))
                .toList();
    }

    private Set<BackupKey> newestNotFailed(List<BackupKey> newestFirst, Verdicts verdicts) throws java.io.IOException {
        Set<BackupKey> kept = new HashSet<>();
        for (BackupKey key : newestFirst) {
            if (kept.size() >= minimumKept) {
                break;
            }
            if (!verdicts.of(key).equals(Optional.of(Verdict.FAILED))) {
                kept.add(key);
            }
        }
        return kept;
    }

    /** Returns which of the expired passed where none that stays did. Those that stay may be many: they are asked last. */
    private static Optional<BackupKey> lastProof(
            List<BackupKey> expired, BackupKey published, List<BackupKey> newestFirst, Verdicts verdicts)
            throws java.io.IOException {
        for (int i = expired.size() - 1; i >= 0; i--) {
            BackupKey newest = expired.get(i);
            if (passed(newest, verdicts)) {
                return passed(published, verdicts) || anyPassedBefore(newest, newestFirst, verdicts)
                        ? Optional.empty()
                        : Optional.of(newest);
            }
        }
        return Optional.empty();
    }

    private static boolean anyPassedBefore(BackupKey end, List<BackupKey> newestFirst, Verdicts verdicts)
            throws java.io.IOException {
        for (BackupKey key : newestFirst) {
            if (key.equals(end)) {
                return false;
            }
            if (passed(key, verdicts)) {
                return true;
            }
        }
        return false;
    }

    private static boolean passed(BackupKey key, Verdicts verdicts) throws java.io.IOException {
        return verdicts.of(key).equals(Optional.of(Verdict.PASSED));
    }
}
