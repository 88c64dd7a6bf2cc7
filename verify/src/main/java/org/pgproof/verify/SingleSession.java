package org.pgproof.verify;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.pgproof.dump.DumpListener;
import org.pgproof.dump.PreambleFilter;
import org.pgproof.postgres.ClientTool;
import org.pgproof.postgres.PgProcess;

/** Streams the whole dump, as it is, through one {@code psql}: what anyone would do by hand. */
final class SingleSession implements RestoreSessions {
    private final PgProcess psql;
    private final PreambleFilter filter;
    private boolean taken = true;

    SingleSession(ClientTool tool, TemporaryDatabase database, String settings) throws IOException {
        psql = Psql.start(tool, database.settings());
        filter = new PreambleFilter(psql.stdin(), database.server().version().major());
        Thread drain = new Thread(() -> discard(psql.stdout()), "psql stdout");
        drain.setDaemon(true);
        drain.start();
        write(settings.getBytes(StandardCharsets.UTF_8));
    }

    /** The results of {@code setval} and its like would otherwise fill the pipe. */
    private static void discard(InputStream results) {
        try {
            results.transferTo(java.io.OutputStream.nullOutputStream());
        } catch (IOException ended) {
            // the process is gone, and its exit code says how
        }
    }

    @Override
    public DumpListener listener() {
        return new DumpListener() {};
    }

    @Override
    public void write(byte[] chunk, int length, long boundary) {
        if (taken) {
            try {
                filter.write(chunk, 0, length);
            } catch (IOException e) {
                taken = false; // psql has gone: its exit code says why
            }
        }
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
        try (filter) {
            filter.flush();
        } catch (IOException e) {
            taken = false;
        }
        return Psql.outcome(psql.await(), psql.stderr());
    }

    @Override
    public Optional<Psql.SqlError> failure() throws InterruptedException, CouldNotVerifyException {
        return taken ? Optional.empty() : Psql.outcome(psql.await(), psql.stderr());
    }

    @Override
    public List<String> withheld() {
        return filter.dropped();
    }

    @Override
    public void close() {
        psql.close();
    }
}
