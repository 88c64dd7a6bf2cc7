package org.pgproof.manifest.contents;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.pgproof.archive.Layout;

/** Contents of tables, packed. */
public final class PackedTables extends PackedList<TableContent> {
    @Override
    void pack(TableContent table, Packer to) {
        to.name(table.schema());
        to.text(table.name());
        to.number(table.columns().size());
        table.columns().forEach(to::name);
        to.number(table.rows());
        to.number(table.bytes());
        int digits = table.fingerprint().lastIndexOf(':') + 1;
        to.name(table.fingerprint().substring(0, digits));
        to.hex(table.fingerprint().substring(digits));
        to.number(table.data().size());
        table.data().forEach(span -> {
            to.number(span.start());
            to.number(span.end());
        });
    }

    @Override
    TableContent unpack(Unpacker from) {
        return new TableContent(
                from.name(),
                from.text(),
                columns(from),
                from.number(),
                from.number(),
                from.name() + Objects.requireNonNull(from.hex()),
                data(from));
    }

    private static List<String> columns(Unpacker from) {
        int count = (int) from.number();
        List<String> columns = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            columns.add(from.name());
        }
        return columns;
    }

    private static List<Layout.Span> data(Unpacker from) {
        int count = (int) from.number();
        List<Layout.Span> data = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            data.add(new Layout.Span(from.number(), from.number()));
        }
        return data;
    }
}
