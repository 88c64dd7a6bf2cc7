package org.pgproof.verify.restore;

import java.time.Instant;
import java.util.Optional;
import org.pgproof.manifest.Manifest;
import org.pgproof.store.BackupKey;

/**
 * The backup to verify.
 *
 * @param made when it was made, which its key does not say if a clock was ahead
 * @param size of the dump object, in bytes
 * @param ours whether the dump's header says so, or a manifest beside it
 * @param manifest empty when there is none that can be read
 * @param intact whether the manifest is as it was written
 * @param newest whether it is the newest one in the store
 */
public record ChosenBackup(
        BackupKey key,
        Instant made,
        long size,
        boolean ours,
        Optional<Manifest> manifest,
        boolean intact,
        boolean newest) {

    /** Returns what is wrong with the manifest; it can be compared with all the same, if it is there. */
    public Optional<String> manifestDamage() {
        if (manifest.isEmpty()) {
            return ours ? Optional.of("it is one of ours, and its manifest is gone or unreadable") : Optional.empty();
        }
        return intact ? Optional.empty() : Optional.of("the manifest beside it is not as it was written");
    }
}
