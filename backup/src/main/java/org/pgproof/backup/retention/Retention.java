package org.pgproof.backup.retention;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.pgproof.store.BackupKey;

/**
 * Decides which backups have expired. Whatever somebody adds to the store can make it keep more, never less.
 *
 * @param days age from which a backup may go, by its key's own time
 * @param minimumKept the newest so many backups besides the one just published that stay whatever their age
 */
public record Retention(int days, int minimumKept) {

    /** What the last verification of a backup says of it. */
    enum Proof {
        /** It PASSED, and the receipt is of the very dump that the manifest describes. */
        PROVEN,
        /** Its receipt says PASSED, and not of which dump, or of another: reason enough to keep it, and to let none go. */
        CLAIMED,
        /** There is a receipt, and it cannot be read. */
        UNKNOWN,
        /** It FAILED. */
        FAILED,
        /** It was never verified, or without a result. */
        NONE
    }

    /** Says what is proven; asked for as few backups as the decision needs. */
    @FunctionalInterface
    interface Proofs {
        Proof of(BackupKey key) throws java.io.InterruptedIOException;
    }

    /**
     * A backup in the store.
     *
     * @param made when, as far as both its key and the store can be believed
     * @param described whether a manifest lies beside it
     */
    record Candidate(BackupKey key, Instant made, boolean described) {}

    /** Whether a backup goes, and why it does or does not. */
    record Decision(BackupKey key, boolean goes, String reason) {}

    private static final Comparator<Candidate> NEWEST_FIRST =
            Comparator.comparing(Candidate::made).thenComparing(Candidate::key).reversed();

    /**
     * Returns a decision for each backup, oldest key first.
     *
     * @param dumps every backup in the store
     * @param published the backup just published, which never goes
     */
    List<Decision> decide(List<Candidate> dumps, BackupKey published, Instant now, Proofs proofs)
            throws java.io.InterruptedIOException {
        Instant limit = now.minus(Duration.ofDays(days));
        List<Candidate> others = dumps.stream()
                .filter(dump ->
                        !dump.key().equals(published) && !dump.key().instant().isAfter(now))
                .sorted(NEWEST_FIRST)
                .toList();
        boolean anyOld = others.stream().anyMatch(dump -> dump.key().instant().isBefore(limit));
        Set<BackupKey> newest = anyOld ? newest(others, proofs) : Set.of();
        List<Decision> decisions = new ArrayList<>();
        for (Candidate dump : dumps) {
            BackupKey key = dump.key();
            if (key.equals(published)) {
                decisions.add(new Decision(key, false, "it was just published"));
            } else if (key.instant().isAfter(now)) {
                decisions.add(new Decision(key, false, "its name is of a time to come"));
            } else if (!key.instant().isBefore(limit)) {
                decisions.add(new Decision(key, false, "it is not older than " + days + " days"));
            } else if (newest.contains(key)) {
                decisions.add(
                        new Decision(key, false, "it is one of the newest " + minimumKept + " besides the new one"));
            } else {
                decisions.add(ofExpired(dump, published, others, proofs));
            }
        }
        decisions.sort(Comparator.comparing(Decision::key));
        return decisions;
    }

    /** The newest that did not fail: of all, and of those with a manifest, so that foreign dumps take no place from these. */
    private Set<BackupKey> newest(List<Candidate> newestFirst, Proofs proofs) throws java.io.InterruptedIOException {
        Set<BackupKey> kept = new HashSet<>();
        keepNewest(newestFirst, dump -> true, proofs, kept);
        keepNewest(newestFirst, Candidate::described, proofs, kept);
        return kept;
    }

    private void keepNewest(
            List<Candidate> newestFirst, Predicate<Candidate> wanted, Proofs proofs, Set<BackupKey> kept)
            throws java.io.InterruptedIOException {
        int found = 0;
        for (Candidate dump : newestFirst) {
            if (found == minimumKept) {
                return;
            }
            if (wanted.test(dump) && proofs.of(dump.key()) != Proof.FAILED) {
                kept.add(dump.key());
                found++;
            }
        }
    }

    private Decision ofExpired(Candidate dump, BackupKey published, List<Candidate> newestFirst, Proofs proofs)
            throws java.io.InterruptedIOException {
        Proof proof = proofs.of(dump.key());
        if (proof == Proof.UNKNOWN) {
            return new Decision(dump.key(), false, "its receipt cannot be read");
        }
        if (proof == Proof.PROVEN && !anyNewer(dump, published, newestFirst, proofs, Proof.PROVEN)) {
            return new Decision(dump.key(), false, "it is the newest that is proven");
        }
        if (proof == Proof.CLAIMED
                && !anyNewer(dump, published, newestFirst, proofs, Proof.PROVEN)
                && !anyNewer(dump, published, newestFirst, proofs, Proof.CLAIMED)) {
            return new Decision(dump.key(), false, "its receipt says PASSED, and that of no newer one does");
        }
        return new Decision(dump.key(), true, "it is older than " + days + " days");
    }

    private static boolean anyNewer(
            Candidate dump, BackupKey published, List<Candidate> newestFirst, Proofs proofs, Proof wanted)
            throws java.io.InterruptedIOException {
        if (proofs.of(published) == wanted) {
            return true;
        }
        for (Candidate newer : newestFirst) {
            if (newer.equals(dump)) {
                return false;
            }
            if (proofs.of(newer.key()) == wanted) {
                return true;
            }
        }
        return false;
    }
}
