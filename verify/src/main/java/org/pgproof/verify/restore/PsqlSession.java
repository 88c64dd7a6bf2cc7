package org.pgproof.verify.restore;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import org.pgproof.postgres.ClientTool;
import org.pgproof.postgres.ConnectionSettings;
import org.pgproof.postgres.PgProcess;
import org.pgproof.verify.server.CouldNotVerifyException;
import org.pgproof.verify.server.Psql;

/** A {@code psql} that is given statements bit by bit and says when it has done them. */
final class PsqlSession implements AutoCloseable {
    private static final String MARK = "pgproof-done";
    private static final byte[] ASK = ("SELECT '" + MARK + "';\n").getBytes(StandardCharsets.US_ASCII);

    private final PgProcess psql;
    private final Semaphore answers = new Semaphore(0);
    private volatile boolean ended;

    PsqlSession(ClientTool tool, ConnectionSettings database) throws IOException {
        psql = Psql.start(tool, database);
        Thread reader = new Thread(this::readAnswers, "psql stdout");
        reader.setDaemon(true);
        reader.start();
    }

    private void readAnswers() {
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(psql.stdout(), StandardCharsets.ISO_8859_1))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.equals(MARK)) {
                    answers.release();
                }
            }
        } catch (IOException gone) {
            // the exit code says how
        } finally {
            ended = true;
            answers.release();
        }
    }

    /** @throws IOException when {@code psql} has ended */
    void write(byte[] bytes, int offset, int length) throws IOException {
        psql.stdin().write(bytes, offset, length);
    }

    void write(byte[] bytes) throws IOException {
        write(bytes, 0, bytes.length);
    }

    void flush() throws IOException {
        psql.stdin().flush();
    }

    /**
     * Waits until everything written has been done.
     *
     * @throws IOException when {@code psql} has ended
     */
    void sync() throws IOException, InterruptedException {
        write(ASK);
        flush();
        answers.acquire();
        if (ended) {
            answers.release();
            throw new IOException("psql has ended");
        }
    }

    /** Says that nothing more comes. */
    void end() {
        try {
            psql.stdin().close();
        } catch (IOException gone) {
            // the exit code says how
        }
    }

    /** Returns whether it stopped by itself. */
    boolean hasEnded() {
        return ended;
    }

    Optional<Psql.SqlError> outcome() throws InterruptedException, CouldNotVerifyException {
        return Psql.outcome(psql.await(), psql.stderr());
    }

    @Override
    public void close() {
        psql.close();
    }
}
