package org.pgproof.backup;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import org.pgproof.postgres.ConnectionSettings;
import org.pgproof.postgres.ServerVersion;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One moment of the source database, held by a transaction until it is closed.
 *
 * @param connection of the transaction; also holds the prefix's advisory lock
 * @param settings with which {@code pg_dump} reaches the same server
 * @param exported name of the snapshot; empty when it cannot be shared
 */
record SourceSnapshot(
        Connection connection,
        ConnectionSettings settings,
        ServerVersion version,
        Optional<String> exported,
        CatalogFacts facts)
        implements AutoCloseable {
    private static final int ROLLBACK_MILLISECONDS = 2000;

    private static final Logger log = LoggerFactory.getLogger(SourceSnapshot.class);

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
