package org.pgproof.verify.server;

import java.sql.Connection;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.pgproof.dump.sql.ClientEncoding;
import org.pgproof.manifest.Manifest;
import org.pgproof.postgres.ConnectionSettings;
import org.pgproof.postgres.PgProcess;
import org.pgproof.postgres.Queries;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A database that a verification restores into, gone when this is closed.
 *
 * @param role that owns it and restores and reads it; null where that is the verifier's own
 */
public record TemporaryDatabase(
        Server server, TemporaryName name, @Nullable PowerlessRole role) implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(TemporaryDatabase.class);

    static final String COMMENT = "Temporary: pgproof restores a backup here to verify it, then drops it.";

    private static final int DROPS_TRIED = 40;
    private static final long PAUSE_MILLIS = 250;

    /** Names that are not the same in every encoding. */
    private static final String OTHER_NAMES = "SELECT FROM (SELECT nspname FROM pg_catalog.pg_namespace"
            + " UNION ALL SELECT relname FROM pg_catalog.pg_class"
            + " UNION ALL SELECT attname FROM pg_catalog.pg_attribute) names (name)"
            + " WHERE name::text COLLATE \"C\" ~ '[^ -~]'";

    /** Returns how the database is reached by what restores or reads it: names are looked for as they are by default. */
    public ConnectionSettings settings() {
        return server.users(reached());
    }

    private ConnectionSettings reached() {
        return role == null
                ? server.settings().withDatabase(name.toString())
                : role.reaching(server.ordinarySettings().withDatabase(name.toString()));
    }

    /** Opens a session for the verifier's own queries, in which only the server's own names are found; to be closed. */
    public Connection open() throws SQLException {
        return server.held().hold(Server.own(reached()).open());
    }

    /** Opens a session for queries that people wrote, whose operators are then the server's own; the caller closes it. */
    public Connection openForQueries() throws SQLException {
        try (Connection own = open()) {
            for (String operator : PlantedOperators.hide(own)) {
                log.warn(
                        "Your queries do not find the backup's operator {}: it stands in for the server's own",
                        operator);
            }
        }
        return server.held().hold(settings().open());
    }

    /** Has a client tool that works in the database end with all that wait for the server. */
    public PgProcess hold(PgProcess process) {
        return server.held().hold(process);
    }

    /** Keeps event triggers of the backup from firing for what a comparison does; none fires for this. */
    public void silenceEventTriggers() throws SQLException {
        try (Connection connection = open()) {
            Reclaiming.silenceEventTriggers(connection);
        }
    }

    /** Undoes what the backup may have said of the database it is restored into; a failure shows in what follows. */
    public void reclaim() {
        Reclaiming.reset(this);
    }

    /**
     * Opens a session that writes and reads names as they are in the manifest; the caller closes it.
     *
     * @throws CouldNotVerifyException where names are in an encoding that Java does not know, or in none
     */
    public Connection openForNames(Manifest manifest) throws SQLException, CouldNotVerifyException {
        ClientEncoding encoding = ClientEncoding.named(manifest.dump().encoding());
        Connection connection = open();
        try {
            boolean anyBytes = Queries.text(connection, "SHOW server_encoding").equals("SQL_ASCII");
            if (anyBytes || !encoding.isKnown()) {
                refuseOtherNames(connection, anyBytes ? "SQL_ASCII" : encoding.name());
            }
            return connection;
        } catch (SQLException | CouldNotVerifyException e) {
            connection.close();
            throw e;
        }
    }

    private static void refuseOtherNames(Connection connection, String encoding)
            throws SQLException, CouldNotVerifyException {
        if (Queries.truth(connection, "SELECT EXISTS (" + OTHER_NAMES + ")")) {
            throw new CouldNotVerifyException("tables or columns have names outside of ASCII, which cannot be told in"
                    + " the encoding " + encoding);
        }
    }

    /** Ends every session in the database. */
    public void endSessions() {
        try {
            terminate();
        } catch (SQLException e) {
            log.warn("The sessions in {} could not be ended: {}", name, e.getMessage());
        }
    }

    /** Ends every session in the database, and every wait for one, be the server silent or a single session frozen. */
    public void giveUp() {
        server.giveUpUnlessDone(this::terminate);
        server.held().cut();
    }

    private void terminate() throws SQLException {
        try (Connection connection = Server.own(server.settings()).open()) {
            Queries.texts(
                    connection,
                    "SELECT pg_catalog.pg_terminate_backend(pid)::text FROM pg_catalog.pg_stat_activity WHERE datname = ?",
                    name.toString());
        }
    }

    /**
     * Drops the database; a failure is a warning, and the next verification tries again. An interrupt that comes meanwhile
     * ends the wait, not the drop.
     */
    @Override
    public void close() {
        boolean interrupted = Thread.interrupted();
        try {
            drop();
            unlock(server, name);
        } catch (InterruptedException e) {
            interrupted = true;
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    void drop() throws InterruptedException {
        try {
            dropUntilThereIsRoom();
        } catch (InterruptedException e) {
            log.warn("The server is still dropping {}, and goes on alone; the next verification sees to it", name);
            throw e;
        } catch (SQLException e) {
            log.warn(
                    "The temporary database {} could not be dropped: {}; the next verification tries again",
                    name,
                    e.getMessage());
        }
    }

    /** What a restore has used up, such as all locks of the server, is free again when its sessions have ended. */
    private void dropUntilThereIsRoom() throws SQLException, InterruptedException {
        for (int tries = 1; ; tries++) {
            try {
                Interruptibly.run(server.connection(), this::dropAtOnce);
                return;
            } catch (SQLException e) {
                if (tries == DROPS_TRIED || !ServerTrouble.isCrowd(String.valueOf(e.getSQLState()))) {
                    throw e;
                }
            }
            Thread.sleep(PAUSE_MILLIS);
        }
    }

    private void dropAtOnce() throws SQLException {
        Reclaiming.release(this);
        String force = server.version().major() >= 13 ? " WITH (FORCE)" : "";
        Queries.execute(server.connection(), "DROP DATABASE IF EXISTS " + quoted() + force);
        if (role != null) {
            role.drop();
        }
    }

    /** Keeps others out, and tells people what it is for. */
    void shield() throws SQLException {
        Queries.execute(server.connection(), "REVOKE CONNECT ON DATABASE " + quoted() + " FROM PUBLIC");
        Queries.execute(server.connection(), "COMMENT ON DATABASE " + quoted() + " IS " + Queries.literal(COMMENT));
    }

    /** Says that a living verifier uses the database of this name; returns false where another does. */
    static boolean lock(Server server, TemporaryName name) throws SQLException {
        return Queries.truth(server.connection(), "SELECT pg_catalog.pg_try_advisory_lock(?)", name.lock());
    }

    static void unlock(Server server, TemporaryName name) {
        try {
            Queries.truth(server.connection(), "SELECT pg_catalog.pg_advisory_unlock(?)", name.lock());
        } catch (SQLException e) {
            log.debug("The lock of {} could not be given back", name, e); // it goes with the session
        }
    }

    String quoted() {
        return Queries.identifier(name.toString());
    }
}
