package org.pgproof.verify.restore;

import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** How many bytes of rows each table got, by its name as the dump writes it, and what that says of its indexes. */
final class TableSizes {
    /** Smaller tables are left out: a database may have very many of them, and their indexes take no time. */
    private static final long SMALL = 1 << 20;

    private static final Pattern COPY = Pattern.compile("COPY " + TableLocks.QUALIFIED);
    private static final Pattern SLOW_INDEX =
            Pattern.compile("CREATE (?:UNIQUE )?INDEX .* USING (?!btree|hash|brin)\\w+ \\(.*", Pattern.DOTALL);

    /** On the data of bench/run a GIN index took twelve times as long as a B-tree of the same table. */
    private static final int SLOW = 12;

    private final Map<String, Long> bytes = new HashMap<>();

    /**
     * Takes down the rows of one COPY.
     *
     * @param copy the statement, each byte one character
     */
    void add(String copy, long rows) {
        Matcher table = COPY.matcher(copy);
        if (rows >= SMALL && table.lookingAt()) {
            bytes.merge(table.group(1), rows, Long::sum);
        }
    }

    /** Returns how long a statement takes, compared with others; only to decide which begins first. */
    long effort(TableLocks locks, String sql) {
        long rows = Stream.concat(locks.shared().stream(), locks.exclusive().stream())
                .mapToLong(table -> bytes.getOrDefault(table, 0L))
                .sum();
        return rows > 0 && SLOW_INDEX.matcher(sql).matches() ? SLOW * rows : rows;
    }
}
