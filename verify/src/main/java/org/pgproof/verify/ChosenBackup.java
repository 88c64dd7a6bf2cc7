package org.pgproof.verify;

import java.util.Optional;
import org.pgproof.manifest.Manifest;
import org.pgproof.store.BackupKey;

/**
 * The backup to verify.
 *
 * @param size of the dump object, in bytes
 * @param marked whether the dump's header says that it is ours
 * @param manifest empty when there is none
 */
record ChosenBackup(BackupKey key, long size, boolean marked, Optional<Manifest> manifest) {

    /** Returns whether one of ours came without what says what it contains. */
    boolean lacksManifest() {
        return marked && manifest.isEmpty();
    }
}
