package org.pgproof.manifest.contents;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.pgproof.archive.Layout;
import org.pgproof.dump.Fingerprint;
import org.pgproof.dump.Form;
import org.pgproof.dump.Rows;

/**
 * The rows of one table.
 *
 * @param columns in the order in which the dump writes them
 * @param rows number of rows
 * @param bytes size of the rows as COPY text, with their newlines
 * @param fingerprint as {@link org.pgproof.dump.Fingerprint} prints it
 * @param data where the rows lie in the unpacked dump: one span for each COPY
 */
public record TableContent(
        String schema,
        String name,
        List<String> columns,
        long rows,
        long bytes,
        String fingerprint,
        List<Layout.Span> data) {
    /** A document that lacks a field is not readable. */
    public TableContent {
        Form.requireStorable(schema);
        Form.requireStorable(name);
        columns = List.copyOf(columns);
        Form.requireStorable(columns);
        Objects.requireNonNull(fingerprint, "fingerprint");
        data = List.copyOf(data);
    }

    /** Returns both together: further rows of the table, which lie elsewhere in the dump. */
    public TableContent plus(Rows more, Layout.Span span) {
        List<Layout.Span> spans = new ArrayList<>(data);
        spans.add(span);
        Rows both = new Rows(rows, bytes, Fingerprint.parse(fingerprint)).plus(more);
        return new TableContent(
                schema,
                name,
                columns,
                both.count(),
                both.bytes(),
                both.fingerprint().toString(),
                spans);
    }

    /** Returns {@code schema.name}, for people. */
    public String display() {
        return schema + "." + name;
    }
}
