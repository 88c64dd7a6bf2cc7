package org.pgproof.verify.server;

import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.pgproof.manifest.Manifest;
import org.pgproof.manifest.ManifestComparison;
import org.pgproof.postgres.Queries;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has a backup restored as a role that is made for it and may do nothing else, and says so where that cannot be. Nothing is
 * restored as a superuser then, unless that was asked for.
 *
 * @param manifest of the backup; empty where it has none
 * @param required whether nothing is restored then; empty to warn of it; false to restore as the verifier's own role
 */
record RoleIsolation(Server server, Optional<Manifest> manifest, Optional<Boolean> required) {
    private static final Logger log = LoggerFactory.getLogger(RoleIsolation.class);

    /**
     * Makes the temporary database, and the role if it can be.
     *
     * @throws CouldNotVerifyException when the database cannot be made, or not as it is required
     */
    TemporaryDatabase create(DatabaseCreation creation, TemporaryName name) throws CouldNotVerifyException {
        try {
            return required.orElse(true) ? createWithRole(creation, name) : creation.create(name, false);
        } catch (SQLException e) {
            throw new CouldNotVerifyException(
                    "the temporary database " + name + " cannot be created: " + e.getMessage() + Server.remedy(e), e);
        }
    }

    private TemporaryDatabase createWithRole(DatabaseCreation creation, TemporaryName name)
            throws SQLException, CouldNotVerifyException {
        boolean superuser = isTrue("rolsuper");
        String obstacle = superuser ? needsOfSuperuser() : lackOfRights();
        if (obstacle.isEmpty()) {
            try {
                return creation.create(name, true);
            } catch (SQLException e) {
                if (ServerTrouble.is(e) && !ServerTrouble.isLackOfRights(e)) {
                    throw e;
                }
                obstacle = "no role could be made for it (" + e.getMessage() + ")";
            }
        }
        String user = server.settings().user();
        String meaning = "as the role " + user + " itself, because " + obstacle
                + ": whatever functions in the backup do, they do as " + user;
        if (superuser || required.isPresent()) {
            throw new CouldNotVerifyException("the backup could be restored only " + meaning
                    + "; mend that, or set VERIFY_REQUIRE_ISOLATION=false to accept it");
        }
        log.warn("The backup is restored {}", meaning);
        return creation.create(name, false);
    }

    /** A forged manifest may name what it likes: all that comes of it is that nothing is restored. */
    private String needsOfSuperuser() throws SQLException {
        List<String> needs =
                manifest.isPresent() ? SuperuserNeeds.of(manifest.get(), server).reasons() : List.of();
        return needs.isEmpty() ? "" : "only a superuser can restore " + ManifestComparison.shortened(needs);
    }

    private String lackOfRights() throws SQLException {
        return isTrue("rolcreaterole") ? "" : "it may not make another role; give it CREATEROLE";
    }

    private boolean isTrue(String attribute) throws SQLException {
        return Queries.truth(
                server.connection(), "SELECT " + attribute + " FROM pg_catalog.pg_roles WHERE rolname = current_user");
    }
}
