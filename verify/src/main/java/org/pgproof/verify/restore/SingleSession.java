package org.pgproof.verify.restore;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.UUID;
import org.pgproof.dump.DumpListener;
import org.pgproof.dump.Statement;
import org.pgproof.dump.TocEntry;
import org.pgproof.manifest.DumpContents;
import org.pgproof.postgres.PgProcess;
import org.pgproof.verify.server.CouldNotVerifyException;
import org.pgproof.verify.server.Psql;
import org.pgproof.verify.server.Sessions;

/** Streams the whole dump, as it is, through one {@code psql}: what anyone would do by hand. */
final class SingleSession implements RestoreSessions, DumpListener {
    /** Part of each answer: nothing in a dump can answer in its place. */
    private final String mark = "pgproof-" + UUID.randomUUID();

    private final String loaded = mark + "-loaded";
    private final String done = mark + "-done";
    private final PgProcess psql;
    private final Thread drain;
    private final AfterRows afterRows;
    private boolean taken = true;
    private boolean dataSeen;
    private boolean afterData;
    private long chunkStart;
    private long askAt = -1;
    private volatile boolean answered;

    /** @param afterRows told once all rows are there, and when they may change again */
    SingleSession(Sessions sessions, String settings, AfterRows afterRows) throws IOException, CouldNotVerifyException {
        this.afterRows = afterRows;
        psql = sessions.open();
        drain = new Thread(() -> read(psql.stdout()), "psql stdout");
        drain.setDaemon(true);
        drain.start();
        write(settings.getBytes(StandardCharsets.UTF_8));
    }

    /** The results of {@code setval} and its like would otherwise fill the pipe. */
    private void read(InputStream results) {
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(results, StandardCharsets.ISO_8859_1))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.equals(loaded)) {
                    afterRows.loaded();
                }
                answered |= line.equals(done);
            }
        } catch (IOException ended) {
            // the process is gone, and its exit code says how
        }
    }

    @Override
    public DumpListener listener() {
        return this;
    }

    @Override
    public void entry(TocEntry next) {
        boolean data = DumpContents.isData(next.kind());
        afterData |= dataSeen && !data;
        dataSeen |= data;
    }

    @Override
    public void statement(Statement statement) {
        if (!afterData) {
            return;
        }
        if (!AfterRows.keepsRows(statement.head().text())) {
            afterRows.mayChange();
        }
        if (askAt < 0 && statement.start() >= chunkStart) {
            askAt = statement.start();
        }
    }

    @Override
    public void write(byte[] chunk, int length, long boundary) {
        if (taken) {
            try {
                int before = askAt < chunkStart ? 0 : (int) (askAt - chunkStart);
                psql.stdin().write(chunk, 0, before);
                if (askAt >= chunkStart) {
                    psql.stdin().write(ask(loaded));
                }
                psql.stdin().write(chunk, before, length - before);
            } catch (IOException e) {
                taken = false; // psql has gone: its exit code says why
            }
        }
        chunkStart += length;
    }

    private static byte[] ask(String answer) {
        return ("SELECT '" + answer + "';\n").getBytes(StandardCharsets.US_ASCII);
    }

    private void write(byte[] text) {
        try {
            psql.stdin().write(text);
        } catch (IOException e) {
            taken = false;
        }
    }

    @Override
    public Optional<Psql.SqlError> finish() throws InterruptedException, CouldNotVerifyException {
        try (OutputStream stdin = psql.stdin()) {
            stdin.write('\n');
            stdin.write(ask(done));
        } catch (IOException e) {
            taken = false;
        }
        Optional<Psql.SqlError> error = Psql.outcome(psql.await(), psql.stderr());
        drain.join();
        if (error.isEmpty() && !answered) {
            throw Psql.endedEarly();
        }
        return error;
    }

    @Override
    public Optional<Psql.SqlError> failure() throws InterruptedException, CouldNotVerifyException {
        return taken ? Optional.empty() : Psql.outcome(psql.await(), psql.stderr());
    }

    @Override
    public void close() {
        psql.close();
    }
}
