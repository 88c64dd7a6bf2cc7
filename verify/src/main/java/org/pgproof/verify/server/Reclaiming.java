package org.pgproof.verify.server;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.pgproof.postgres.Queries;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Undoes what a backup may do to the database it is restored into: with its settings it could mislead the verifier or
 * lock it out, with what it leaves there keep the database from being dropped.
 */
final class Reclaiming {
    private static final Logger log = LoggerFactory.getLogger(Reclaiming.class);

    private static final int TERMINATION_CAN_BE_AWAITED = 14;

    private Reclaiming() {}

    /** Something that may have nothing to do, and whose failure shows when the database is used or dropped. */
    @FunctionalInterface
    private interface Step {
        void run() throws SQLException;
    }

    /** Gives the database and its role what they were made with, also that by which the next verification finds them. */
    static void reset(TemporaryDatabase database) {
        String alter = "ALTER DATABASE " + database.quoted();
        PowerlessRole role = database.role();
        if (role == null) {
            execute(database, "ALTER ROLE CURRENT_USER IN DATABASE " + database.quoted() + " RESET ALL");
        } else {
            attempt(database, role::reset);
        }
        execute(database, alter + " RESET ALL");
        execute(
                database,
                alter + " ALLOW_CONNECTIONS true CONNECTION LIMIT " + TemporaryName.MARK + " IS_TEMPLATE false");
    }

    /** Takes away what would keep the database from being dropped. */
    static void release(TemporaryDatabase database) throws SQLException {
        if (isHalfDropped(database)) {
            return; // nothing but DROP DATABASE is allowed: for ALTER DATABASE the server ends the session
        }
        reset(database);
        attempt(database, () -> Subscriptions.detach(database));
        attempt(database, () -> rollBackPrepared(database));
        attempt(database, () -> endReplication(database));
    }

    private static boolean isHalfDropped(TemporaryDatabase database) throws SQLException {
        return Queries.truth(
                database.server().connection(),
                "SELECT EXISTS (SELECT FROM pg_catalog.pg_database WHERE datname = ? AND datconnlimit = ?)",
                database.name().toString(),
                TemporaryName.INVALID);
    }

    private static void rollBackPrepared(TemporaryDatabase database) throws SQLException {
        List<String> prepared = Queries.texts(
                database.server().connection(),
                "SELECT gid FROM pg_catalog.pg_prepared_xacts WHERE database = ?",
                database.name().toString());
        if (prepared.isEmpty()) {
            return;
        }
        try (Connection connection = database.open()) {
            for (String transaction : prepared) {
                Queries.execute(connection, "ROLLBACK PREPARED " + Queries.literal(transaction));
            }
        }
    }

    /** A slot that nobody reads from goes with its database. */
    private static void endReplication(TemporaryDatabase database) throws SQLException {
        Server server = database.server();
        String patience = server.version().major() >= TERMINATION_CAN_BE_AWAITED ? ", 5000" : "";
        Queries.texts(
                server.connection(),
                "SELECT pg_catalog.pg_terminate_backend(active_pid" + patience + ")::text"
                        + " FROM pg_catalog.pg_replication_slots WHERE database = ? AND active",
                database.name().toString());
    }

    /** Makes the verifier's own statements fire no event trigger of the backup; for this none fires. */
    static void silenceEventTriggers(Connection connection) throws SQLException {
        for (String trigger : Queries.texts(
                connection,
                "SELECT evtname FROM pg_catalog.pg_event_trigger WHERE evtenabled <> 'D'"
                        + " AND pg_catalog.pg_has_role(evtowner, 'USAGE')")) {
            Queries.execute(connection, "ALTER EVENT TRIGGER " + Queries.identifier(trigger) + " DISABLE");
        }
    }

    private static void execute(TemporaryDatabase database, String sql) {
        attempt(database, () -> Queries.execute(database.server().connection(), sql));
    }

    private static void attempt(TemporaryDatabase database, Step step) {
        try {
            step.run();
        } catch (SQLException e) {
            log.debug("What a backup may have left in {} could not be undone", database.name(), e);
        }
    }
}
