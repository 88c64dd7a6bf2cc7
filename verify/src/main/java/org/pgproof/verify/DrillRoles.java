package org.pgproof.verify;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.pgproof.manifest.Manifest;
import org.pgproof.postgres.Queries;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Stands in for roles that the backup's definitions name and this server lacks; gone when this is closed. */
final class DrillRoles implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(DrillRoles.class);

    private static final String COMMENT = "Temporary: pgproof needs this role to verify a backup, then drops it.";
    private static final String PUBLIC = "public";

    private final Server server;
    private final List<String> made = new ArrayList<>();

    private DrillRoles(Server server) {
        this.server = server;
    }

    /** @throws CouldNotVerifyException when a role is missing and may not be made */
    static DrillRoles create(Server server, Manifest manifest) throws CouldNotVerifyException {
        DrillRoles roles = new DrillRoles(server);
        List<String> missing = List.of();
        try {
            missing = server.missingRoles(manifest.roles().stream()
                    .filter(role -> !role.equals(PUBLIC))
                    .toList());
            for (String role : missing) {
                roles.create(role);
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

    private void create(String role) throws SQLException {
        String name = Queries.identifier(role);
        server.connection().setAutoCommit(false);
        try {
            Queries.execute(server.connection(), "CREATE ROLE " + name + " NOLOGIN");
            Queries.execute(server.connection(), "COMMENT ON ROLE " + name + " IS " + Queries.literal(COMMENT));
            server.connection().commit();
            made.add(role);
        } catch (SQLException e) {
            server.connection().rollback();
            throw e;
        } finally {
            server.connection().setAutoCommit(true);
        }
    }

    /** Drops roles that a killed verification left behind, unless another one uses them. */
    static void dropOrphans(Server server) {
        try {
            Queries.texts(
                            server.connection(),
                            "SELECT rolname FROM pg_catalog.pg_roles WHERE NOT rolcanlogin"
                                    + " AND pg_catalog.shobj_description(oid, 'pg_authid') = ?",
                            COMMENT)
                    .forEach(role -> drop(server, role));
        } catch (SQLException e) {
            log.warn("Roles that were left behind could not be looked for: {}", e.getMessage());
        }
    }

    private static void drop(Server server, String role) {
        try {
            Queries.execute(server.connection(), "DROP ROLE IF EXISTS " + Queries.identifier(role));
        } catch (SQLException e) {
            log.debug("The role {} is still in use", role, e);
        }
    }

    @Override
    public void close() {
        made.forEach(role -> drop(server, role));
    }
}
