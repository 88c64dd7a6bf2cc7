package org.pgproof.dump;

import java.util.Optional;
import org.pgproof.dump.sql.RelationName;

/**
 * Told what a dump contains, in the order of the stream. Every method does nothing by default. Offsets count the bytes
 * of the stream from 0.
 */
public interface DumpListener {
    /** The version of the server the dump was taken from, as its first comments give it: {@code 15.18 (Debian …)}. */
    default void serverVersion(String version) {}

    /** The version of the pg_dump that wrote it. */
    default void clientVersion(String version) {}

    /** A {@code SET name = value;}: {@code client_encoding} and {@code standard_conforming_strings} among them. */
    default void setting(String name, String value) {}

    /** An object is announced. */
    default void entry(TocEntry entry) {}

    /** A statement begins at this offset. */
    default void statementBegins(long offset) {}

    /**
     * A statement ended that no pg_dump writes. Told after {@link #statement}, before what follows from it; psql and this
     * scanner may agree on it nevertheless.
     *
     * @param offset of its first byte
     */
    default void foreign(String reason, long offset) {}

    /** A statement ended. What follows from it ({@link #copyBegins}, {@link #sequenceValue} …) is told after this. */
    default void statement(Statement statement) {}

    /** psql reads past the end of a statement of this entry, and so cannot restore what follows. */
    default void misreadByPsql(Optional<TocEntry> entry) {}

    /** Rows begin at this offset, right after the line of the COPY statement. */
    default void copyBegins(CopyTarget target, long offset) {}

    /**
     * The rows ended.
     *
     * @param offset just after the last row: where the line with the backslash and the full stop begins
     */
    default void copyEnds(CopyTarget target, Rows rows, long offset) {}

    /** One INSERT statement: how rows are dumped with {@code --inserts}. Such rows are not hashed. */
    default void insert(RelationName table) {}

    /** A materialized view is filled. */
    default void refresh(RelationName view) {}

    /** A sequence is set. */
    default void sequenceValue(SequenceValue value) {}

    /** All large objects; told once, by {@link DumpScanner#end}. */
    default void largeObjects(LargeObjects objects) {}

    /** A backslash command for psql. Those not {@link MetaCommand#expected} must never be given to psql. */
    default void metaCommand(MetaCommand command) {}

    /**
     * Something that psql may read differently than this scanner does, so that what is told from here on proves
     * nothing: an encoding that is not a superset of ASCII, a NUL byte … The dump is not complete in the sense of
     * {@link DumpScanner#complete}.
     */
    default void unsupported(String reason, long offset) {}
}
