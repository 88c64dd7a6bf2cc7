package org.pgproof.verify;

/**
 * A damaged backup.
 *
 * @param name what was done to it
 * @param table that a failing check has to name; empty where none is to blame
 * @param restored whether the restored database shows it, so that another check than that of the object must fail
 */
record Damage(String name, BackupFiles backup, String table, boolean restored) {
    /** Damage that the object alone may show. */
    Damage(String name, BackupFiles backup, String table) {
        this(name, backup, table, false);
    }
}
