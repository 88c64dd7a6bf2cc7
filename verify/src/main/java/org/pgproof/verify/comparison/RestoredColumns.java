package org.pgproof.verify.comparison;

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
import java.util.function.Function;
import org.pgproof.dump.sql.RelationName;
import org.pgproof.manifest.contents.TableContent;
import org.pgproof.postgres.Queries;

/** What the restored database's catalog says of columns whose values can be read: of those that are not computed. */
final class RestoredColumns {
    private static final String OF_SOME_TABLES = " FROM pg_catalog.pg_class c"
            + " JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace"
            + " JOIN unnest(?::text[], ?::text[]) AS t (schema, name) ON t.schema = n.nspname AND t.name = c.relname"
            + " JOIN pg_catalog.pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped"
            + " AND a.attgenerated = ''";

    private static final String OF_PARTITIONS = " FROM pg_catalog.pg_class c"
            + " JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace"
            + " CROSS JOIN LATERAL pg_catalog.pg_partition_tree(c.oid) t"
            + " JOIN pg_catalog.pg_class p ON p.oid = t.relid AND p.relkind = 'r'"
            + " JOIN pg_catalog.pg_namespace pn ON pn.oid = p.relnamespace"
            + " JOIN pg_catalog.pg_attribute a ON a.attrelid = p.oid AND a.attnum > 0 AND NOT a.attisdropped"
            + " AND a.attgenerated = '' WHERE c.relkind = 'p'";

    private final Connection connection;

    RestoredColumns(Connection connection) {
        this.connection = connection;
    }

    /** Returns the tables in which a column of those that were dumped does not exist or is computed, with the first. */
    Map<RelationName, String> withoutSomeColumn(List<TableContent> dumped) throws SQLException {
        Map<RelationName, String> missing = new HashMap<>();
        for (List<TableContent> some : Batches.of(dumped)) {
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
                        "SELECT n.nspname, c.relname, a.attname" + OF_SOME_TABLES,
                        row -> Map.entry(new RelationName(row.getString(1), row.getString(2)), row.getString(3)),
                        array(tables, TableContent::schema),
                        array(tables, TableContent::name))
                .forEach(column -> columns.computeIfAbsent(column.getKey(), table -> new HashSet<>())
                        .add(column.getValue()));
        return columns;
    }

    private Array array(List<TableContent> tables, Function<TableContent, String> part) throws SQLException {
        return connection.createArrayOf("text", tables.stream().map(part).toArray());
    }

    /** Returns the partitioned tables whose rows are placed by the hash of a value, be it on a lower level. */
    List<RelationName> partitionedByHash() throws SQLException {
        return Queries.list(
                connection,
                "SELECT DISTINCT n.nspname, c.relname FROM pg_catalog.pg_class c"
                        + " JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace"
                        + " CROSS JOIN LATERAL pg_catalog.pg_partition_tree(c.oid) t"
                        + " JOIN pg_catalog.pg_partitioned_table p ON p.partrelid = t.relid AND p.partstrat = 'h'"
                        + " WHERE c.relkind = 'p'",
                row -> new RelationName(row.getString(1), row.getString(2)));
    }

    /**
     * Returns the partitions that hold the rows of each partitioned table, with their columns in their own order: so the
     * rows of a partition are dumped, also where they are loaded through its root.
     */
    Map<RelationName, List<TableReadings.Part>> partitions() throws SQLException {
        Map<RelationName, Map<RelationName, List<String>>> columns = new HashMap<>();
        Queries.list(
                        connection,
                        "SELECT n.nspname, c.relname, pn.nspname, p.relname, a.attname" + OF_PARTITIONS
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
        columns.forEach((root, parts) -> partitions.put(root, parts(parts)));
        return partitions;
    }

    private static List<TableReadings.Part> parts(Map<RelationName, List<String>> columns) {
        return columns.entrySet().stream()
                .map(part -> new TableReadings.Part(part.getKey(), part.getValue()))
                .toList();
    }
}
