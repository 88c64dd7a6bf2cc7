package org.pgproof.dump;

import java.util.List;
import org.pgproof.dump.sql.RelationName;

/**
 * What a {@code COPY … FROM stdin} fills.
 *
 * @param columns in the order of the rows' fields; empty for a table without columns, or where none are named
 * @param options what stands between {@code stdin} and the semicolon; pg_dump writes none
 */
public record CopyTarget(RelationName table, List<String> columns, String options) {
    public CopyTarget {
        columns = List.copyOf(columns);
    }
}
