package org.pgproof.verify.restore;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.pgproof.dump.TocEntry;

/**
 * Runs what follows the rows: indexes and constraints side by side as their locks allow, what takes long first, so that
 * it is not waited for alone at the end; everything else in the dump's order and never beside them.
 */
final class PostData {
    /** Statements looked at ahead of the first that has not started. */
    private static final int WINDOW = 64;

    private static final String SERVERS_WORKERS = "RESET max_parallel_maintenance_workers;\n";

    /** Comments put off until the indexes they describe are there. */
    private static final int PUT_OFF_BYTES = 1 << 20;

    private final PsqlSession main;
    private final RestoreWorkers workers;
    private final TableSizes sizes;
    private final List<Waiting> waiting = new ArrayList<>();
    private final List<TableLocks> running = new ArrayList<>();
    private final ByteArrayOutputStream comments = new ByteArrayOutputStream();
    private boolean mainBusy;
    /** Statements that have ended, and how many had when it was last looked for others to start. */
    private int ended;

    private int endedSeen;

    /** @param sizes complete when the first statement comes */
    PostData(PsqlSession main, RestoreWorkers workers, TableSizes sizes) {
        this.main = main;
        this.workers = workers;
        this.sizes = sizes;
    }

    /** Runs a statement, now or as soon as what it must wait for is done. */
    void run(TocEntry entry, byte[] sql) throws IOException, InterruptedException {
        // Latin-1 keeps every byte, and names are only compared with each other.
        String text = new String(sql, StandardCharsets.ISO_8859_1);
        Optional<TableLocks> locks = TableLocks.of(entry, text);
        if (locks.isPresent()) {
            beside(new Waiting(locks.get(), sql, sizes.effort(locks.get(), text)));
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

    private void beside(Waiting next) throws IOException, InterruptedException {
        syncMain();
        waiting.forEach(earlier -> earlier.isBefore(next));
        waiting.add(next);
        startWhatMay();
        while (waiting.size() >= WINDOW && !workers.failed()) {
            awaitOne();
            startWhatMay();
        }
    }

    /** Waits until the main session may be given a statement that runs alone. */
    void begin() throws IOException, InterruptedException {
        while (!waiting.isEmpty() && !workers.failed()) {
            awaitOne();
            startWhatMay();
        }
        awaitAll();
        main.write(comments.toByteArray());
        comments.reset();
        mainBusy = true;
    }

    private void alone(byte[] sql) throws IOException, InterruptedException {
        begin();
        main.write(sql);
        main.write(new byte[] {'\n'});
    }

    private void syncMain() throws IOException, InterruptedException {
        if (mainBusy) {
            main.sync();
            mainBusy = false;
        }
    }

    /** A statement starts when a session is free and neither a running one nor an earlier waiting one is in its way. */
    private void startWhatMay() throws InterruptedException {
        List<TableLocks> inTheWay;
        synchronized (running) {
            inTheWay = new ArrayList<>(running);
            endedSeen = ended;
        }
        for (int free = workers.count() - inTheWay.size(); free > 0 && !waiting.isEmpty(); free--) {
            Optional<Waiting> next = longestThatMay(inTheWay);
            if (next.isEmpty()) {
                return;
            }
            waiting.remove(next.get());
            inTheWay.add(next.get().locks);
            start(next.get(), inTheWay.size() == 1 && longestThatMay(inTheWay).isEmpty());
        }
    }

    private Optional<Waiting> longestThatMay(List<TableLocks> running) {
        TakenLocks taken = new TakenLocks(running);
        Waiting longest = null;
        for (Waiting candidate : waiting) {
            if (taken.permit(candidate.locks) && (longest == null || candidate.urgency() > longest.urgency())) {
                longest = candidate;
            }
            taken.add(candidate.locks);
        }
        return Optional.ofNullable(longest);
    }

    /** @param alone whether nothing runs beside it, and the server's parallel workers have the cores to themselves */
    private void start(Waiting next, boolean alone) throws InterruptedException {
        synchronized (running) {
            running.add(next.locks);
        }
        byte[] sql = alone ? withServersWorkers(next.sql) : next.sql;
        workers.run(sql, () -> hasEnded(next.locks));
    }

    private static byte[] withServersWorkers(byte[] sql) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        all.writeBytes(SERVERS_WORKERS.getBytes(StandardCharsets.US_ASCII));
        all.writeBytes(sql);
        all.writeBytes(("\n" + RestoreSettings.NO_WORKERS).getBytes(StandardCharsets.US_ASCII));
        return all.toByteArray();
    }

    private void hasEnded(TableLocks locks) {
        synchronized (running) {
            running.remove(locks);
            ended++;
            running.notifyAll();
        }
    }

    private void awaitOne() throws InterruptedException {
        synchronized (running) {
            while (ended == endedSeen && !workers.failed()) {
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

    /** A statement that has not started. */
    private static final class Waiting {
        private final TableLocks locks;
        private final byte[] sql;
        private final long effort;
        /** The effort of the largest statement that waits for this one. */
        private long effortBehind;

        Waiting(TableLocks locks, byte[] sql, long effort) {
            this.locks = locks;
            this.sql = sql;
            this.effort = effort;
        }

        void isBefore(Waiting later) {
            if (later.effort > effortBehind && !new TakenLocks(List.of(locks)).permit(later.locks)) {
                effortBehind = later.effort;
            }
        }

        long urgency() {
            return effort + effortBehind;
        }
    }
}
