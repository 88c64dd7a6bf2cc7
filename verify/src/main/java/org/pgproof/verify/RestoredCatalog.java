package org.pgproof.verify;

import java.sql.Array;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.ObjLongConsumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.pgproof.dump.RelationName;
import org.pgproof.manifest.DumpContents;
import org.pgproof.manifest.Manifest.SequenceValue;
import org.pgproof.manifest.SchemaObject;
import org.pgproof.manifest.TableContent;
import org.pgproof.postgres.Queries;

/** What only the restored database's catalogs and sequences say. */
final class RestoredCatalog {
    private static final int AT_ONCE = 200;

    private static final String USER_RELATIONS = " FROM pg_catalog.pg_class c"
            + " JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace"
            + " WHERE n.nspname <> 'information_schema' AND n.nspname !~ '^pg_'";

    private static final String USER_RELATIONS_WITH_COLUMNS = " FROM pg_catalog.pg_class c"
            + " JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace"
            + " JOIN unnest(?::text[], ?::text[]) AS t (schema, name) ON t.schema = n.nspname AND t.name = c.relname"
            + " JOIN pg_catalog.pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped"
            + " AND a.attgenerated = ''";

    private static final String COLUMNS_OF_PARTITIONS = " FROM pg_catalog.pg_class c"
            + " JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace"
            + " CROSS JOIN LATERAL pg_catalog.pg_partition_tree(c.oid) t"
            + " JOIN pg_catalog.pg_class p ON p.oid = t.relid AND p.relkind = 'r'"
            + " JOIN pg_catalog.pg_namespace pn ON pn.oid = p.relnamespace"
            + " JOIN pg_catalog.pg_attribute a ON a.attrelid = p.oid AND a.attnum > 0 AND NOT a.attisdropped"
            + " AND a.attgenerated = '' WHERE c.relkind = 'p'";

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

    /** Returns the tables in which a column of those that were dumped does not exist or is computed, with the first. */
    Map<RelationName, String> withoutSomeColumn(List<TableContent> dumped) throws SQLException {
        Map<RelationName, String> missing = new HashMap<>();
        for (int from = 0; from < dumped.size(); from += AT_ONCE) {
            List<TableContent> some = dumped.subList(from, Math.min(dumped.size(), from + AT_ONCE));
            Map<RelationName, Set<String>> present = columns(some);
            for (TableContent table : some) {
                RelationName name = new RelationName(table.schema(), table.name());
                table.columns().stream()
                        .filter(column -> !present.getOrDefault(name, Set.of()).contains(column))
                        .findFirst()
                        .ifPresent(column -> missing.put(name, column));
            }
        }
        return missing;
    }

    private Map<RelationName, Set<String>> columns(List<TableContent> tables) throws SQLException {
        Map<RelationName, Set<String>> columns = new HashMap<>();
        Queries.list(
                        connection,
                        "SELECT n.nspname, c.relname, a.attname" + USER_RELATIONS_WITH_COLUMNS,
                        row -> Map.entry(new RelationName(row.getString(1), row.getString(2)), row.getString(3)),
                        names(tables.stream().map(TableContent::schema)),
                        names(tables.stream().map(TableContent::name)))
                .forEach(column -> columns.computeIfAbsent(column.getKey(), table -> new HashSet<>())
                        .add(column.getValue()));
        return columns;
    }

    private Array names(Stream<String> names) throws SQLException {
        return connection.createArrayOf("text", names.toArray());
    }

    /**
     * Returns the partitions that hold the rows of each partitioned table, with their columns in their own order: with
     * {@code --load-via-partition-root} so their rows are dumped.
     */
    Map<RelationName, List<TableReadings.Part>> partitions() throws SQLException {
        Map<RelationName, Map<RelationName, List<String>>> columns = new HashMap<>();
        Queries.list(
                        connection,
                        "SELECT n.nspname, c.relname, pn.nspname, p.relname, a.attname" + COLUMNS_OF_PARTITIONS
                                + " ORDER BY c.oid, p.oid, a.attnum",
                        row -> Map.entry(
                                new RelationName(row.getString(1), row.getString(2)),
                                new TableReadings.Part(
                                        new RelationName(row.getString(3), row.getString(4)),
                                        List.of(row.getString(5)))))
                .forEach(column -> columns.computeIfAbsent(column.getKey(), root -> new LinkedHashMap<>())
                        .computeIfAbsent(column.getValue().name(), part -> new ArrayList<>())
                        .addAll(column.getValue().columns()));
        Map<RelationName, List<TableReadings.Part>> partitions = new HashMap<>();
        columns.forEach((root, parts) -> partitions.put(
                root,
                parts.entrySet().stream()
                        .map(part -> new TableReadings.Part(part.getKey(), part.getValue()))
                        .toList()));
        return partitions;
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
        for (int from = 0; from < tables.size(); from += AT_ONCE) {
            List<RelationName> some = tables.subList(from, Math.min(tables.size(), from + AT_ONCE));
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

    /** Names each of these sequences whose value is another, with that value; null for one that does not exist. */
    void differing(List<SequenceValue> expected, BiConsumer<SequenceValue, @Nullable SequenceValue> each)
            throws SQLException {
        for (int from = 0; from < expected.size(); from += AT_ONCE) {
            List<SequenceValue> some = expected.subList(from, Math.min(expected.size(), from + AT_ONCE));
            Map<RelationName, SequenceValue> values = values(present(some));
            for (SequenceValue one : some) {
                SequenceValue found = values.get(new RelationName(one.schema(), one.name()));
                if (!one.equals(found)) {
                    each.accept(one, found);
                }
            }
        }
    }

    private List<RelationName> present(List<SequenceValue> sequences) throws SQLException {
        return Queries.list(
                connection,
                "SELECT n.nspname, c.relname" + USER_RELATIONS
                        + " AND c.relkind = 'S' AND c.relname = ANY (?::text[]) AND (n.nspname, c.relname) IN"
                        + " (SELECT * FROM unnest(?::text[], ?::text[]))",
                row -> new RelationName(row.getString(1), row.getString(2)),
                names(sequences.stream().map(SequenceValue::name)),
                names(sequences.stream().map(SequenceValue::schema)),
                names(sequences.stream().map(SequenceValue::name)));
    }

    private Map<RelationName, SequenceValue> values(List<RelationName> sequences) throws SQLException {
        Map<RelationName, SequenceValue> values = new HashMap<>();
        if (sequences.isEmpty()) {
            return values;
        }
        StringBuilder sql = new StringBuilder();
        for (int i = 0; i < sequences.size(); i++) {
            sql.append(i == 0 ? "" : " UNION ALL ")
                    .append("SELECT ")
                    .append(i)
                    .append(", last_value, is_called FROM ")
                    .append(sequences.get(i).quoted());
        }
        Queries.list(
                        connection,
                        sql.toString(),
                        row -> new SequenceValue(
                                sequences.get(row.getInt(1)).schema(),
                                sequences.get(row.getInt(1)).name(),
                                row.getLong(2),
                                row.getBoolean(3)))
                .forEach(value -> values.put(new RelationName(value.schema(), value.name()), value));
        return values;
    }

    /** Returns whether the database holds large objects. */
    boolean hasLargeObjects() throws SQLException {
        return Queries.truth(connection, "SELECT EXISTS (SELECT FROM pg_catalog.pg_largeobject_metadata)");
    }
}
