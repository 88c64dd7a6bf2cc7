package org.pgproof.verify.server;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.pgproof.postgres.AdvisoryLocks;
import org.pgproof.postgres.Queries;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stands in for roles that the backup's definitions name and this server lacks; gone when this is closed. Verifiers that
 * run at once share them: each holds a lock, and the last one drops them.
 */
final class DrillRoles implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(DrillRoles.class);

    private static final String COMMENT = "Temporary: pgproof needs this role to verify a backup, then drops it.";
    private static final String PUBLIC = "public";
    /** The advisory lock of all who may use such roles: "pgproof" and a 1, in ASCII. */
    static final long LOCK = 0x706770726f6f6631L;

    private static final String PATIENCE = "20s";

    private static final String LOCK_NOT_AVAILABLE = "55P03";

    private final Server server;
    private boolean locked;

    private DrillRoles(Server server) {
        this.server = server;
    }

    /**
     * Makes those of these roles that the server lacks.
     *
     * @throws CouldNotVerifyException when one is missing and may not be made
     */
    static DrillRoles create(Server server, List<String> needed) throws CouldNotVerifyException {
        return create(server, needed, PATIENCE);
    }

    /** @param patience how long to wait for others who make or drop such roles, as a setting of the server */
    static DrillRoles create(Server server, List<String> needed, String patience) throws CouldNotVerifyException {
        DrillRoles roles = new DrillRoles(server);
        List<String> missing = List.of();
        try {
            roles.lock(patience);
            missing = server.missingRoles(
                    needed.stream().filter(role -> !role.equals(PUBLIC)).toList());
            for (String role : missing) {
                roles.create(role);
            }
            if (!roles.standInFor(needed)) {
                roles.unlock();
            }
            return roles;
        } catch (SQLException e) {
            roles.close();
            throw CouldNotVerifyException.of(
                    "the server lacks roles that the backup names (" + String.join(", ", missing)
                            + ") and they cannot be made; create them, or give the verifier CREATEROLE",
                    e);
        }
    }

    /** Others hold it against everybody for a moment only, while they drop what nobody needs. */
    private void lock(String patience) throws SQLException, CouldNotVerifyException {
        Connection connection = server.connection();
        Queries.execute(connection, "SET lock_timeout = '" + patience + "'");
        try {
            Queries.truth(connection, "SELECT pg_catalog.pg_advisory_lock_shared(?) IS NOT NULL", LOCK);
            locked = true;
        } catch (SQLException e) {
            if (!LOCK_NOT_AVAILABLE.equals(e.getSQLState())) {
                throw e;
            }
            throw new CouldNotVerifyException(
                    "the lock of the roles that a verification makes is held for more than " + patience + " by "
                            + AdvisoryLocks.holders(connection, LOCK) + "; end that session",
                    e);
        } finally {
            Queries.execute(connection, "RESET lock_timeout");
        }
    }

    private void create(String role) throws SQLException {
        String name = Queries.identifier(role);
        server.connection().setAutoCommit(false);
        try {
            Queries.execute(server.connection(), "CREATE ROLE " + name + " NOLOGIN");
            Queries.execute(server.connection(), "COMMENT ON ROLE " + name + " IS " + Queries.literal(COMMENT));
            server.connection().commit();
        } catch (SQLException e) {
            server.connection().rollback();
            if (!server.missingRoles(List.of(role)).isEmpty()) {
                throw e;
            } // else another verifier was faster
        } finally {
            server.connection().setAutoCommit(true);
        }
    }

    private boolean standInFor(List<String> needed) throws SQLException {
        return Queries.truth(
                server.connection(),
                "SELECT EXISTS (SELECT FROM pg_catalog.pg_roles WHERE rolname = ANY (?)"
                        + " AND pg_catalog.shobj_description(oid, 'pg_authid') = ?)",
                server.connection().createArrayOf("text", needed.toArray()),
                COMMENT);
    }

    private void unlock() {
        locked = false;
        try {
            Queries.truth(server.connection(), "SELECT pg_catalog.pg_advisory_unlock_shared(?)", LOCK);
        } catch (SQLException e) {
            log.debug("The lock of the roles could not be given back", e); // it goes with the session
        }
    }

    /** Drops such roles, unless a living verifier may need them: then it will. */
    static void dropUnused(Server server) {
        try {
            if (Queries.truth(server.connection(), "SELECT pg_catalog.pg_try_advisory_lock(?)", LOCK)) {
                try {
                    drop(server);
                } finally {
                    Queries.truth(server.connection(), "SELECT pg_catalog.pg_advisory_unlock(?)", LOCK);
                }
            }
        } catch (SQLException e) {
            log.warn("Roles that were made for a verification could not be dropped: {}", e.getMessage());
        }
    }

    private static void drop(Server server) throws SQLException {
        // Advisory locks are per database, and all are shown to everybody.
        List<String> unused = Queries.texts(
                server.connection(),
                "SELECT rolname FROM pg_catalog.pg_roles WHERE NOT rolcanlogin"
                        + " AND pg_catalog.shobj_description(oid, 'pg_authid') = ?"
                        + " AND NOT EXISTS (SELECT FROM pg_catalog.pg_locks WHERE locktype = 'advisory' AND objsubid = 1"
                        + " AND (classid::bigint << 32) | objid::bigint = ? AND pid <> pg_catalog.pg_backend_pid())",
                COMMENT,
                LOCK);
        for (String role : unused) {
            try {
                Queries.execute(server.connection(), "DROP ROLE IF EXISTS " + Queries.identifier(role));
            } catch (SQLException e) {
                log.debug("The role {} is still in use", role, e);
            }
        }
    }

    @Override
    public void close() {
        if (locked) {
            unlock();
            dropUnused(server);
        }
    }
}
