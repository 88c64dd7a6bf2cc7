package org.pgproof.verify.comparison;

import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.pgproof.dump.Rows;
import org.pgproof.manifest.Manifest;
import org.pgproof.verify.restore.AfterRows;
import org.pgproof.verify.server.CouldNotVerifyException;
import org.pgproof.verify.server.MonetaryLocale;
import org.pgproof.verify.server.Sessions;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the rows as soon as they are loaded, while indexes are still being built: one large index keeps one core busy
 * and leaves the others idle. What was read counts only for tables that nothing has touched since.
 */
public final class EarlyReading implements AfterRows, AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(EarlyReading.class);

    private static final long PATIENCE_SECONDS = 3;

    /** The system property by which bench/run tells what the restore takes from what the reading takes. */
    private static final String LATE = "pgproof.bench.read-late";

    private final Sessions sessions;
    private final Optional<Manifest> manifest;
    private final ExecutorService thread = Executors.newSingleThreadExecutor(task -> {
        Thread reading = new Thread(task, "early reading");
        reading.setDaemon(true);
        return reading;
    });
    private volatile @Nullable Future<Reading> running;
    private volatile boolean spoiled;

    /** @param manifest says which rows to read; without one nothing is read */
    public EarlyReading(Sessions sessions, Optional<Manifest> manifest) {
        this.sessions = sessions;
        this.manifest = manifest;
    }

    /** What was read. */
    private static final class Reading {
        private final TableRows rows;
        /** Where each table's rows lay then, by its place in the manifest; TRUNCATE and a rewrite move them. */
        private final long[] files;

        Reading(TableRows rows, long[] files) {
            this.rows = rows;
            this.files = files;
        }
    }

    @Override
    public void mayChange() {
        spoiled = true;
    }

    @Override
    public void loaded() {
        if (!Boolean.getBoolean(LATE)) {
            manifest.ifPresent(all -> running = thread.submit(() -> read(all)));
        }
    }

    private Reading read(Manifest dumped)
            throws IOException, InterruptedException, SQLException, CouldNotVerifyException {
        try (Connection connection = sessions.database().openForNames(dumped)) {
            RestoredCatalog catalog = new RestoredCatalog(connection);
            Map<String, String> settings = new TreeMap<>(dumped.source().textSettings());
            MonetaryLocale.keepIfKnown(connection, settings);
            FoundTables tables = FoundTables.read(catalog::tables, dumped.tables());
            Reading reading = new Reading(new TableRows(dumped.tables().size()), tables.numbers(catalog::files));
            List<TableReadings.Request> requests =
                    new TableComparison(dumped, tables).requests(new RestoredColumns(connection));
            new TableReadings(sessions, dumped, settings).read(requests, reading.rows);
            return reading;
        }
    }

    /**
     * Waits for what is being read and returns it for the tables that are as they were; the rest must be read again.
     *
     * @param tables as they are now
     */
    TableRows untouched(RestoredCatalog catalog, FoundTables tables, int count)
            throws SQLException, InterruptedException {
        Future<Reading> begun = running;
        if (begun == null || spoiled) {
            return new TableRows(count);
        }
        try {
            Reading reading = begun.get();
            long[] files = tables.numbers(catalog::files);
            long[] onlyInserted = tables.numbers(catalog::onlyInserted);
            for (int place = 0; place < count; place++) {
                Rows rows = reading.rows.get(place);
                boolean sameFile = files[place] >= 0 && files[place] == reading.files[place];
                if (rows != null && (!sameFile || rows.count() == 0 || rows.count() != onlyInserted[place])) {
                    reading.rows.remove(place);
                }
            }
            return reading.rows;
        } catch (ExecutionException e) {
            log.debug("Rows could not be read while indexes were built", e.getCause());
            return new TableRows(count);
        }
    }

    /** Stops what is being read, and waits until its sessions are gone. */
    @Override
    public void close() {
        thread.shutdownNow();
        boolean interrupted = Thread.interrupted();
        try {
            if (!thread.awaitTermination(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                log.debug("Rows are still being read; the sessions end with their database");
            }
        } catch (InterruptedException e) {
            interrupted = true;
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
