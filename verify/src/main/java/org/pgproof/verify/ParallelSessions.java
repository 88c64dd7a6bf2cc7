package org.pgproof.verify;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import org.jspecify.annotations.Nullable;
import org.pgproof.dump.CopyTarget;
import org.pgproof.dump.DumpListener;
import org.pgproof.dump.Rows;
import org.pgproof.dump.Statement;
import org.pgproof.dump.TocEntry;
import org.pgproof.manifest.DumpContents;
import org.pgproof.postgres.ClientTool;

/**
 * Restores a plain dump on several sessions while it streams by: definitions in order on a main session, rows on as many
 * workers as are free, large tables in blocks of whole rows, then indexes and constraints side by side.
 */
final class ParallelSessions implements RestoreSessions, DumpListener {
    /** Text of an unfinished statement is passed on once it is longer than any COPY statement can be. */
    private static final int LONGEST_HELD = 1 << 20;

    private static final byte[] END_OF_ROWS = "\\.\n".getBytes(StandardCharsets.US_ASCII);
    private static final String SINCE_17 = "SET transaction_timeout = 0;";

    private final PsqlSession main;
    private final RestoreWorkers workers;
    private final RowBlocks rows;
    private final PostData postData;
    private final boolean withholds;
    private final AfterRows afterRows;

    private final Queue<Event> events = new ArrayDeque<>();
    private final HeldText held = new HeldText();
    private final ByteArrayOutputStream settings = new ByteArrayOutputStream();
    private final List<String> withheld = new ArrayList<>();

    private byte[] chunk = new byte[0];
    private long chunkStart;
    private long copyStart = -1;
    private long cursor;
    private boolean inRows;
    private int heldBack;
    private boolean dataSeen;
    private boolean workersReady;
    private boolean afterData;
    private boolean failed;
    private @Nullable TocEntry entry;

    /**
     * @param sessionSettings statements that every session begins with
     * @param afterRows told once all rows are there, and when they may change again
     */
    ParallelSessions(
            ClientTool psql, TemporaryDatabase database, String sessionSettings, int sessions, AfterRows afterRows)
            throws IOException {
        this.afterRows = afterRows;
        main = new PsqlSession(psql, database.settings());
        try {
            workers = new RestoreWorkers(psql, database.settings(), sessions);
        } catch (IOException e) {
            main.close();
            throw e;
        }
        rows = new RowBlocks(workers);
        postData = new PostData(main, workers);
        withholds = database.server().version().major() < 17;
        settings.writeBytes(sessionSettings.getBytes(StandardCharsets.UTF_8));
        main.write(settings.toByteArray());
    }

    /** What the scanner said of the chunk at hand. */
    private sealed interface Event {}

    private record Announced(TocEntry entry) implements Event {}

    private record Ended(Statement statement) implements Event {}

    private record RowsBegin(long offset) implements Event {}

    private record RowsEnd(long offset) implements Event {}

    @Override
    public DumpListener listener() {
        return this;
    }

    @Override
    public void entry(TocEntry next) {
        events.add(new Announced(next));
    }

    @Override
    public void statement(Statement statement) {
        events.add(new Ended(statement));
    }

    @Override
    public void copyBegins(CopyTarget target, long offset) {
        events.add(new RowsBegin(offset));
    }

    @Override
    public void copyEnds(CopyTarget target, Rows counted, long offset) {
        events.add(new RowsEnd(offset));
    }

    @Override
    public void write(byte[] bytes, int length, long boundary) throws InterruptedException {
        chunk = bytes;
        long end = chunkStart + length;
        try {
            while (!hasFailed() && !events.isEmpty()) {
                handle(events.remove());
            }
            if (!hasFailed()) {
                advanceToEnd(end, boundary);
                passOn(boundary);
            }
        } catch (IOException e) {
            failed = true; // a psql has gone: its exit code says why
        }
        events.clear();
        chunkStart = end;
    }

    private boolean hasFailed() {
        return failed || workers.failed();
    }

    private void handle(Event event) throws IOException, InterruptedException {
        if (event instanceof Announced announced) {
            announced(announced.entry());
        } else if (event instanceof Ended ended) {
            ended(ended.statement());
        } else if (event instanceof RowsBegin begin) {
            rowsBegin(begin.offset());
        } else if (event instanceof RowsEnd end) {
            rowsEnd(end.offset());
        }
    }

    /** Takes all of the chunk, but holds back what may become the line that ends the rows. */
    private void advanceToEnd(long end, long boundary) throws InterruptedException {
        if (inRows && mayEndRows((int) Math.min(END_OF_ROWS.length, end - boundary), (int) (end - chunkStart))) {
            advance(boundary);
            heldBack = (int) (end - boundary);
            cursor = end;
        } else {
            advance(end);
        }
    }

    /** @param begun number of bytes after the last whole row, of which some may be held back from earlier chunks */
    private boolean mayEndRows(int begun, int length) {
        int earlier = Math.max(0, begun - length);
        if (begun == 0 || begun == END_OF_ROWS.length || earlier > heldBack) {
            return false;
        }
        return Arrays.equals(END_OF_ROWS, earlier, begun, chunk, length - begun + earlier, length);
    }

    /** Takes the bytes of the chunk up to an offset for what they are: rows or text. */
    private void advance(long offset) throws InterruptedException {
        int count = (int) (offset - cursor);
        if (count > 0) {
            int from = (int) (cursor - chunkStart);
            if (inRows) {
                rows.add(END_OF_ROWS, 0, heldBack); // it was a row after all
                heldBack = 0;
                rows.add(chunk, from, count);
            } else {
                held.append(chunk, from, count);
            }
            cursor = offset;
        }
    }

    private void announced(TocEntry next) throws IOException, InterruptedException {
        advance(next.offset());
        entry = next;
        boolean data = DumpContents.isData(next.kind());
        if (!data && dataSeen && !afterData) {
            main.write(held.takeTo(held.end()));
            prepareWorkers();
            workers.await();
            main.sync();
            if (hasFailed()) {
                return;
            }
            afterData = true;
            afterRows.loaded();
        }
        dataSeen |= data;
    }

    private void ended(Statement statement) throws IOException, InterruptedException {
        advance(statement.end());
        if (statement.kind() == Statement.Kind.COPY) {
            copyStart = statement.start();
            if (afterData) {
                afterRows.mayChange();
            }
        } else if (afterData && entry != null) {
            byte[] sql = held.slice(statement.start(), statement.end());
            held.takeTo(statement.end());
            if (!AfterRows.leaves(new String(sql, StandardCharsets.ISO_8859_1))) {
                afterRows.mayChange();
            }
            postData.run(entry, sql);
        } else if (entry == null && statement.kind() == Statement.Kind.SETTING) {
            setting(statement);
        }
    }

    /** What the dump sets before its first entry holds for every session. */
    private void setting(Statement statement) {
        byte[] sql = held.slice(statement.start(), statement.end());
        String text = new String(sql, StandardCharsets.ISO_8859_1);
        if (withholds && text.equals(SINCE_17)) {
            withheld.add(text);
            held.blank(statement.start(), statement.end());
        } else {
            settings.writeBytes(sql);
            settings.write('\n');
        }
    }

    private void rowsBegin(long offset) throws IOException, InterruptedException {
        advance(offset);
        main.write(held.takeTo(copyStart));
        prepareWorkers();
        rows.begin(new CopyStatement(held.takeTo(offset)));
        copyStart = -1;
        inRows = true;
    }

    private void rowsEnd(long offset) throws InterruptedException {
        advance(offset);
        rows.end();
        inRows = false;
        heldBack = 0;
        cursor = offset + END_OF_ROWS.length; // each session ends its own rows
        held.moveTo(cursor);
    }

    /** Before the first rows: everything defined so far is there, and every session is set. */
    private void prepareWorkers() throws IOException, InterruptedException {
        if (!workersReady) {
            main.sync();
            workers.settings(settings.toByteArray());
            workersReady = true;
        }
    }

    /** Passes on text that cannot be part of a COPY statement. */
    private void passOn(long boundary) throws IOException {
        if (inRows || afterData) {
            return;
        }
        long limit = copyStart >= 0 ? copyStart : boundary;
        if (copyStart < 0 && held.length() > LONGEST_HELD) {
            limit = held.end();
        }
        if (limit > held.end() - held.length()) {
            main.write(held.takeTo(Math.min(limit, held.end())));
        }
    }

    @Override
    public Optional<Psql.SqlError> finish() throws InterruptedException, CouldNotVerifyException {
        try {
            if (!hasFailed()) {
                if (afterData) {
                    postData.finish();
                } else {
                    main.write(held.takeTo(held.end()));
                    main.sync();
                }
            }
        } catch (IOException e) {
            failed = true;
        }
        if (hasFailed()) {
            return failure();
        }
        Optional<Psql.SqlError> error = workers.finish();
        main.end();
        Optional<Psql.SqlError> mainError = main.outcome();
        return mainError.isPresent() ? mainError : error;
    }

    @Override
    public Optional<Psql.SqlError> failure() throws InterruptedException, CouldNotVerifyException {
        Optional<Psql.SqlError> error = main.hasEnded() ? main.outcome() : Optional.empty();
        return error.isPresent() ? error : workers.failure();
    }

    @Override
    public List<String> withheld() {
        return List.copyOf(withheld);
    }

    @Override
    public void close() {
        main.close();
        workers.close();
    }
}
