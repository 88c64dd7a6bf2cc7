package org.pgproof.backup.source;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.pgproof.manifest.ManifestComparison;
import org.pgproof.postgres.Queries;
import org.pgproof.postgres.ServerVersion;

/**
 * Finds partitions on which the triggers of a foreign key are disabled while they are not on its partitioned table, or the
 * other way round: {@code pg_dump} says so by the triggers' names, in which there are numbers that no other database has.
 */
public final class PartitionTriggers {
    private static final String PARTITIONS = "SELECT DISTINCT n.nspname || '.' || c.relname"
            + " FROM pg_catalog.pg_trigger t JOIN pg_catalog.pg_trigger parent ON parent.oid = t.tgparentid"
            + " JOIN pg_catalog.pg_class c ON c.oid = t.tgrelid"
            + " JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace"
            + " WHERE t.tgisinternal AND t.tgenabled <> parent.tgenabled ORDER BY 1";

    /** From this version on the triggers of a partition's foreign key know those of the partitioned table. */
    private static final int WITH_PARENTS = 15;

    private PartitionTriggers() {}

    /** Returns what to say of them; empty where there are none. */
    public static Optional<String> warning(Connection connection, ServerVersion version) throws SQLException {
        List<String> partitions = version.major() < WITH_PARENTS ? List.of() : Queries.texts(connection, PARTITIONS);
        return partitions.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        "Triggers of a foreign key are disabled on one of a partitioned table and its partition and not"
                                + " on the other (" + ManifestComparison.shortened(partitions)
                                + "). pg_dump writes that by names"
                                + " that no restored database has, so that THIS BACKUP DOES NOT RESTORE: run ALTER TABLE … ENABLE"
                                + " TRIGGER ALL, or DISABLE, for the partitioned table, which does it for its partitions too");
    }
}
