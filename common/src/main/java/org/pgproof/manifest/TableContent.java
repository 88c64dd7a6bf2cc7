package org.pgproof.manifest;

import java.util.List;
import java.util.Objects;

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
        schema = schema.intern(); // shared by hundreds of thousands
        Objects.requireNonNull(name, "name");
        columns = List.copyOf(columns);
        Objects.requireNonNull(fingerprint, "fingerprint");
        data = List.copyOf(data);
    }

    /** Returns {@code schema.name}, for people. */
    public String display() {
        return schema + "." + name;
    }
}
