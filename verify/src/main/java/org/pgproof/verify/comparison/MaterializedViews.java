package org.pgproof.verify.comparison;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.pgproof.dump.sql.RelationName;
import org.pgproof.postgres.Queries;
import org.pgproof.verify.server.CouldNotVerifyException;
import org.pgproof.verify.server.Interruptibly;
import org.pgproof.verify.server.MissingOnServer;

/**
 * Fills materialized views, which is the last thing a dump does, and here is done when all else has been compared: a query
 * may draw from a sequence or write into a table, and it may read from another server, which a drill leaves alone.
 */
final class MaterializedViews {
    /** Views whose queries reach another server: through a foreign table, at whatever distance, or dblink. */
    private static final String REACHING_OUT = "WITH RECURSIVE reads(view, relation) AS ("
            + "SELECT oid, oid FROM pg_catalog.pg_class WHERE relkind = 'm'"
            + " UNION SELECT r.view, further.relation FROM reads r CROSS JOIN LATERAL ("
            + "SELECT d.refobjid FROM pg_catalog.pg_rewrite w JOIN pg_catalog.pg_depend d"
            + " ON d.classid = 'pg_catalog.pg_rewrite'::regclass AND d.objid = w.oid"
            + " AND d.refclassid = 'pg_catalog.pg_class'::regclass WHERE w.ev_class = r.relation"
            + " UNION ALL SELECT i.inhrelid FROM pg_catalog.pg_inherits i WHERE i.inhparent = r.relation"
            + ") further(relation))"
            + " SELECT DISTINCT n.nspname, c.relname FROM reads r"
            + " JOIN pg_catalog.pg_class c ON c.oid = r.view JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace"
            + " WHERE EXISTS (SELECT FROM pg_catalog.pg_class f WHERE f.oid = r.relation AND f.relkind = 'f')"
            + " OR EXISTS (SELECT FROM pg_catalog.pg_rewrite w JOIN pg_catalog.pg_depend d"
            + " ON d.classid = 'pg_catalog.pg_rewrite'::regclass AND d.objid = w.oid"
            + " AND d.refclassid = 'pg_catalog.pg_proc'::regclass"
            + " JOIN pg_catalog.pg_depend e ON e.classid = d.refclassid AND e.objid = d.refobjid AND e.deptype = 'e'"
            + " AND e.refclassid = 'pg_catalog.pg_extension'::regclass"
            + " JOIN pg_catalog.pg_extension x ON x.oid = e.refobjid AND x.extname = 'dblink'"
            + " WHERE w.ev_class = r.relation)";

    private final Connection connection;
    private final List<String> failures = new ArrayList<>();
    private final List<RelationName> leftEmpty = new ArrayList<>();

    MaterializedViews(Connection connection) {
        this.connection = connection;
    }

    /**
     * Fills these views, as far as that reaches nothing outside.
     *
     * @param views in the order in which the dump fills them
     * @throws CouldNotVerifyException when the server lacks what a query needs
     */
    void fill(List<RelationName> views) throws SQLException, InterruptedException, CouldNotVerifyException {
        if (views.isEmpty()) {
            return;
        }
        Set<RelationName> reachingOut = Set.copyOf(
                Queries.list(connection, REACHING_OUT, row -> new RelationName(row.getString(1), row.getString(2))));
        Queries.execute(connection, "SET search_path = ''");
        Queries.execute(connection, "SET row_security = off");
        for (RelationName view : views) {
            if (reachingOut.contains(view)) {
                leftEmpty.add(view);
            } else {
                fill(view);
            }
        }
    }

    private void fill(RelationName view) throws SQLException, InterruptedException, CouldNotVerifyException {
        String statement = "REFRESH MATERIALIZED VIEW " + view.quoted();
        try {
            Interruptibly.run(connection, () -> Queries.execute(connection, statement));
        } catch (SQLException e) {
            if (MissingOnServer.explains(e, statement)) {
                throw CouldNotVerifyException.of("the materialized view " + view + " cannot be filled", e);
            }
            failures.add("MATERIALIZED VIEW " + view + " cannot be filled: " + e.getMessage());
        }
    }

    /** Returns what went wrong, for people. */
    List<String> failures() {
        return failures;
    }

    /** Returns the views that were left empty, because their queries reach another server. */
    List<RelationName> leftEmpty() {
        return leftEmpty;
    }
}
