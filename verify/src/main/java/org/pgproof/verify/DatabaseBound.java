package org.pgproof.verify;

import java.util.Optional;
import java.util.OptionalLong;
import org.pgproof.manifest.Manifest;
import org.pgproof.verify.restore.ChosenBackup;

/**
 * How large the database may become that a backup is restored into. What its rows take on disk depends on their number, as
 * each has a header and an entry in each index, and on what they hold.
 *
 * @param set by people, in bytes; empty to go by the backup
 */
record DatabaseBound(OptionalLong set) {
    /** An empty database, the server's logs of what is done in it, and materialized views over few rows. */
    private static final long ALWAYS = 2L << 30;
    /** The row itself without its values, and entries in a dozen indexes. */
    private static final long BY_ROW = 512;
    /** Of the dump's text: indexes of words and parts of words are many times larger than these. */
    private static final long BY_BYTE = 16;
    /** Text unpacks to that much at most, but for what is always the same. */
    private static final long UNPACKED = 32;

    /** Returns the largest number of bytes. */
    long of(ChosenBackup backup) {
        return set.orElseGet(() -> accountedFor(backup.manifest(), backup.size()));
    }

    private static long accountedFor(Optional<Manifest> manifest, long size) {
        long unpacked = manifest.map(all -> all.dump().uncompressedBytes()).orElse(saturated(size, UNPACKED));
        long rows = manifest.map(Manifest::rows).orElse(0L);
        return sum(ALWAYS, sum(saturated(unpacked, BY_BYTE), saturated(rows, BY_ROW)));
    }

    private static long saturated(long count, long each) {
        return count > Long.MAX_VALUE / each ? Long.MAX_VALUE : Math.max(0, count) * each;
    }

    private static long sum(long one, long other) {
        return one > Long.MAX_VALUE - other ? Long.MAX_VALUE : one + other;
    }
}
