package org.pgproof.backup.source;

import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.pgproof.postgres.Queries;

/**
 * Finds what of the catalog is no longer as a snapshot has it. {@code pg_dump} takes the catalog's rows from its snapshot
 * and has definitions printed by functions that answer from today's catalog, and so may mix the two. Objects of temporary
 * schemas, new objects and what changes no definition do not count.
 */
final class CatalogChanges {
    private static final String HAS_COLUMNS_OF_NAMES = "SELECT EXISTS (SELECT FROM pg_catalog.pg_attribute a"
            + " JOIN pg_catalog.pg_class c ON c.oid = a.attrelid"
            + " JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace"
            + " WHERE c.relkind IN ('r', 'c') AND a.attnum > 0 AND n.nspname <> 'information_schema'"
            + " AND n.nspname !~ '^pg_' AND a.atttypid IN (SELECT pg_catalog.unnest(ARRAY[t.oid, t.typarray])"
            + " FROM pg_catalog.pg_type t WHERE t.typname IN ('regclass', 'regcollation', 'regconfig', 'regdictionary',"
            + " 'regnamespace', 'regoper', 'regoperator', 'regproc', 'regprocedure', 'regtype')"
            + " AND t.typnamespace = 'pg_catalog'::pg_catalog.regnamespace))";

    private final Connection snapshot;
    private final Today today;

    /** Opens a connection that sees the database as it is. */
    interface Today {
        Connection open() throws SQLException;
    }

    /**
     * An object that is another than when the snapshot was taken.
     *
     * @param relation the object's own name or that of the relation it is a part of; null for a schema
     * @param what names it for people
     * @param gone whether it was dropped
     */
    record Change(String schema, @Nullable String relation, String what, boolean gone) {}

    private record Row(String catalog, String key, String digest, Change change) {}

    /** @param snapshot a connection within the snapshot's transaction */
    CatalogChanges(Connection snapshot, Today today) {
        this.snapshot = snapshot;
        this.today = today;
    }

    /** Returns what definitions depend on and has changed. */
    List<Change> ofDefinitions() throws IOException {
        return changes(CatalogKind.ofDefinitions());
    }

    /** Returns what the text of rows depends on and has changed. */
    List<Change> ofRows() throws IOException {
        try {
            return changes(CatalogKind.ofRows(Queries.truth(snapshot, HAS_COLUMNS_OF_NAMES)));
        } catch (SQLException e) {
            throw unreadable(e);
        }
    }

    private List<Change> changes(List<CatalogKind> kinds) throws IOException {
        try {
            List<Row> touched = new ArrayList<>();
            for (CatalogKind kind : kinds) {
                touched.addAll(Queries.list(
                        snapshot,
                        kind.touched(),
                        row -> new Row(
                                row.getString(1),
                                row.getString(2),
                                row.getString(3),
                                new Change(row.getString(4), row.getString(5), row.getString(6), false))));
            }
            return touched.isEmpty() ? List.of() : changed(kinds, touched);
        } catch (SQLException e) {
            throw unreadable(e);
        }
    }

    private List<Change> changed(List<CatalogKind> kinds, List<Row> touched) throws SQLException {
        Map<String, List<Row>> byCatalog = touched.stream().collect(Collectors.groupingBy(Row::catalog));
        Map<String, String> digests = new HashMap<>();
        try (Connection connection = today.open()) {
            connection.setAutoCommit(false);
            connection.setReadOnly(true);
            Queries.execute(connection, "SET LOCAL search_path = pg_catalog");
            for (CatalogKind kind : kinds) {
                List<Row> rows = byCatalog.getOrDefault(kind.catalog(), List.of());
                if (!rows.isEmpty()) {
                    Object[] keys = rows.stream().map(Row::key).toArray();
                    Queries.list(
                                    connection,
                                    kind.today(),
                                    row -> Map.entry(row.getString(1) + row.getString(2), row.getString(3)),
                                    connection.createArrayOf("text", keys))
                            .forEach(row -> digests.put(row.getKey(), row.getValue()));
                }
            }
            connection.rollback();
        }
        return changed(touched, digests);
    }

    private static List<Change> changed(List<Row> touched, Map<String, String> digests) {
        List<Change> changes = new ArrayList<>();
        for (Row row : touched) {
            String digest = digests.get(row.catalog() + row.key());
            if (!row.digest().equals(digest)) {
                Change change = row.change();
                changes.add(new Change(change.schema(), change.relation(), change.what(), digest == null));
            }
        }
        return List.copyOf(new HashSet<>(changes));
    }

    private static IOException unreadable(SQLException e) {
        return new IOException(
                "the database could not be asked what of its schema changed meanwhile: " + e.getMessage(), e);
    }
}
