package org.pgproof.verify;

/**
 * A damaged backup.
 *
 * @param name what was done to it
 * @param table that a failing check has to name; empty where none is to blame
 */
record Damage(String name, BackupFiles backup, String table) {}
