package org.pgproof.dump;

import java.util.Objects;
import java.util.Optional;
import org.pgproof.dump.sql.BoundedLine;
import org.pgproof.dump.sql.ByteSearch;
import org.pgproof.dump.sql.SqlBytes;
import org.pgproof.dump.sql.SqlLexer;

/**
 * Watches the plain-format output of pg_dump go by and tells a listener what it contains. The stream may be cut into
 * pieces anywhere; memory is bounded whatever it holds: rows are hashed as they pass, of a statement at most
 * {@link Statement#HEAD_LIMIT} bytes are kept. Not safe for use by several threads.
 */
public final class DumpScanner {
    private enum Mode {
        SQL,
        COMMENT,
        BACKSLASH,
        META_COMMAND,
        AFTER_STATEMENT,
        REST_OF_LINE,
        ROWS,
        STOPPED
    }

    private static final int COMMENT_LIMIT = 1 << 16;
    private static final int META_COMMAND_LIMIT = 1000;

    /** PostgreSQL takes no statement of a gibibyte (MaxAllocSize), and psql would hold it all. */
    private static final long LONGEST_TEXT = 1L << 30;

    private final DumpListener listener;
    private final Session session = new Session();
    private final SqlLexer lexer = new SqlLexer();
    private final LargeObjectReader largeObjects = new LargeObjectReader(session);
    private final StatementText text = new StatementText(largeObjects);
    private final StatementReader statements = new StatementReader(session, largeObjects);
    private final BoundedLine comment = new BoundedLine(COMMENT_LIMIT);
    private final BoundedLine metaCommand = new BoundedLine(META_COMMAND_LIMIT);
    private final CommentReader comments = new CommentReader(new CommentsFound());
    private final Completion completion = new Completion();
    private final RowScanner rows;

    private Mode mode = Mode.SQL;
    private long position;
    private long boundary;
    private long statementStart;
    private long lineStart;
    private long rowsStart;
    private Optional<TocEntry> entry = Optional.empty();
    private Optional<CopyTarget> copy = Optional.empty();
    private String unsupported = "";
    private boolean misread;
    private boolean ended;

    /** A scanner that hashes every row. */
    public DumpScanner(DumpListener listener) {
        this(listener, true);
    }

    /** With {@code hashRows} false rows are counted only, and every table's fingerprint is zero. */
    public DumpScanner(DumpListener listener, boolean hashRows) {
        this.listener = listener;
        this.rows = new RowScanner(hashRows);
    }

    /**
     * A scanner that finds the ends of statements where the server does. psql, which other scanners follow, misses them in a
     * function that is named begin or uses such a name: the listener is told.
     */
    public static DumpScanner readingAsServer(DumpListener listener) {
        DumpScanner scanner = new DumpScanner(listener);
        scanner.lexer.readAsServer();
        return scanner;
    }

    /** Takes the next bytes of the stream, cut anywhere. */
    public void write(byte[] bytes, int offset, int length) {
        Objects.checkFromIndexSize(offset, length, bytes.length);
        int to = offset + length;
        int i = offset;
        while (i < to) {
            int next =
                    switch (mode) {
                        case SQL -> sql(bytes, i, to);
                        case COMMENT -> comment(bytes, i, to);
                        case BACKSLASH -> backslash(bytes, i);
                        case META_COMMAND -> metaCommand(bytes, i, to);
                        case AFTER_STATEMENT -> afterStatement(bytes, i, to);
                        case REST_OF_LINE -> restOfLine(bytes, i, to);
                        case ROWS -> rows(bytes, i, to);
                        case STOPPED -> to;
                    };
            position += next - i;
            i = next;
            if (mode == Mode.ROWS) {
                boundary = position - rows.cutRowLength();
            } else if (mode == Mode.AFTER_STATEMENT || mode == Mode.STOPPED) {
                boundary = position;
            } else if (position - boundary > LONGEST_TEXT) {
                unsupported("more than a gibibyte of text without the end of a statement", boundary);
            }
        }
    }

    private int sql(byte[] bytes, int from, int to) {
        boolean open = lexer.inStatement();
        int next = lexer.scan(bytes, from, to);
        if (open) {
            text.append(bytes, from, next - from);
        }
        long offset = position + next - from;
        switch (lexer.stop()) {
            case INPUT -> {}
            case STATEMENT_STARTS -> statementStarts(offset);
            case STATEMENT_ENDS -> statementEnds(offset);
            case STATEMENT_GOES_ON -> misread();
            case LINE_COMMENT -> lineStarts(Mode.COMMENT, comment, offset - 2);
            case BACKSLASH -> lineStarts(Mode.BACKSLASH, metaCommand, offset - 1);
            case UNSUPPORTED -> unsupported(lexer.reason(), offset);
        }
        return next;
    }

    private void lineStarts(Mode reading, BoundedLine line, long offset) {
        mode = reading;
        lineStart = offset;
        line.clear();
    }

    private void statementStarts(long offset) {
        completion.statement();
        misread = false;
        text.begin();
        statementStart = offset;
        if (lexer.firstByte() != 0) {
            statementStart--;
            text.append(lexer.firstByte());
        }
        listener.statementBegins(statementStart);
    }

    private void statementEnds(long offset) {
        mode = Mode.AFTER_STATEMENT;
        Meaning meaning = statements.read(text);
        lexer.standardStrings(session.standardStrings());
        listener.statement(new Statement(
                meaning.kind(), statementStart, offset, text.digest(), text.head(session.encoding()), entry));
        tellForeign();
        meaning.told().accept(listener);
        if (lexer.goesOnForPsql()) {
            misread();
        }
        copy = meaning.rows();
        if (meaning.alone()) {
            mode = Mode.REST_OF_LINE;
        }
        if (!meaning.unsupported().isEmpty()) {
            unsupported(meaning.unsupported(), statementStart);
        }
    }

    private void misread() {
        if (!misread) {
            misread = true;
            listener.misreadByPsql(entry);
        }
    }

    private void tellForeign() {
        String reason =
                lexer.foreign().isEmpty() ? ForeignStatement.reason(text, entry.isEmpty(), session) : lexer.foreign();
        if (!reason.isEmpty()) {
            listener.foreign(reason, statementStart);
        }
    }

    private int afterStatement(byte[] bytes, int from, int to) {
        int i = from;
        while (i < to && SqlBytes.isSpace(bytes[i])) {
            i++;
        }
        if (i < to) {
            boundary = position + i - from;
            mode = Mode.SQL;
        }
        return i;
    }

    private int restOfLine(byte[] bytes, int from, int to) {
        int i = from;
        while (i < to && bytes[i] != '\n' && SqlBytes.isSpace(bytes[i])) {
            i++;
        }
        if (i == to) {
            return to;
        }
        long offset = position + i + 1 - from;
        if (bytes[i] != '\n') {
            unsupported("more on the line of a statement that changes how the next line is read", offset - 1);
        } else if (copy.isPresent()) {
            mode = Mode.ROWS;
            rows.reset();
            rowsStart = offset;
            listener.copyBegins(copy.get(), offset);
        } else {
            mode = Mode.AFTER_STATEMENT;
        }
        return i + 1;
    }

    private int rows(byte[] bytes, int from, int to) {
        int taken = rows.write(bytes, from, to - from);
        CopyTarget target = copy.orElseThrow();
        if (rows.firstNul().isPresent()) {
            unsupported(
                    "a NUL byte in the rows of " + target.table(),
                    rowsStart + rows.firstNul().getAsLong());
        } else if (rows.terminated()) {
            mode = Mode.AFTER_STATEMENT;
            listener.copyEnds(target, rows.rows(), rowsStart + rows.rows().bytes());
        }
        return from + taken;
    }

    private int comment(byte[] bytes, int from, int to) {
        int i = from;
        while (i < to && bytes[i] != '\n' && bytes[i] != '\r' && bytes[i] != 0) {
            i++;
        }
        comment.append(bytes, from, i - from);
        if (i == to) {
            return to;
        }
        long end = position + i + 1 - from;
        mode = Mode.SQL;
        if (bytes[i] == 0) {
            unsupported("a NUL byte in a comment", end - 1);
        } else {
            comments.line(comment.text(session.encoding()), lineStart, end);
        }
        return i + 1;
    }

    private int backslash(byte[] bytes, int from) {
        mode = Mode.META_COMMAND;
        metaCommand.append(new byte[] {'\\'}, 0, 1);
        if (lexer.inStatement() && (bytes[from] == ';' || bytes[from] == ':')) { // no command, but none of pg_dump's
            metaCommand.append(bytes, from, 1);
            text.append(bytes, from, 1);
            metaCommandEnds();
            return from + 1;
        }
        return from;
    }

    private int metaCommand(byte[] bytes, int from, int to) {
        int i = ByteSearch.indexOfOrNul(bytes, from, to, (byte) '\n');
        metaCommand.append(bytes, from, i - from);
        if (lexer.inStatement()) {
            text.append(bytes, from, i - from);
        }
        if (i < to) {
            metaCommandEnds();
        }
        return i; // the newline, or the NUL, is the lexer's
    }

    private void metaCommandEnds() {
        mode = Mode.SQL;
        String line = metaCommand.text(session.encoding());
        boolean expected = !lexer.inStatement() && metaCommand.whole() && completion.metaCommand(line);
        listener.metaCommand(new MetaCommand(line, lineStart, lexer.inStatement(), expected));
    }

    private void unsupported(String reason, long offset) {
        mode = Mode.STOPPED;
        unsupported = reason + " at offset " + offset;
        listener.unsupported(reason, offset);
    }

    /** The stream has ended: tells what is only known then. Must be called once. */
    public void end() {
        if (mode == Mode.BACKSLASH || mode == Mode.META_COMMAND) {
            metaCommandEnds();
        }
        listener.largeObjects(largeObjects.total());
        ended = true;
    }

    /** How many bytes have been written. */
    public long position() {
        return position;
    }

    /**
     * The offset just after the last complete row, or after the last top-level statement and the white space behind it:
     * where the stream may be cut so that both parts can be read on their own.
     */
    public long boundary() {
        return boundary;
    }

    /** How many of the last bytes are those of a backslash command between statements that has not ended. */
    public long openCommand() {
        boolean open = (mode == Mode.BACKSLASH || mode == Mode.META_COMMAND) && !lexer.inStatement();
        return open ? position - lineStart : 0;
    }

    /** After {@link #end}: whether the dump is whole, to its completion trailer, with nothing after it. */
    public boolean complete() {
        return incompleteBecause().isEmpty();
    }

    /** After {@link #end}: why the dump is not whole; empty when it is. */
    public Optional<String> incompleteBecause() {
        if (!ended) {
            return Optional.of("it has not been read to its end");
        }
        if (mode == Mode.STOPPED) {
            return Optional.of("it holds what cannot be read with certainty: " + unsupported);
        }
        if (mode == Mode.ROWS) {
            return Optional.of("it ends in the middle of the rows of "
                    + copy.map(target -> target.table().toString()).orElse("a table"));
        }
        if (!lexer.unterminated().isEmpty()) {
            return Optional.of("it ends in the middle of " + lexer.unterminated());
        }
        return completion.missing();
    }

    private final class CommentsFound implements CommentReader.Found {
        @Override
        public void entry(TocEntry announced) {
            completion.entry();
            entry = Optional.of(announced);
            listener.entry(announced);
        }

        @Override
        public void trailer() {
            completion.trailer();
        }

        @Override
        public void serverVersion(String version) {
            listener.serverVersion(version);
        }

        @Override
        public void clientVersion(String version) {
            listener.clientVersion(version);
        }

        @Override
        public void notUnderstood(String line) {
            unsupported("an announcement that is not understood", lineStart);
        }
    }
}
