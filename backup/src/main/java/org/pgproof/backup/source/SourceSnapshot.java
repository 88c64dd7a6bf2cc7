package org.pgproof.backup.source;

import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.pgproof.dump.sql.RelationName;
import org.pgproof.postgres.ConnectionSettings;
import org.pgproof.postgres.Queries;
import org.pgproof.postgres.ServerVersion;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One moment of the source database, held by a transaction until it is closed.
 *
 * @param connection of the transaction; also holds the prefix's advisory lock
 * @param settings with which {@code pg_dump} reaches the same server
 * @param exported name of the snapshot; empty when it cannot be shared
 * @param privileges whether the dump keeps owners and grants
 * @param session that {@code pg_dump} will have
 * @param limits how long to wait
 */
public record SourceSnapshot(
        Connection connection,
        ConnectionSettings settings,
        ServerVersion version,
        Optional<String> exported,
        CatalogFacts facts,
        boolean privileges,
        DumpSession session,
        WaitLimits limits)
        implements AutoCloseable {
    private static final int ROLLBACK_MILLISECONDS = 2000;

    /** A catalog's row is as the snapshot has it; where a table lies, a function says as it is now. */
    private static final String REWRITTEN = "SELECT n.nspname, c.relname FROM pg_catalog.pg_class c"
            + " JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace"
            + " WHERE c.relkind = 'r' AND n.nspname <> 'information_schema' AND n.nspname !~ '^pg_'"
            + " AND c.relfilenode <> pg_catalog.pg_relation_filenode(c.oid) ORDER BY 1, 2";

    /**
     * A role's name is as the snapshot has it, or as a function says that it is now. The bootstrap superuser (10) is on no
     * list of those on whom objects depend.
     */
    private static final String RENAMED_ROLES = "SELECT r.rolname FROM pg_catalog.pg_roles r"
            + " WHERE (r.oid = 10 OR r.rolname IN (" + CatalogReader.ROLES_WITH_PRIVILEGES + "))"
            + " AND r.rolname <> pg_catalog.pg_get_userbyid(r.oid) ORDER BY 1";

    private static final Logger log = LoggerFactory.getLogger(SourceSnapshot.class);

    /**
     * Returns what has changed of everything that a dump of this snapshot is made of. To be asked when {@code pg_dump} has
     * read all definitions and holds its locks, and before it writes the first row.
     */
    public SchemaChanges changesOfDefinitions() throws IOException {
        return LongWait.during(
                "what has changed in the catalog",
                () -> new SchemaChanges(rewritten(), catalogChanges().ofDefinitions(), renamedRoles()));
    }

    /** Returns what has changed of everything that shapes the text of rows. To be asked when all are written. */
    public List<CatalogChanges.Change> changesOfRows() throws IOException {
        return LongWait.during("what has changed in the catalog", catalogChanges()::ofRows);
    }

    private CatalogChanges catalogChanges() {
        return new CatalogChanges(connection, this::today);
    }

    private Connection today() throws SQLException {
        Connection today = settings.open();
        today.setNetworkTimeout(Runnable::run, Math.toIntExact(limits.silence().toMillis()));
        return today;
    }

    /**
     * Returns the tables whose rows lie elsewhere than when the snapshot was taken. TRUNCATE does that, and an ALTER TABLE
     * that rewrites all rows: whoever reads such a table from the snapshot finds it empty, without an error
     * (<a href="https://www.postgresql.org/docs/current/mvcc-caveats.html">MVCC caveats</a>).
     */
    private List<RelationName> rewritten() throws IOException {
        try {
            return Queries.list(connection, REWRITTEN, row -> new RelationName(row.getString(1), row.getString(2)));
        } catch (SQLException e) {
            throw new IOException("the database could not be asked which tables were rewritten: " + e.getMessage(), e);
        }
    }

    /**
     * Returns the roles that are called otherwise than when the snapshot was taken, or are gone, where the dump has grants: in
     * these {@code pg_dump} names them as they are today, by their number if they are gone, and everywhere else as they were.
     */
    private List<String> renamedRoles() throws IOException {
        try {
            return privileges ? Queries.texts(connection, RENAMED_ROLES) : List.of();
        } catch (SQLException e) {
            throw new IOException("the database could not be asked which roles were renamed: " + e.getMessage(), e);
        }
    }

    /** Ends the transaction, so that the lock is free at once, where the server still answers. */
    @Override
    public void close() {
        try (connection) {
            connection.setNetworkTimeout(Runnable::run, ROLLBACK_MILLISECONDS);
            connection.rollback();
        } catch (SQLException e) {
            log.debug("The snapshot's connection could not be closed", e);
        }
    }
}
