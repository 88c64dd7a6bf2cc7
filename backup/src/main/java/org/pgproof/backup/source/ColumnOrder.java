package org.pgproof.backup.source;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.pgproof.manifest.ManifestComparison;
import org.pgproof.postgres.Queries;

/**
 * Finds tables whose columns come in another order after a restore: those of a parent come first then, also such as the
 * parent gained after its child was made. That matters to whatever stores or takes whole rows, which go by place.
 */
public final class ColumnOrder {
    private static final String TABLES = "SELECT c.oid, n.nspname || '.' || c.relname,"
            + " ARRAY(SELECT a.attname::pg_catalog.text FROM pg_catalog.pg_attribute a WHERE a.attrelid = c.oid"
            + " AND a.attnum > 0 AND NOT a.attisdropped ORDER BY a.attnum),"
            + " ARRAY(SELECT i.inhparent::pg_catalog.text FROM pg_catalog.pg_inherits i WHERE i.inhrelid = c.oid"
            + " ORDER BY i.inhseqno)"
            + " FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace"
            + " WHERE c.relkind IN ('r', 'f') AND NOT c.relispartition AND n.nspname !~ '^pg_temp'"
            + " AND c.oid IN (SELECT inhrelid FROM pg_catalog.pg_inherits"
            + " UNION ALL SELECT inhparent FROM pg_catalog.pg_inherits) ORDER BY 2";

    /** What depends on the row type itself or on arrays of it. */
    private static final String USERS = "SELECT DISTINCT pg_catalog.pg_describe_object(d.classid, d.objid, d.objsubid)"
            + " FROM pg_catalog.pg_class c JOIN pg_catalog.pg_type t ON t.oid = c.reltype OR t.typelem = c.reltype"
            + " JOIN pg_catalog.pg_depend d ON d.refclassid = 'pg_catalog.pg_type'::pg_catalog.regclass"
            + " AND d.refobjid = t.oid AND d.deptype = 'n' WHERE c.oid = ?::pg_catalog.oid ORDER BY 1";

    private record Table(String name, List<String> columns, List<String> parents) {}

    private ColumnOrder() {}

    /** Returns a warning for each such table whose row type something uses. */
    public static List<String> warnings(Connection connection) throws SQLException {
        Map<String, Table> tables = new LinkedHashMap<>();
        Queries.list(
                        connection,
                        TABLES,
                        row -> Map.entry(
                                row.getString(1),
                                new Table(row.getString(2), texts(row.getArray(3)), texts(row.getArray(4)))))
                .forEach(entry -> tables.put(entry.getKey(), entry.getValue()));
        List<String> warnings = new ArrayList<>();
        for (Map.Entry<String, Table> entry : tables.entrySet()) {
            Table table = entry.getValue();
            if (!List.copyOf(restored(table, tables)).equals(table.columns())) {
                List<String> users = Queries.texts(connection, USERS, entry.getKey());
                if (!users.isEmpty()) {
                    warnings.add(warning(table.name(), users));
                }
            }
        }
        return warnings;
    }

    private static Collection<String> restored(Table table, Map<String, Table> tables) {
        Set<String> columns = new LinkedHashSet<>();
        for (String parent : table.parents()) {
            Table of = tables.get(parent);
            if (of != null) {
                columns.addAll(restored(of, tables));
            }
        }
        columns.addAll(table.columns());
        return columns;
    }

    private static String warning(String table, List<String> users) {
        return "A restore puts the columns of " + table
                + " into another order, its parents' first, and values of its row"
                + " type come back with their fields mixed up (used by " + ManifestComparison.shortened(users)
                + "): create the table anew with its parents' columns first, or store its columns one by one";
    }

    private static List<String> texts(java.sql.Array array) throws SQLException {
        return Arrays.stream((Object[]) array.getArray()).map(String::valueOf).toList();
    }
}
