package org.pgproof.verify.server;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.pgproof.postgres.Queries;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Temporary databases that verifications which were killed left behind. */
final class OrphanedDatabases {
    private static final Logger log = LoggerFactory.getLogger(OrphanedDatabases.class);

    private OrphanedDatabases() {}

    /** Drops the databases that bear our name and our mark and that no living verifier holds. */
    static void drop(Server server) throws InterruptedException {
        try {
            for (TemporaryDatabase orphan : orphans(server)) {
                log.warn("Dropping {}: a verification that was killed left it behind", orphan.name());
                orphan.drop();
            }
        } catch (SQLException e) {
            log.warn("Temporary databases that were left behind could not be looked for: {}", e.getMessage());
        }
    }

    private static List<TemporaryDatabase> orphans(Server server) throws SQLException {
        List<TemporaryDatabase> orphans = new ArrayList<>();
        List<String> marked = Queries.texts(
                server.connection(),
                "SELECT datname FROM pg_catalog.pg_database WHERE datconnlimit = ? OR datconnlimit = ?"
                        + " AND pg_catalog.shobj_description(oid, 'pg_database') = ? ORDER BY 1",
                TemporaryName.MARK,
                TemporaryName.INVALID,
                TemporaryDatabase.COMMENT);
        for (String database : marked) {
            TemporaryName.parse(database)
                    .filter(name -> !held(server, name))
                    .ifPresent(name -> orphans.add(new TemporaryDatabase(server, name)));
        }
        return orphans;
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
