package org.pgproof.verify.restore;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.pgproof.dump.TocEntry;

/**
 * Runs what follows the rows: indexes and constraints side by side as their locks allow, everything else in the dump's
 * order and never beside them.
 */
final class PostData {
    /** Statements looked at ahead of the first that cannot start yet. */
    private static final int WINDOW = 64;
    /** Comments put off until the indexes they describe are there. */
    private static final int PUT_OFF_BYTES = 1 << 20;

    private final PsqlSession main;
    private final RestoreWorkers workers;
    private final List<Waiting> waiting = new ArrayList<>();
    private final List<TableLocks> running = new ArrayList<>();
    private final ByteArrayOutputStream comments = new ByteArrayOutputStream();
    private boolean mainBusy;

    PostData(PsqlSession main, RestoreWorkers workers) {
        this.main = main;
        this.workers = workers;
    }

    /** Runs a statement, now or as soon as what it must wait for is done. */
    void run(TocEntry entry, byte[] sql) throws IOException, InterruptedException {
        // Latin-1 keeps every byte, and names are only compared with each other.
        Optional<TableLocks> locks = TableLocks.of(entry, new String(sql, StandardCharsets.ISO_8859_1));
        if (locks.isPresent()) {
            beside(locks.get(), sql);
        } else if (entry.kind().equals("COMMENT") && comments.size() + sql.length < PUT_OFF_BYTES) {
            comments.write(sql);
            comments.write('\n');
        } else {
            alone(sql);
        }
    }

    /** Waits until everything has been done. */
    void finish() throws IOException, InterruptedException {
        alone(new byte[0]);
        syncMain();
    }

    private void beside(TableLocks locks, byte[] sql) throws IOException, InterruptedException {
        syncMain();
        waiting.add(new Waiting(locks, sql));
        startWhatMay();
        while (waiting.size() >= WINDOW && !workers.failed()) {
            awaitOne();
            startWhatMay();
        }
    }

    private void alone(byte[] sql) throws IOException, InterruptedException {
        while (!waiting.isEmpty() && !workers.failed()) {
            awaitOne();
            startWhatMay();
        }
        awaitAll();
        main.write(comments.toByteArray());
        comments.reset();
        main.write(sql);
        main.write(new byte[] {'\n'});
        mainBusy = true;
    }

    private void syncMain() throws IOException, InterruptedException {
        if (mainBusy) {
            main.sync();
            mainBusy = false;
        }
    }

    /** A statement starts when neither a running one nor an earlier waiting one is in its way. */
    private void startWhatMay() throws InterruptedException {
        List<TableLocks> inTheWay;
        synchronized (running) {
            inTheWay = new ArrayList<>(running);
        }
        Iterator<Waiting> candidates = waiting.iterator();
        while (candidates.hasNext()) {
            Waiting next = candidates.next();
            if (inTheWay.stream().allMatch(next.locks::goWith)) {
                candidates.remove();
                start(next);
            }
            inTheWay.add(next.locks);
        }
    }

    private void start(Waiting next) throws InterruptedException {
        synchronized (running) {
            running.add(next.locks);
        }
        workers.run(next.sql, () -> ended(next.locks));
    }

    private void ended(TableLocks locks) {
        synchronized (running) {
            running.remove(locks);
            running.notifyAll();
        }
    }

    private void awaitOne() throws InterruptedException {
        synchronized (running) {
            int before = running.size();
            while (running.size() == before && before > 0 && !workers.failed()) {
                running.wait(200);
            }
        }
    }

    private void awaitAll() throws InterruptedException {
        synchronized (running) {
            while (!running.isEmpty() && !workers.failed()) {
                running.wait(200);
            }
        }
    }

    /** A statement that cannot start yet. */
    private static final class Waiting {
        private final TableLocks locks;
        private final byte[] sql;

        Waiting(TableLocks locks, byte[] sql) {
            this.locks = locks;
            this.sql = sql;
        }
    }
}
