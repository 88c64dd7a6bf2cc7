package org.pgproof.verify.comparison;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.pgproof.dump.Fingerprint;
import org.pgproof.dump.Rows;

/** What was read of each table, by its place in the manifest, in 32 bytes each. Safe for use by several threads. */
final class TableRows {
    private final long[] counts;
    private final long[] bytes;
    private final long[] high;
    private final long[] low;

    TableRows(int tables) {
        counts = new long[tables];
        bytes = new long[tables];
        high = new long[tables];
        low = new long[tables];
        Arrays.fill(counts, -1);
    }

    synchronized void put(int place, Rows rows) {
        counts[place] = rows.count();
        bytes[place] = rows.bytes();
        high[place] = rows.fingerprint().high();
        low[place] = rows.fingerprint().low();
    }

    /** Forgets what was read of a table. */
    synchronized void remove(int place) {
        counts[place] = -1;
    }

    /** Returns what was read; null when nothing was. */
    synchronized @Nullable Rows get(int place) {
        return counts[place] < 0
                ? null
                : new Rows(counts[place], bytes[place], new Fingerprint(high[place], low[place]));
    }
}
