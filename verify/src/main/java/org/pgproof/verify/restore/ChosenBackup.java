package org.pgproof.verify.restore;

import java.util.Optional;
import org.pgproof.manifest.Manifest;
import org.pgproof.store.BackupKey;

/**
 * The backup to verify.
 *
 * @param size of the dump object, in bytes
 * @param marked whether the dump's header says that it is ours
 * @param manifest empty when there is none
 * @param newest whether it is the newest one in the store
 */
public record ChosenBackup(BackupKey key, long size, boolean marked, Optional<Manifest> manifest, boolean newest) {

    /** Returns whether one of ours came without what says what it contains. */
    public boolean lacksManifest() {
        return marked && manifest.isEmpty();
    }
}
