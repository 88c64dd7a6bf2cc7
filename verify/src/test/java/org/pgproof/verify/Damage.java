package org.pgproof.verify;

import java.util.List;

/**
 * A damaged backup.
 *
 * @param name what was done to it
 * @param named what failing checks have to name: a table, an object; where there are several, each must show in the
 *     restored database
 * @param restored whether the restored database shows it, so that another check than that of the object must fail
 */
record Damage(String name, BackupFiles backup, List<String> named, boolean restored) {
    /** How many objects to damage at once: a check names no more than ten before it counts the rest. */
    static final int AT_ONCE = 5;

    /** Damage to one table, or, where that is empty, to none that could be named. */
    Damage(String name, BackupFiles backup, String table, boolean restored) {
        this(name, backup, table.isEmpty() ? List.of() : List.of(table), restored);
    }

    /** Damage that the object alone may show. */
    Damage(String name, BackupFiles backup, String table) {
        this(name, backup, table, false);
    }
}
