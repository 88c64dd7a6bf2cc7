package org.pgproof.verify.server;

import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.pgproof.postgres.Queries;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Temporary databases, and the roles that own them, that verifications which were killed left behind. */
final class OrphanedDatabases {
    private static final Logger log = LoggerFactory.getLogger(OrphanedDatabases.class);

    private static final String MARKED_ROLES = "SELECT rolname FROM pg_catalog.pg_roles"
            + " WHERE rolconnlimit = ? AND NOT rolsuper AND NOT rolcreaterole AND NOT rolcreatedb ORDER BY 1";

    /** Its owner may change the mark of a database, and a role that was made for it cannot change its own. */
    private static final String MARKED_DATABASES = "SELECT d.datname FROM pg_catalog.pg_database d"
            + " JOIN pg_catalog.pg_roles r ON r.oid = d.datdba"
            + " WHERE d.datconnlimit = ? OR (r.rolname = d.datname AND r.rolconnlimit = ?) OR (d.datconnlimit = ?"
            + " AND pg_catalog.shobj_description(d.oid, 'pg_database') = ?) ORDER BY 1";

    private OrphanedDatabases() {}

    /** Drops the databases and roles that bear our name and our mark and that no living verifier holds. */
    static void drop(Server server) throws InterruptedException {
        try {
            Set<String> roles = Set.copyOf(Queries.texts(server.connection(), MARKED_ROLES, TemporaryName.MARK));
            for (TemporaryName name : unheld(server, databases(server))) {
                log.warn("Dropping {}: a verification that was killed left it behind", name);
                PowerlessRole role = roles.contains(name.toString()) ? PowerlessRole.leftBehind(server, name) : null;
                new TemporaryDatabase(server, name, role).drop();
            }
            List<String> rolesLeft = Queries.texts(server.connection(), MARKED_ROLES, TemporaryName.MARK);
            unheld(server, rolesLeft).forEach(name -> dropRole(server, name));
        } catch (SQLException e) {
            log.warn("What killed verifications left behind could not be looked for: {}", e.getMessage());
        }
    }

    private static void dropRole(Server server, TemporaryName name) {
        try {
            PowerlessRole.leftBehind(server, name).drop();
        } catch (SQLException e) {
            log.warn("The role {} of a verification that was killed could not be dropped: {}", name, e.getMessage());
        }
    }

    private static List<String> databases(Server server) throws SQLException {
        return Queries.texts(
                server.connection(),
                MARKED_DATABASES,
                TemporaryName.MARK,
                TemporaryName.MARK,
                TemporaryName.INVALID,
                TemporaryDatabase.COMMENT);
    }

    private static List<TemporaryName> unheld(Server server, List<String> names) {
        return names.stream()
                .map(TemporaryName::parse)
                .flatMap(Optional::stream)
                .filter(name -> !held(server, name))
                .toList();
    }

    /** Advisory locks are per database, and all are shown to everybody. */
    private static boolean held(Server server, TemporaryName name) {
        try {
            return Queries.truth(
                    server.connection(),
                    "SELECT EXISTS (SELECT FROM pg_catalog.pg_locks WHERE locktype = 'advisory' AND objsubid = 1"
                            + " AND (classid::bigint << 32) | objid::bigint = ?)",
                    name.lock());
        } catch (SQLException e) {
            log.warn("Whether {} is in use could not be found out: {}", name, e.getMessage());
            return true;
        }
    }
}
