package org.pgproof.verify.comparison;

import java.sql.Array;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.pgproof.dump.sql.RelationName;
import org.pgproof.manifest.Manifest;
import org.pgproof.postgres.Queries;

/**
 * Finds stored rows of tables whose columns a restore put in another order. The text of a row is a list of values without
 * names, so each value is where it was, and belongs to another column.
 */
final class MisreadRows {
    /** Types that may hold a value of the given ones, by the type within. */
    private static final String HOLDERS = "WITH RECURSIVE holds(type) AS (SELECT * FROM pg_catalog.unnest(?::oid[])"
            + " UNION SELECT outer_type FROM holds h CROSS JOIN LATERAL ("
            + "SELECT t.oid FROM pg_catalog.pg_type t WHERE h.type IN (t.typelem, t.typbasetype)"
            + " UNION ALL SELECT r.rngtypid FROM pg_catalog.pg_range r WHERE r.rngsubtype = h.type"
            + " UNION ALL SELECT (pg_catalog.to_jsonb(r) ->> 'rngmultitypid')::oid FROM pg_catalog.pg_range r"
            + " WHERE r.rngtypid = h.type"
            + " UNION ALL SELECT c.reltype FROM pg_catalog.pg_attribute a"
            + " JOIN pg_catalog.pg_class c ON c.oid = a.attrelid"
            + " WHERE a.atttypid = h.type AND a.attnum > 0 AND NOT a.attisdropped AND c.reltype <> 0"
            + ") further(outer_type) WHERE outer_type IS NOT NULL)";

    private static final String PARTS = HOLDERS
            + " SELECT t.oid, 'ELEMENT', t.typelem, NULL FROM holds h JOIN pg_catalog.pg_type t ON t.oid = h.type"
            + " WHERE t.typelem IN (SELECT type FROM holds)"
            + " UNION ALL SELECT t.oid, 'BASE', t.typbasetype, NULL FROM holds h"
            + " JOIN pg_catalog.pg_type t ON t.oid = h.type WHERE t.typbasetype IN (SELECT type FROM holds)"
            + " UNION ALL SELECT r.rngtypid, 'BOUND', r.rngsubtype, NULL FROM holds h"
            + " JOIN pg_catalog.pg_range r ON r.rngtypid = h.type WHERE r.rngsubtype IN (SELECT type FROM holds)"
            + " UNION ALL SELECT h.type, 'ELEMENT', r.rngtypid, NULL FROM holds h JOIN pg_catalog.pg_range r"
            + " ON h.type = (pg_catalog.to_jsonb(r) ->> 'rngmultitypid')::oid"
            + " UNION ALL SELECT t.oid, 'FIELD', a.atttypid, a.attname FROM holds h"
            + " JOIN pg_catalog.pg_type t ON t.oid = h.type"
            + " JOIN pg_catalog.pg_attribute a ON a.attrelid = t.typrelid AND a.attnum > 0 AND NOT a.attisdropped"
            + " WHERE t.typrelid <> 0 AND a.atttypid IN (SELECT type FROM holds)";

    private static final String COLUMNS = HOLDERS + " SELECT n.nspname, c.relname, a.attname, a.atttypid"
            + RestoredCatalog.USER_RELATIONS.replace(
                    " WHERE ",
                    " JOIN pg_catalog.pg_attribute a ON a.attrelid = c.oid"
                            + " AND a.attnum > 0 AND NOT a.attisdropped JOIN holds h ON h.type = a.atttypid WHERE ")
            + " AND c.relkind = 'r' ORDER BY 1, 2, a.attnum";

    private final Connection connection;
    private final Map<Long, Reordered> reordered = new HashMap<>();
    private final Map<Long, List<Part>> parts = new HashMap<>();
    private int aliases;

    MisreadRows(Connection connection) {
        this.connection = connection;
    }

    /**
     * A table whose columns came back in another order.
     *
     * @param table as the manifest has it
     * @param columns as they are now
     */
    private record Reordered(Manifest.RowType table, List<String> columns) {
        /** Says that a value of the type means something else than it did, for a field that moved holds something else. */
        List<String> conditions(String value) {
            List<String> conditions = new ArrayList<>();
            for (int i = 0; i < columns.size(); i++) {
                String was = table.columns().get(i);
                if (!was.equals(columns.get(i))) {
                    conditions.add(text(value, was) + " IS DISTINCT FROM " + text(value, columns.get(i)));
                }
            }
            return conditions;
        }

        private static String text(String value, String field) {
            return "(" + value + ")." + RelationName.quote(field) + "::pg_catalog.text";
        }
    }

    /** Of what a type's values consist. */
    private enum Kind {
        ELEMENT,
        BASE,
        BOUND,
        FIELD
    }

    /** @param field its name, of a {@link Kind#FIELD}; else empty */
    private record Part(Kind kind, long type, String field) {}

    private record Column(RelationName table, String name, long type) {}

    /** Returns what was found, for people; empty when every stored row means what it meant. */
    List<String> find(List<Manifest.RowType> dumped) throws SQLException {
        for (List<Manifest.RowType> some : Batches.of(dumped)) {
            noteReordered(some);
        }
        if (reordered.isEmpty()) {
            return List.of();
        }
        Object types = connection.createArrayOf("oid", reordered.keySet().toArray());
        Queries.list(
                connection,
                PARTS,
                row -> parts.computeIfAbsent(row.getLong(1), outer -> new ArrayList<>())
                        .add(new Part(
                                Kind.valueOf(row.getString(2)),
                                row.getLong(3),
                                row.getString(4) == null ? "" : row.getString(4))),
                types);
        List<Column> columns = Queries.list(
                connection,
                COLUMNS,
                row -> new Column(
                        new RelationName(row.getString(1), row.getString(2)), row.getString(3), row.getLong(4)),
                types);
        List<String> found = new ArrayList<>();
        for (Column column : columns) {
            if (isMisread(column)) {
                found.add(column.table() + ": rows stored in the column " + column.name() + " have their values under"
                        + " other names, because columns came back in another order: " + orders());
            }
        }
        return found;
    }

    private void noteReordered(List<Manifest.RowType> dumped) throws SQLException {
        List<Map.Entry<Long, Reordered>> restored = Queries.list(
                connection,
                "SELECT t.place, c.reltype, pg_catalog.array_agg(a.attname::text ORDER BY a.attnum)"
                        + " FROM ROWS FROM (pg_catalog.unnest(?::text[]), pg_catalog.unnest(?::text[]))"
                        + " WITH ORDINALITY AS t (schema, name, place)"
                        + " JOIN pg_catalog.pg_namespace n ON n.nspname = t.schema"
                        + " JOIN pg_catalog.pg_class c ON c.relnamespace = n.oid AND c.relname = t.name"
                        + " JOIN pg_catalog.pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0"
                        + " AND NOT a.attisdropped GROUP BY 1, 2",
                row -> Map.entry(row.getLong(2), new Reordered(dumped.get(row.getInt(1) - 1), List.of((String[])
                        row.getArray(3).getArray()))),
                array(dumped, Manifest.RowType::schema),
                array(dumped, Manifest.RowType::name));
        restored.stream()
                .filter(table -> isReordered(table.getValue()))
                .forEach(table -> reordered.put(table.getKey(), table.getValue()));
    }

    private Array array(List<Manifest.RowType> tables, Function<Manifest.RowType, String> part) throws SQLException {
        return connection.createArrayOf("text", tables.stream().map(part).toArray());
    }

    /** Other columns than before are another finding. */
    private static boolean isReordered(Reordered table) {
        return !table.columns().equals(table.table().columns())
                && Set.copyOf(table.columns()).equals(Set.copyOf(table.table().columns()));
    }

    private boolean isMisread(Column column) throws SQLException {
        String condition = condition("t." + RelationName.quote(column.name()), column.type());
        return Queries.truth(
                connection,
                "SELECT EXISTS (SELECT FROM ONLY " + column.table().quoted() + " AS t WHERE " + condition + ")");
    }

    private String condition(String value, long type) {
        List<String> any = new ArrayList<>();
        Reordered itself = reordered.get(type);
        if (itself != null) {
            any.addAll(itself.conditions(value));
        }
        for (Part part : parts.getOrDefault(type, List.of())) {
            any.add(
                    switch (part.kind()) {
                        case BASE -> condition(value, part.type());
                        case FIELD -> condition("(" + value + ")." + RelationName.quote(part.field()), part.type());
                        case BOUND ->
                            condition("pg_catalog.lower(" + value + ")", part.type())
                                    + " OR "
                                    + condition("pg_catalog.upper(" + value + ")", part.type());
                        case ELEMENT -> anyElement(value, part.type());
                    });
        }
        return "(" + String.join(" OR ", any) + ")";
    }

    private String anyElement(String value, long type) {
        String elements = "e" + aliases++;
        return "EXISTS (SELECT FROM (SELECT pg_catalog.unnest(" + value + ") AS e) AS " + elements + " WHERE "
                + condition(elements + ".e", type) + ")";
    }

    private String orders() {
        return String.join(
                "; ",
                reordered.values().stream()
                        .map(table -> table.table().display() + " had "
                                + String.join(", ", table.table().columns()) + " and has "
                                + String.join(", ", table.columns()))
                        .sorted()
                        .toList());
    }
}
