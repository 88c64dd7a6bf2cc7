package org.pgproof.verify.restore;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Queue;
import org.jspecify.annotations.Nullable;
import org.pgproof.dump.CopyTarget;
import org.pgproof.dump.DumpListener;
import org.pgproof.dump.Rows;
import org.pgproof.dump.Statement;
import org.pgproof.dump.TocEntry;
import org.pgproof.manifest.DumpContents;
import org.pgproof.postgres.ConnectionSettings;
import org.pgproof.verify.server.CouldNotVerifyException;
import org.pgproof.verify.server.Psql;
import org.pgproof.verify.server.Sessions;

/**
 * Restores a plain dump on several sessions while it streams by: definitions in order on a main session, rows on as many
 * workers as are free, large tables in blocks of whole rows, then indexes and constraints side by side.
 */
final class ParallelSessions implements RestoreSessions, DumpListener {
    /** Text of an unfinished statement is passed on once it is longer than any COPY statement can be. */
    private static final int LONGEST_HELD = 1 << 20;

    private static final Psql.SqlError LEFT_OPEN =
            new Psql.SqlError("25001", "the dump begins a transaction and does not end it", "");

    private final PsqlSession main;
    private final RestoreWorkers workers;
    private final TableSizes sizes = new TableSizes();
    private final PostData postData;
    private final AfterRows afterRows;

    private final Queue<Event> events = new ArrayDeque<>();
    private final SharedSettings settings;
    private final TextAndRows dump;
    private final HeldText held;

    /** Where the statement begins that has not ended; -1 between statements. */
    private long open = -1;
    /** Whether the first part of that statement has been given to the main session. */
    private boolean passingOn;

    private long copyStart = -1;
    private byte[] copy = {};
    private long rowsStart;
    private boolean dataSeen;
    private boolean workersReady;
    /** Whether the main session was given, among the rows, what may keep tables locked that workers fill. */
    private boolean askMain;

    private boolean afterData;
    private boolean failed;
    private @Nullable TocEntry entry;

    /**
     * @param sessionSettings statements that every session begins with
     * @param afterRows told once all rows are there, and when they may change again
     */
    ParallelSessions(Sessions sessions, String sessionSettings, AfterRows afterRows)
            throws IOException, InterruptedException, CouldNotVerifyException {
        this.afterRows = afterRows;
        ConnectionSettings connection = sessions.connection();
        workers = new RestoreWorkers(sessions, connection);
        try {
            main = new PsqlSession(sessions, connection, workers::giveUp);
        } catch (IOException e) {
            workers.close();
            throw e;
        }
        if (!main.connects()) {
            close();
            throw CouldNotVerifyException.crowded("no session could be opened: " + main.lastWords());
        }
        postData = new PostData(main, workers, sizes);
        dump = new TextAndRows(new RowBlocks(workers));
        held = dump.text();
        settings = new SharedSettings(sessionSettings);
        main.write(settings.sql());
    }

    /** What the scanner said of a chunk that has not come here yet. */
    @FunctionalInterface
    private interface Event {
        void handle() throws IOException, InterruptedException;
    }

    @Override
    public DumpListener listener() {
        return this;
    }

    @Override
    public void entry(TocEntry next) {
        events.add(() -> announced(next));
    }

    @Override
    public void statementBegins(long offset) {
        events.add(() -> open = offset);
    }

    @Override
    public void statement(Statement statement) {
        events.add(() -> ended(statement));
    }

    @Override
    public void copyBegins(CopyTarget target, long offset) {
        events.add(() -> rowsBegin(offset));
    }

    @Override
    public void copyEnds(CopyTarget target, Rows counted, long offset) {
        events.add(() -> rowsEnd(offset));
    }

    @Override
    public void write(byte[] bytes, int length, long boundary) throws InterruptedException {
        dump.next(bytes, length);
        try {
            while (!hasFailed() && !events.isEmpty()) {
                events.remove().handle();
            }
            if (!hasFailed()) {
                dump.advanceToEnd(boundary);
                passOn(boundary);
            }
        } catch (IOException e) {
            failed = true; // a psql has gone: its exit code says why
        }
        events.clear();
    }

    private boolean hasFailed() {
        return failed || workers.failed();
    }

    private void announced(TocEntry next) throws IOException, InterruptedException {
        dump.advance(next.offset());
        entry = next;
        boolean data = DumpContents.isData(next.kind());
        if (!data && dataSeen && !afterData) {
            endData();
        }
        dataSeen |= data;
    }

    /** Waits until all rows are there: what follows relies on them. */
    private void endData() throws IOException, InterruptedException {
        main.write(held.takeTo(held.end()));
        prepareWorkers();
        main.askForTransaction();
        workers.await();
        main.sync();
        if (!hasFailed()) {
            afterData = true;
            afterRows.loaded();
        }
    }

    private void ended(Statement statement) throws IOException, InterruptedException {
        dump.advance(statement.end());
        open = -1;
        askMain |= dataSeen && statement.kind() != Statement.Kind.COPY;
        if (statement.kind() == Statement.Kind.COPY) {
            copyStart = statement.start();
            if (afterData) {
                afterRows.mayChange();
            }
        } else if (afterData && passingOn) {
            main.write(held.takeTo(statement.end()));
            passingOn = false;
        } else if (afterData && entry != null) {
            runAfterData(statement, entry);
        } else if (statement.kind() == Statement.Kind.SETTING) {
            everywhere(statement);
        }
    }

    /** What the dump sets holds for all that follows it, in whichever session. */
    private void everywhere(Statement setting) throws InterruptedException {
        if (workersReady) {
            workers.await(held.slice(setting.start(), setting.end()));
        } else {
            settings.add(setting, held);
        }
    }

    private void runAfterData(Statement statement, TocEntry of) throws IOException, InterruptedException {
        byte[] sql = held.slice(statement.start(), statement.end());
        held.takeTo(statement.end());
        if (Withholding.isWithheld(statement, of)) {
            return;
        }
        if (!AfterRows.keepsRows(new String(sql, StandardCharsets.ISO_8859_1))) {
            afterRows.mayChange();
        }
        postData.run(of, sql);
        if (statement.kind() == Statement.Kind.SETTING) {
            postData.finish();
            workers.await(sql);
        }
    }

    /** Keeps no statement, however long, but gives it to the main session as it comes, when all others have ended. */
    private void passOnAfterData() throws IOException, InterruptedException {
        if (held.length() <= LONGEST_HELD) {
            return;
        }
        if (open < 0) {
            held.takeTo(held.end()); // comments
            return;
        }
        if (!passingOn) {
            held.takeTo(open);
            afterRows.mayChange();
            postData.begin();
            passingOn = true;
        }
        main.write(held.takeTo(held.end()));
    }

    private void rowsBegin(long offset) throws IOException, InterruptedException {
        dump.advance(offset);
        main.write(held.takeTo(copyStart));
        prepareWorkers();
        if (askMain) {
            main.askForTransaction();
            askMain = false;
        }
        copy = held.takeTo(offset);
        dump.rowsBegin(new CopyStatement(copy));
        rowsStart = offset;
        copyStart = -1;
    }

    private void rowsEnd(long offset) throws InterruptedException {
        dump.rowsEnd(offset);
        sizes.add(new String(copy, StandardCharsets.ISO_8859_1), offset - rowsStart);
    }

    /** Before the first rows: everything defined so far is there, and every session is set. */
    private void prepareWorkers() throws IOException, InterruptedException {
        if (!workersReady) {
            main.sync();
            workers.settings(settings.sql());
            workers.await(); // all have signed in: what the rows set off may change how one does
            workersReady = true;
        }
    }

    /** Passes on text that cannot be part of a COPY statement. */
    private void passOn(long boundary) throws IOException, InterruptedException {
        if (dump.inRows()) {
            return;
        }
        if (afterData) {
            passOnAfterData();
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
        if (main.leftTransactionOpen()) {
            return Optional.of(LEFT_OPEN);
        }
        Optional<Psql.SqlError> error = main.hasEnded() ? main.outcome() : Optional.empty();
        return error.isPresent() ? error : workers.failure();
    }

    @Override
    public void close() {
        main.close();
        workers.close();
    }
}
