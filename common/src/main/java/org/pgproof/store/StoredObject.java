package org.pgproof.store;

import java.time.Instant;
import java.util.Optional;

/** One object of a backup as a listing shows it; {@code size} in bytes, {@code lastModified} by the store's clock. */
public record StoredObject(BackupKey key, ObjectKind kind, long size, Instant lastModified) {

    /**
     * When the backup was made: its key's time, unless the store had it earlier than that. Then the clock that gave the key
     * was ahead.
     */
    public Instant made() {
        return key.instant().isBefore(lastModified) ? key.instant() : lastModified;
    }

    /** The object's name without the prefix, such as {@code backup_20260211_093022.sql.gz}. */
    public String name() {
        return nameOf(key, kind);
    }

    /** The name, without a prefix, of the object of that key and kind. */
    public static String nameOf(BackupKey key, ObjectKind kind) {
        return key + kind.suffix();
    }

    /** The key in a name (without prefix) of exactly the form {@link #nameOf} writes for this kind; else empty. */
    public static Optional<BackupKey> keyIn(String name, ObjectKind kind) {
        return name.endsWith(kind.suffix())
                ? BackupKey.parse(
                        name.substring(0, name.length() - kind.suffix().length()))
                : Optional.empty();
    }
}
