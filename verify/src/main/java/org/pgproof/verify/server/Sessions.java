package org.pgproof.verify.server;

import java.io.IOException;
import java.sql.SQLException;
import org.pgproof.postgres.ClientTool;
import org.pgproof.postgres.ConnectionSettings;
import org.pgproof.postgres.PgProcess;

/**
 * The sessions in which a backup is restored and read.
 *
 * @param psql with which they are opened
 * @param database in which they work
 * @param atOnce how many work side by side
 */
public record Sessions(ClientTool psql, TemporaryDatabase database, int atOnce) {
    /** Returns how {@code psql} connects, so that every session begins with the same settings. */
    public ConnectionSettings connection() throws CouldNotVerifyException {
        try {
            return SessionSettings.pinned(database.server().connection(), database.settings());
        } catch (SQLException e) {
            throw CouldNotVerifyException.of("the server's settings cannot be read", e);
        }
    }

    /** Starts {@code psql} in the database; the caller closes it. */
    public PgProcess open() throws IOException, CouldNotVerifyException {
        return open(connection());
    }

    /** Starts {@code psql} with what {@link #connection} answered; the caller closes it. */
    public PgProcess open(ConnectionSettings connection) throws IOException {
        return database.hold(Psql.start(psql, connection));
    }
}
