package org.pgproof.store;

import java.time.Clock;

/** The store in memory keeps to what every store does, so that a test on it tells of all. */
class MemoryBackupStoreTest extends BackupStoreContract {
    private final MemoryBackupStore bucket = new MemoryBackupStore("", Clock.systemUTC());

    @Override
    protected BackupStore open(String prefix) {
        return bucket.under(prefix);
    }

    @Override
    protected void plant(String name, byte[] content) {
        bucket.plant(name, content, Clock.systemUTC().instant());
    }
}
