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
    /** What asks another server by itself: foreign tables, and the functions of extensions that were made for it. */
    private static final String ASKING = "asking(class, object, name) AS ("
            + "SELECT 'pg_catalog.pg_class'::regclass::oid, oid, relname::text FROM pg_catalog.pg_class WHERE relkind = 'f'"
            + " UNION ALL SELECT e.classid, p.oid, p.proname::text FROM pg_catalog.pg_extension x"
            + " JOIN pg_catalog.pg_depend e ON e.refclassid = 'pg_catalog.pg_extension'::regclass AND e.refobjid = x.oid"
            + " AND e.deptype = 'e' AND e.classid = 'pg_catalog.pg_proc'::regclass"
            + " JOIN pg_catalog.pg_proc p ON p.oid = e.objid WHERE x.extname IN ('dblink', 'http', 'pg_net'))";

    /** Functions of the backup's own whose bodies are text, which to the server says nothing of what they call. */
    private static final String WRITTEN = "written(object, name, body) AS ("
            + "SELECT p.oid, p.proname::text, p.prosrc FROM pg_catalog.pg_proc p"
            + " JOIN pg_catalog.pg_language l ON l.oid = p.prolang WHERE l.lanname NOT IN ('internal', 'c')"
            + " AND p.oid >= 16384 AND NOT EXISTS (SELECT FROM pg_catalog.pg_depend e"
            + " WHERE e.classid = 'pg_catalog.pg_proc'::regclass AND e.objid = p.oid AND e.deptype = 'e'))";

    /**
     * Views whose queries may reach another server, at whatever distance: through rules, partitions, functions and
     * operators. A body that is text is searched for names; where anything asks another server at all, one that puts a
     * statement together may too.
     */
    private static final String REACHING_OUT = "WITH RECURSIVE " + ASKING + ", " + WRITTEN
            + ", reaching(class, object, name) AS ("
            + "(SELECT class, object, name FROM asking"
            + " UNION ALL SELECT 'pg_catalog.pg_proc'::regclass::oid, object, name FROM written"
            + " WHERE body ~* '\\mexecute\\M' AND EXISTS (SELECT FROM asking))"
            + " UNION SELECT further.* FROM reaching r CROSS JOIN LATERAL ("
            + "SELECT 'pg_catalog.pg_class'::regclass::oid, c.oid, c.relname::text FROM pg_catalog.pg_depend d"
            + " JOIN pg_catalog.pg_rewrite w ON w.oid = d.objid JOIN pg_catalog.pg_class c ON c.oid = w.ev_class"
            + " WHERE d.classid = 'pg_catalog.pg_rewrite'::regclass AND d.refclassid = r.class AND d.refobjid = r.object"
            + " UNION ALL SELECT r.class, c.oid, c.relname::text FROM pg_catalog.pg_inherits i"
            + " JOIN pg_catalog.pg_class c ON c.oid = i.inhparent"
            + " WHERE r.class = 'pg_catalog.pg_class'::regclass AND i.inhrelid = r.object"
            + " UNION ALL SELECT d.classid, p.oid, p.proname::text FROM pg_catalog.pg_depend d"
            + " JOIN pg_catalog.pg_proc p ON p.oid = d.objid"
            + " WHERE d.classid = 'pg_catalog.pg_proc'::regclass AND d.refclassid = r.class AND d.refobjid = r.object"
            + " UNION ALL SELECT d.classid, d.objid, NULL FROM pg_catalog.pg_depend d"
            + " WHERE d.classid = 'pg_catalog.pg_operator'::regclass AND d.refclassid = r.class AND d.refobjid = r.object"
            + " UNION ALL SELECT 'pg_catalog.pg_proc'::regclass::oid, f.object, f.name FROM written f"
            + " WHERE CASE WHEN pg_catalog.strpos(pg_catalog.lower(f.body), pg_catalog.lower(r.name)) = 0 THEN false"
            + " WHEN r.name ~ '^\\w+$' THEN f.body ~* ('\\m' || r.name || '\\M') ELSE r.name IS NOT NULL END"
            + ") further)"
            + " SELECT DISTINCT n.nspname, c.relname FROM reaching r JOIN pg_catalog.pg_class c ON c.oid = r.object"
            + " JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace"
            + " WHERE r.class = 'pg_catalog.pg_class'::regclass AND c.relkind = 'm'";

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

    /** Returns the views that were left empty, because their queries may reach another server. */
    List<RelationName> leftEmpty() {
        return leftEmpty;
    }
}
