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
        Set<BackupKey> kept = kept(dumps, published, verdicts);
        return old.stream().filter(key -> !kept.contains(key)).toList();
    }

    private Set<BackupKey> kept(List<BackupKey> dumps, BackupKey published, Verdicts verdicts)
            throws java.io.IOException {
        List<BackupKey> newestFirst = dumps.stream()
                .filter(key -> !key.equals(published))
                .sorted(Comparator.reverseOrder())
                .toList();
        Set<BackupKey> kept = new HashSet<>();
        boolean passedSeen = verdicts.of(published).equals(Optional.of(Verdict.PASSED));
        int counted = 0;
        for (BackupKey key : newestFirst) {
            if (counted >= minimumKept && passedSeen) {
                break;
            }
            Optional<Verdict> verdict = verdicts.of(key);
            if (counted < minimumKept && !verdict.equals(Optional.of(Verdict.FAILED))) {
                kept.add(key);
                counted++;
            }
            if (!passedSeen && verdict.equals(Optional.of(Verdict.PASSED))) {
                kept.add(key);
                passedSeen = true;
            }
        }
        return kept;
    }
}
