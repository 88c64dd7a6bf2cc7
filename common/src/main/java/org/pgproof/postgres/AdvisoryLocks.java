package org.pgproof.postgres;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/** Says who holds an advisory lock: whoever may connect can take any, and it need not be one of ours. */
public final class AdvisoryLocks {
    private static final String HOLDERS = "SELECT 'process ' || l.pid || coalesce(' of role ' || a.usename, '')"
            + " || coalesce(', application ' || nullif(a.application_name, ''), '')"
            + " FROM pg_catalog.pg_locks l LEFT JOIN pg_catalog.pg_stat_activity a ON a.pid = l.pid"
            + " WHERE l.locktype = 'advisory' AND l.objsubid = 1 AND l.granted AND l.pid <> pg_catalog.pg_backend_pid()"
            + " AND l.database = (SELECT oid FROM pg_catalog.pg_database"
            + " WHERE datname = pg_catalog.current_database())"
            + " AND (l.classid::bigint << 32) | l.objid::bigint = ? ORDER BY l.pid LIMIT 3";

    private AdvisoryLocks() {}

    /** Returns, for people, who holds a lock of this database; in a transaction, it must go on. */
    public static String holders(Connection connection, long lock) throws SQLException {
        List<String> holders = Queries.texts(connection, HOLDERS, lock);
        return holders.isEmpty() ? "nobody any more" : String.join("; ", holders);
    }
}
