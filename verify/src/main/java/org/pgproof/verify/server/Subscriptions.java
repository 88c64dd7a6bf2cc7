package org.pgproof.verify.server;

import java.sql.Connection;
import java.sql.SQLException;
import org.pgproof.postgres.ConnectionSettings;
import org.pgproof.postgres.Queries;

/** A subscription blocks {@code DROP DATABASE} until it no longer names a slot on the publisher. */
final class Subscriptions {
    private Subscriptions() {}

    static void detach(ConnectionSettings database) throws SQLException {
        try (Connection connection = database.open()) {
            for (String name : Queries.texts(
                    connection,
                    "SELECT subname FROM pg_catalog.pg_subscription WHERE subdbid ="
                            + " (SELECT oid FROM pg_catalog.pg_database WHERE datname = current_database())")) {
                String subscription = Queries.identifier(name);
                Queries.execute(connection, "ALTER SUBSCRIPTION " + subscription + " DISABLE");
                Queries.execute(connection, "ALTER SUBSCRIPTION " + subscription + " SET (slot_name = NONE)");
                Queries.execute(connection, "DROP SUBSCRIPTION " + subscription);
            }
        }
    }
}
