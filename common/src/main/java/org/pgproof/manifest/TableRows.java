package org.pgproof.manifest;

import java.util.ArrayList;
import java.util.List;
import org.pgproof.dump.RelationName;
import org.pgproof.dump.Rows;

/** The rows of one table, summed over the COPY statements that fill it. */
final class TableRows {
    private final List<String> columns;
    private final List<Layout.Span> data = new ArrayList<>(1);
    private Rows rows = Rows.NONE;

    TableRows(List<String> columns) {
        this.columns = columns;
    }

    void add(Rows more, Layout.Span span) {
        rows = rows.plus(more);
        data.add(span);
    }

    TableContent of(RelationName table) {
        return new TableContent(
                table.schema(),
                table.name(),
                columns,
                rows.count(),
                rows.bytes(),
                rows.fingerprint().toString(),
                List.copyOf(data));
    }
}
