package org.pgproof.verify.restore;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import org.pgproof.postgres.ConnectionSettings;
import org.pgproof.postgres.PgProcess;
import org.pgproof.verify.server.CouldNotVerifyException;
import org.pgproof.verify.server.Psql;
import org.pgproof.verify.server.Sessions;

/** A {@code psql} that is given statements bit by bit and says when it has done them. */
final class PsqlSession implements AutoCloseable {
    private static final SecureRandom RANDOM = new SecureRandom();

    /** Part of each answer: nothing in a dump can answer in its place. */
    private final String mark = "pgproof-" + Long.toHexString(RANDOM.nextLong());

    private final String done = mark + "-done";
    private final String leftOpen = mark + "-in-transaction";
    private final byte[] askTransaction = ("SELECT '" + leftOpen + "'"
                    + " WHERE pg_catalog.now() <> pg_catalog.statement_timestamp();\n")
            .getBytes(StandardCharsets.US_ASCII);
    private final byte[] ask = ("SELECT '" + done + "';\n").getBytes(StandardCharsets.US_ASCII);

    private final PgProcess psql;
    private final Semaphore answers = new Semaphore(0);
    private final Runnable transactionLeftOpen;
    private volatile boolean inTransaction;
    private volatile boolean ended;
    /** Whether it was told that nothing more comes, while it lived and after it had answered. */
    private boolean told;

    /** @param transactionLeftOpen told when the session is found in a transaction: what it locked, it keeps locked */
    PsqlSession(Sessions sessions, ConnectionSettings connection, Runnable transactionLeftOpen) throws IOException {
        this.transactionLeftOpen = transactionLeftOpen;
        psql = sessions.open(connection);
        Thread reader = new Thread(this::readAnswers, "psql stdout");
        reader.setDaemon(true);
        reader.start();
    }

    private void readAnswers() {
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(psql.stdout(), StandardCharsets.ISO_8859_1))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.equals(done)) {
                    answers.release();
                } else if (line.equals(leftOpen)) {
                    inTransaction = true;
                    transactionLeftOpen.run();
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
     * Makes the session say whether it is in a transaction, once it has done everything written before. Nobody may then
     * wait for it: it may itself be waiting for what another session has locked.
     */
    void askForTransaction() throws IOException {
        write(askTransaction);
        flush();
    }

    /**
     * Waits until everything written has been done.
     *
     * @throws IOException when {@code psql} has ended, or a transaction was left open
     */
    void sync() throws IOException, InterruptedException {
        write(askTransaction);
        write(ask);
        flush();
        answers.acquire();
        if (ended || inTransaction) {
            answers.release();
            throw new IOException(ended ? "psql has ended" : "a transaction was left open");
        }
    }

    /** Waits for the server's first answer, and returns whether it came. */
    boolean connects() throws InterruptedException {
        try {
            sync();
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /** Returns the last line that {@code psql} printed on stderr. */
    String lastWords() {
        List<String> lines = psql.stderr();
        return lines.isEmpty() ? "psql printed no error" : lines.get(lines.size() - 1);
    }

    /** Says that nothing more comes. */
    void end() {
        told = !ended;
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

    /** Returns whether what was written began a transaction and did not end it. */
    boolean leftTransactionOpen() {
        return inTransaction;
    }

    Optional<Psql.SqlError> outcome() throws InterruptedException, CouldNotVerifyException {
        Optional<Psql.SqlError> error = Psql.outcome(psql.await(), psql.stderr());
        if (error.isEmpty() && !told) {
            throw Psql.endedEarly();
        }
        return error;
    }

    @Override
    public void close() {
        psql.close();
    }
}
