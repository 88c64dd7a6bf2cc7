package org.pgproof.archive;

import java.util.List;
import java.util.Objects;

/**
 * Where the parts of a dump lie, so that each can be read on its own.
 *
 * @param preData definitions that come before the rows, in the unpacked dump
 * @param data the rows and what else is data
 * @param postData definitions that come after the rows
 * @param statements what in {@code data} is not the rows of a table: sequence values, large objects
 * @param members gzip members that begin between two rows or statements, in ascending order; the first at 0
 */
public record Layout(Span preData, Span data, Span postData, List<Span> statements, List<Member> members) {
    /** A document that lacks a field is not readable. */
    public Layout {
        Objects.requireNonNull(preData, "preData");
        Objects.requireNonNull(data, "data");
        Objects.requireNonNull(postData, "postData");
        Objects.requireNonNull(statements, "statements");
        Objects.requireNonNull(members, "members");
    }

    /** Bytes {@code start} (inclusive) to {@code end} (exclusive) of the unpacked dump. */
    public record Span(long start, long end) {
        /** Returns the number of bytes. */
        public long length() {
            return end - start;
        }
    }

    /**
     * A gzip member.
     *
     * @param offset where it begins in the dump object
     * @param position where what it unpacks to begins in the unpacked dump
     */
    public record Member(long offset, long position) {}
}
