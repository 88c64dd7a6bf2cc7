package org.pgproof.dump;

import java.util.Optional;

/**
 * One top-level statement.
 *
 * @param start offset of its first byte: white space and comments before it are not counted
 * @param end offset just after its semicolon
 * @param digest of its bytes from {@code start} to {@code end}
 * @param head its text, of which at most {@link #HEAD_LIMIT} bytes are kept
 * @param entry the entry that was announced last; for a {@link Kind#SETTING} not the one it belongs to
 */
public record Statement(Kind kind, long start, long end, Digest digest, StatementHead head, Optional<TocEntry> entry) {
    /** How many bytes of a statement are kept. */
    public static final int HEAD_LIMIT = 1 << 20;

    /** What a statement is for. */
    public enum Kind {
        /** Session state ({@code SET …}, {@code RESET …}, {@code set_config}): belongs to what follows it. */
        SETTING,
        /** {@code BEGIN} or {@code COMMIT}, as around large objects. */
        TRANSACTION,
        /** {@code COPY … FROM stdin}: rows follow. */
        COPY,
        /** {@code INSERT INTO …}. */
        INSERT,
        /** {@code SELECT pg_catalog.setval(…)}. */
        SEQUENCE_VALUE,
        /** {@code SELECT pg_catalog.lo_create(…)} and its like. */
        LARGE_OBJECT,
        /** {@code REFRESH MATERIALIZED VIEW …}: the view holds its rows. */
        REFRESH,
        /** Everything else: part of the definition of {@link Statement#entry}. */
        DEFINITION
    }
}
