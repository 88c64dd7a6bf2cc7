package org.pgproof.backup.source;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.pgproof.manifest.Manifest;
import org.pgproof.postgres.Queries;

/**
 * Reads in which order the columns of a table stand whose rows other tables store. After {@code ALTER TABLE parent ADD
 * COLUMN} a child's own columns stand before the new one; a restore creates them the other way round, and a stored row,
 * whose text is but a list of values, then has them under other names.
 */
final class RowTypes {
    private static final String USED = "WITH RECURSIVE used(type) AS (SELECT a.atttypid FROM pg_catalog.pg_class c"
            + " JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace"
            + " JOIN pg_catalog.pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped"
            + " WHERE c.relkind = 'r' AND n.nspname <> 'information_schema' AND n.nspname !~ '^pg_'"
            + " UNION SELECT inner_type FROM used u CROSS JOIN LATERAL ("
            + "SELECT pg_catalog.unnest(ARRAY[t.typelem, t.typbasetype]) FROM pg_catalog.pg_type t WHERE t.oid = u.type"
            + " UNION ALL SELECT r.rngsubtype FROM pg_catalog.pg_range r WHERE u.type IN (r.rngtypid, "
            // A column since version 14.
            + "(pg_catalog.to_jsonb(r) ->> 'rngmultitypid')::oid)"
            + " UNION ALL SELECT a.atttypid FROM pg_catalog.pg_type t JOIN pg_catalog.pg_attribute a"
            + " ON a.attrelid = t.typrelid AND a.attnum > 0 AND NOT a.attisdropped WHERE t.oid = u.type"
            + ") further(inner_type) WHERE inner_type <> 0)";

    private static final String ORDERED =
            " SELECT n.nspname, c.relname, pg_catalog.array_agg(a.attname::text ORDER BY a.attnum) FROM used u"
                    + " JOIN pg_catalog.pg_type t ON t.oid = u.type"
                    + " JOIN pg_catalog.pg_class c ON c.oid = t.typrelid AND c.relkind IN ('r', 'p', 'f')"
                    + " JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace"
                    + " JOIN pg_catalog.pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped"
                    + " GROUP BY 1, 2 "
                    // Bytes in no known encoding cannot be told, and no verification goes by such names.
                    + " HAVING pg_catalog.current_setting('server_encoding') <> 'SQL_ASCII' OR"
                    + " NOT pg_catalog.bool_or((n.nspname || c.relname || a.attname) COLLATE \"C\" ~ '[^ -~]') ORDER BY 1, 2";

    private RowTypes() {}

    static List<Manifest.RowType> read(Connection connection) throws SQLException {
        return Queries.list(
                connection,
                USED + ORDERED,
                row -> new Manifest.RowType(row.getString(1), row.getString(2), List.of((String[])
                        row.getArray(3).getArray())));
    }
}
