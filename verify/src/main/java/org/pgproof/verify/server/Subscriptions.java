package org.pgproof.verify.server;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.pgproof.postgres.Queries;

/** A subscription blocks {@code DROP DATABASE} until it no longer names a slot on the publisher. */
final class Subscriptions {
    private Subscriptions() {}

    /** Drops the subscriptions of a database, to which it connects only if there are any: all databases see them all. */
    static void detach(TemporaryDatabase database) throws SQLException {
        Server server = database.server();
        List<String> names = Queries.texts(
                server.connection(),
                "SELECT subname FROM pg_catalog.pg_subscription WHERE subdbid ="
                        + " (SELECT oid FROM pg_catalog.pg_database WHERE datname = ?)",
                database.name().toString());
        if (names.isEmpty()) {
            return;
        }
        try (Connection connection = Server.own(
                        server.settings().withDatabase(database.name().toString()))
                .open()) {
            Reclaiming.silenceEventTriggers(connection);
            for (String name : names) {
                String subscription = Queries.identifier(name);
                Queries.execute(connection, "ALTER SUBSCRIPTION " + subscription + " DISABLE");
                Queries.execute(connection, "ALTER SUBSCRIPTION " + subscription + " SET (slot_name = NONE)");
                Queries.execute(connection, "DROP SUBSCRIPTION " + subscription);
            }
        }
    }
}
