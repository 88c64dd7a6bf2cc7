package org.pgproof.backup.source;

import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.pgproof.dump.sql.RelationName;
import org.pgproof.manifest.DumpContents;
import org.pgproof.manifest.ManifestComparison;

/**
 * What others changed in the database while {@code pg_dump} was reading it, and what that means for its dump.
 *
 * @param rewritten tables that {@code pg_dump} found empty if they had rows
 * @param changed objects that are others than in the snapshot
 * @param renamedRoles roles whose names in grants are others than in the snapshot
 */
public record SchemaChanges(
        List<RelationName> rewritten, List<CatalogChanges.Change> changed, List<String> renamedRoles) {

    boolean isEmpty() {
        return rewritten.isEmpty() && changed.isEmpty() && renamedRoles.isEmpty();
    }

    public SchemaChanges and(List<CatalogChanges.Change> later) {
        return new SchemaChanges(
                rewritten,
                Stream.concat(changed.stream(), later.stream()).distinct().toList(),
                renamedRoles);
    }

    /**
     * Holds for a dump that none of this concerns: tables whose rows are not in it may be emptied, and what it does not
     * name may be dropped.
     *
     * @throws SchemaChangedException for any other
     */
    void requireNoneIn(DumpContents dump) throws SchemaChangedException {
        List<String> emptied = rewritten.stream()
                .filter(dump::hasPartFor)
                .map(RelationName::toString)
                .toList();
        if (!emptied.isEmpty()) {
            throw new SchemaChangedException(
                    "pg_dump ended with success and may lack the rows of " + ManifestComparison.shortened(emptied)
                            + ", truncated or rewritten while it began; if that happens again and again, leave them out"
                            + " (PG_DUMP_OPTIONS=--exclude-table-data=NAME)",
                    null);
        }
        List<String> mixed = Stream.concat(
                        changed.stream()
                                .filter(change -> !change.gone() || isIn(dump, change))
                                .map(CatalogChanges.Change::what),
                        renamedRoles.stream().map(role -> "role " + role))
                .sorted()
                .toList();
        if (!mixed.isEmpty()) {
            throw new SchemaChangedException(
                    "pg_dump ended with success and may have mixed what was and what is, because of "
                            + ManifestComparison.shortened(mixed)
                            + ", renamed, altered or dropped while it was reading; if that happens again and again,"
                            + " choose another time for backups",
                    null);
        }
    }

    private static boolean isIn(DumpContents dump, CatalogChanges.Change change) {
        return dump.names(change.schema(), Objects.requireNonNullElse(change.relation(), ""));
    }
}
