package org.pgproof.verify.restore;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.pgproof.dump.TocEntry;

/**
 * The tables that a statement locks on the server: which statements may run side by side. A CREATE INDEX shares its
 * table with others of its kind; adding a constraint does not, and a foreign key takes both of its tables.
 *
 * @param shared tables locked in SHARE mode
 * @param exclusive tables locked against everything else
 */
record TableLocks(List<String> shared, List<String> exclusive) {
    private static final String IDENTIFIER = "(?:\"(?:[^\"]|\"\")*\"|[^\\s\"().,;]+)";
    /** A table's name with its schema, as pg_dump writes it. */
    static final String QUALIFIED = "(" + IDENTIFIER + "\\." + IDENTIFIER + ")";

    private static final Pattern INDEX = Pattern.compile(
            "CREATE (?:UNIQUE )?INDEX " + IDENTIFIER + " ON (?:ONLY )?" + QUALIFIED + " .*", Pattern.DOTALL);
    private static final Pattern ALTER_TABLE = Pattern.compile(
            "ALTER TABLE (?:ONLY )?" + QUALIFIED + "\\s+ADD CONSTRAINT " + IDENTIFIER + " (.*)", Pattern.DOTALL);
    private static final Pattern FOREIGN_KEY =
            Pattern.compile("FOREIGN KEY \\([^)]*\\) REFERENCES " + QUALIFIED + "\\(.*", Pattern.DOTALL);
    private static final Pattern KEY = Pattern.compile("(?:PRIMARY KEY|UNIQUE|EXCLUDE) .*", Pattern.DOTALL);

    /** Returns what a statement locks; empty when it is of no kind that is known to run beside others. */
    static Optional<TableLocks> of(TocEntry entry, String sql) {
        return switch (entry.kind()) {
            case "INDEX" -> index(sql);
            case "CONSTRAINT" -> key(sql);
            case "FK CONSTRAINT" -> foreignKey(sql);
            default -> Optional.empty();
        };
    }

    private static Optional<TableLocks> index(String sql) {
        Matcher index = INDEX.matcher(sql);
        return index.matches() ? Optional.of(new TableLocks(List.of(index.group(1)), List.of())) : Optional.empty();
    }

    private static Optional<TableLocks> key(String sql) {
        Matcher alter = ALTER_TABLE.matcher(sql);
        return alter.matches() && KEY.matcher(alter.group(2)).matches()
                ? Optional.of(new TableLocks(List.of(), List.of(alter.group(1))))
                : Optional.empty();
    }

    private static Optional<TableLocks> foreignKey(String sql) {
        Matcher alter = ALTER_TABLE.matcher(sql);
        if (!alter.matches()) {
            return Optional.empty();
        }
        Matcher reference = FOREIGN_KEY.matcher(alter.group(2));
        return reference.matches()
                ? Optional.of(new TableLocks(List.of(), List.of(alter.group(1), reference.group(1))))
                : Optional.empty();
    }
}
