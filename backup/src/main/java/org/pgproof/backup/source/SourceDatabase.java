package org.pgproof.backup.source;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import org.pgproof.postgres.AdvisoryLocks;
import org.pgproof.postgres.ConnectionSettings;
import org.pgproof.postgres.DumpSettings;
import org.pgproof.postgres.Queries;
import org.pgproof.postgres.ServerVersion;
import org.pgproof.service.Quantity;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The database to back up. */
public final class SourceDatabase {
    private static final Logger log = LoggerFactory.getLogger(SourceDatabase.class);

    private static final String TOO_MANY_CONNECTIONS = "53300";

    private final ConnectionSettings settings;
    private final long lock;
    private final boolean privileges;
    private final WaitLimits limits;

    /**
     * @param lock advisory lock that all backups into the same prefix take
     * @param privileges whether the dump will keep owners and grants
     * @param limits how long to wait
     */
    public SourceDatabase(ConnectionSettings settings, long lock, boolean privileges, WaitLimits limits) {
        this.settings = settings;
        this.lock = lock;
        this.privileges = privileges;
        this.limits = limits;
    }

    /**
     * Begins the transaction whose snapshot the dump reads from, takes the lock and reads what the dump does not say.
     *
     * @throws IOException when the database cannot be reached or another backup holds the lock
     */
    public SourceSnapshot snapshot() throws IOException {
        return LongWait.during("the catalog of " + settings.display(), this::open);
    }

    private SourceSnapshot open() throws IOException {
        Connection connection = null;
        try {
            connection = open(settings);
            ConnectionSettings reached = settings.connectedTo(connection);
            ServerVersion version = ServerVersion.parse(Queries.text(connection, "SHOW server_version"));
            begin(connection, version);
            if (!Queries.truth(connection, "SELECT pg_catalog.pg_try_advisory_xact_lock(?)", lock)) {
                throw new IOException("another backup into the same prefix is running on " + settings.display()
                        + ": its lock is held by " + AdvisoryLocks.holders(connection, lock)
                        + "; give each database a BACKUP_PREFIX of its own");
            }
            DumpSession session = new DumpSession(connection, String.format("pgproof dump %016x", lock));
            session.end(); // what a backup that was killed has left: we hold its lock, so it is no other's
            CatalogFacts facts = CatalogReader.read(connection, version, privileges);
            ConnectionSettings pinned = DumpSettings.pinned(connection, reached).withApplicationName(session.name());
            SourceSnapshot snapshot = new SourceSnapshot(
                    connection, pinned, version, export(connection, pinned), facts, privileges, session, limits);
            connection = null;
            return snapshot;
        } catch (SQLException e) {
            throw new IOException("the database " + settings.display() + " could not be read: " + reason(e), e);
        } finally {
            close(connection);
        }
    }

    /** A server that accepts a question and then says nothing is waited for no longer than the limit. */
    private Connection open(ConnectionSettings reached) throws SQLException {
        Connection connection = reached.open();
        connection.setNetworkTimeout(
                Runnable::run, Math.toIntExact(limits.silence().toMillis()));
        return connection;
    }

    private String reason(SQLException e) {
        boolean silent = e.getCause() instanceof SocketTimeoutException;
        return silent
                ? "it was asked and said nothing for " + Quantity.duration(limits.silence())
                : String.valueOf(e.getMessage());
    }

    private static void begin(Connection connection, ServerVersion version) throws SQLException {
        connection.setAutoCommit(false);
        connection.setReadOnly(true);
        connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
        Queries.execute(connection, "SET LOCAL search_path = pg_catalog");
        // The transaction is idle for as long as pg_dump runs.
        Queries.execute(connection, "SET LOCAL idle_in_transaction_session_timeout = 0");
        Queries.execute(connection, "SET LOCAL statement_timeout = 0");
        Queries.execute(connection, "SET LOCAL lock_timeout = 0");
        if (version.major() >= 17) {
            Queries.execute(connection, "SET LOCAL transaction_timeout = 0");
        }
    }

    /** Exports the snapshot and imports it once on a second connection: behind a pooler that may lead elsewhere. */
    private Optional<String> export(Connection connection, ConnectionSettings settings) throws SQLException {
        String name = Queries.text(connection, "SELECT pg_catalog.pg_export_snapshot()");
        try (Connection other = open(settings)) {
            other.setAutoCommit(false);
            other.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
            Queries.execute(other, "SET TRANSACTION SNAPSHOT " + Queries.literal(name));
            other.rollback();
            return Optional.of(name);
        } catch (SQLException e) {
            if (TOO_MANY_CONNECTIONS.equals(e.getSQLState())) {
                throw new SQLException(
                        e.getMessage()
                                + "; a backup needs up to three connections at once: raise the limit that the server"
                                + " names here (ALTER ROLE … CONNECTION LIMIT, ALTER DATABASE … CONNECTION LIMIT,"
                                + " max_connections)",
                        e.getSQLState(),
                        e);
            }
            log.warn(
                    "The dump takes a snapshot of its own, not the catalog's: {}; connect to the server itself rather"
                            + " than through a pooler",
                    e.getMessage());
            return Optional.empty();
        }
    }

    private static void close(java.sql.@org.jspecify.annotations.Nullable Connection connection) {
        if (connection != null) {
            try {
                connection.close();
            } catch (SQLException e) {
                log.debug("The connection could not be closed", e);
            }
        }
    }
}
