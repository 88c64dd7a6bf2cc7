package org.pgproof.verify;

import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.pgproof.dump.RelationName;
import org.pgproof.dump.Rows;
import org.pgproof.manifest.Manifest;
import org.pgproof.manifest.TableContent;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the rows as soon as they are loaded, while indexes are still being built: one large index keeps one core busy
 * and leaves the others idle. What was read counts only for tables that nothing has touched since.
 */
final class EarlyReading implements AfterRows, AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(EarlyReading.class);

    private final TemporaryDatabase database;
    private final Verification verification;
    private final ExecutorService thread = Executors.newSingleThreadExecutor(task -> {
        Thread reading = new Thread(task, "early reading");
        reading.setDaemon(true);
        return reading;
    });
    private volatile @Nullable Future<Reading> running;
    private volatile boolean spoiled;

    EarlyReading(Verification verification, TemporaryDatabase database) {
        this.verification = verification;
        this.database = database;
    }

    /**
     * What was read.
     *
     * @param files where each table's rows lay then; TRUNCATE and a rewrite move them
     */
    private record Reading(Map<TableContent, Rows> rows, Map<RelationName, Long> files) {}

    @Override
    public void mayChange() {
        spoiled = true;
    }

    @Override
    public void loaded() {
        verification.backup().manifest().ifPresent(manifest -> running = thread.submit(() -> read(manifest)));
    }

    private Reading read(Manifest manifest) throws IOException, InterruptedException, SQLException {
        try (Connection connection = database.openForNames()) {
            RestoredCatalog catalog = new RestoredCatalog(connection);
            Map<String, String> settings = new TreeMap<>(manifest.source().textSettings());
            SessionSettings.keepMonetaryIfKnown(connection, settings);
            Map<RelationName, Long> files = catalog.files();
            TableComparison comparison = new TableComparison(manifest, catalog.tables());
            return new Reading(
                    new TableReadings(
                                    verification.psql(),
                                    database.settings(),
                                    manifest.dump().encoding(),
                                    settings)
                            .read(
                                    comparison.requests(catalog.withoutSomeColumn(manifest.tables())),
                                    verification.jobs()),
                    files);
        }
    }

    /** Waits for what is being read and returns it for the tables that are as they were; the rest must be read again. */
    Map<TableContent, Rows> untouched(RestoredCatalog catalog) throws SQLException, InterruptedException {
        Future<Reading> begun = running;
        if (begun == null || spoiled) {
            return Map.of();
        }
        try {
            Reading reading = begun.get();
            Map<RelationName, Long> files = catalog.files();
            Map<RelationName, Long> onlyInserted = catalog.onlyInserted();
            Map<TableContent, Rows> untouched = new HashMap<>(reading.rows());
            untouched.entrySet().removeIf(entry -> {
                RelationName name =
                        new RelationName(entry.getKey().schema(), entry.getKey().name());
                boolean sameFile = reading.files().containsKey(name)
                        && reading.files().get(name).equals(files.get(name));
                long count = entry.getValue().count();
                return !sameFile || count == 0 || !Long.valueOf(count).equals(onlyInserted.get(name));
            });
            return untouched;
        } catch (ExecutionException e) {
            log.debug("Rows could not be read while indexes were built", e.getCause());
            return Map.of();
        }
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
