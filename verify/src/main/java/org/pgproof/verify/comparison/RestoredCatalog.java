package org.pgproof.verify.comparison;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.ObjLongConsumer;
import org.pgproof.definition.SchemaObject;
import org.pgproof.dump.sql.RelationName;
import org.pgproof.manifest.DumpContents;
import org.pgproof.postgres.Queries;

/** What only the restored database's catalog says of its tables, views and large objects. */
final class RestoredCatalog {
    /** What is not the server's own: classes {@code c} in namespaces {@code n}. */
    static final String USER_RELATIONS = " FROM pg_catalog.pg_class c"
            + " JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace"
            + " WHERE n.nspname <> 'information_schema' AND n.nspname !~ '^pg_'";

    private static final String OF_EXTENSION = "EXISTS (SELECT FROM pg_catalog.pg_depend d"
            + " WHERE d.classid = 'pg_catalog.pg_class'::regclass AND d.objid = c.oid AND d.deptype = 'e')";

    private final Connection connection;

    RestoredCatalog(Connection connection) {
        this.connection = connection;
    }

    /** Names ordinary and partitioned tables. */
    void tables(BiConsumer<RelationName, FoundTables.Table> each) throws SQLException {
        Queries.each(
                connection,
                "SELECT n.nspname, c.relname, c.relkind, " + OF_EXTENSION + ", c.relforcerowsecurity" + USER_RELATIONS
                        + " AND c.relkind IN ('r', 'p')",
                row -> each.accept(
                        new RelationName(row.getString(1), row.getString(2)),
                        new FoundTables.Table(row.getString(3).charAt(0), row.getBoolean(4), row.getBoolean(5))));
    }

    /** Says where the rows of each table lie on the server's disk: another place once they were rewritten. */
    void files(ObjLongConsumer<RelationName> each) throws SQLException {
        numbers(
                "SELECT n.nspname, c.relname, pg_catalog.pg_relation_filenode(c.oid)" + USER_RELATIONS
                        + " AND c.relkind = 'r'",
                each);
    }

    /** Says how many rows were inserted into each table from which none was deleted and in which none was changed. */
    void onlyInserted(ObjLongConsumer<RelationName> each) throws SQLException {
        numbers(
                "SELECT schemaname, relname, n_tup_ins FROM pg_catalog.pg_stat_user_tables"
                        + " WHERE n_tup_upd = 0 AND n_tup_del = 0",
                each);
    }

    private void numbers(String sql, ObjLongConsumer<RelationName> each) throws SQLException {
        Queries.each(
                connection,
                sql,
                row -> each.accept(new RelationName(row.getString(1), row.getString(2)), row.getLong(3)));
    }

    /** Returns the names of the schemas that are not the server's own. */
    List<String> schemas() throws SQLException {
        return Queries.texts(
                connection,
                "SELECT nspname FROM pg_catalog.pg_namespace"
                        + " WHERE nspname <> 'information_schema' AND nspname !~ '^pg_' ORDER BY 1");
    }

    /** Returns the tables that hold amounts of money, be it inside arrays, domains, rows or ranges. */
    Set<RelationName> tablesWithMoney() throws SQLException {
        return Set.copyOf(Queries.list(
                connection,
                "WITH RECURSIVE monetary(type) AS (SELECT 'pg_catalog.money'::regtype::oid UNION"
                        + " SELECT further.type FROM monetary m CROSS JOIN LATERAL ("
                        + "SELECT t.oid FROM pg_catalog.pg_type t WHERE m.type IN (t.typelem, t.typbasetype)"
                        + " UNION ALL SELECT r.rngtypid FROM pg_catalog.pg_range r WHERE r.rngsubtype = m.type"
                        + " UNION ALL SELECT c.reltype FROM pg_catalog.pg_attribute a"
                        + " JOIN pg_catalog.pg_class c ON c.oid = a.attrelid"
                        + " WHERE a.atttypid = m.type AND c.reltype <> 0) further(type))"
                        + " SELECT DISTINCT n.nspname, c.relname" + USER_RELATIONS
                        + " AND EXISTS (SELECT FROM pg_catalog.pg_attribute a JOIN monetary m ON m.type = a.atttypid"
                        + " WHERE a.attrelid = c.oid AND NOT a.attisdropped)",
                row -> new RelationName(row.getString(1), row.getString(2))));
    }

    /** Returns which of these tables hold a row. */
    List<RelationName> filled(List<RelationName> tables) throws SQLException {
        List<RelationName> filled = new ArrayList<>();
        for (List<RelationName> some : Batches.of(tables)) {
            StringBuilder sql = new StringBuilder();
            for (int i = 0; i < some.size(); i++) {
                sql.append(i == 0 ? "" : " UNION ALL ")
                        .append("SELECT ")
                        .append(i)
                        .append(" WHERE EXISTS (SELECT FROM ONLY ")
                        .append(some.get(i).quoted())
                        .append(")");
            }
            Queries.list(connection, sql.toString(), row -> row.getInt(1)).forEach(i -> filled.add(some.get(i)));
        }
        return filled;
    }

    /** Makes tables readable whose policies hide rows from their own owner. */
    void unforceRowSecurity() throws SQLException {
        if (Queries.truth(
                connection, "SELECT rolsuper OR rolbypassrls FROM pg_catalog.pg_roles WHERE rolname = current_user")) {
            return; // nothing is hidden from such a role
        }
        List<RelationName> forced = new ArrayList<>();
        tables((name, table) -> {
            if (table.forcedRowSecurity()) {
                forced.add(name);
            }
        });
        for (RelationName table : forced) {
            Queries.execute(connection, "ALTER TABLE " + table.quoted() + " NO FORCE ROW LEVEL SECURITY");
        }
    }

    /** Returns the materialized views that hold their rows, as the dump's refreshes would name them. */
    List<SchemaObject> populatedViews() throws SQLException {
        return Queries.list(
                connection,
                "SELECT n.nspname, c.relname" + USER_RELATIONS + " AND c.relkind = 'm' AND c.relispopulated",
                row -> DumpContents.populated(row.getString(1), row.getString(2)));
    }

    /** Returns whether the database holds large objects. */
    boolean hasLargeObjects() throws SQLException {
        return Queries.truth(connection, "SELECT EXISTS (SELECT FROM pg_catalog.pg_largeobject_metadata)");
    }
}
