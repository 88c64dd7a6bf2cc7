package org.pgproof.service;

import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.pgproof.postgres.ConnectionSettings;
import org.pgproof.postgres.Queries;
import org.pgproof.settings.S3Settings;
import org.pgproof.store.BackupStore;
import org.pgproof.store.StoredObject;
import org.pgproof.store.s3.S3BackupStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tries the database and the store, and says how it went. */
public final class Connectivity {
    private static final Logger log = LoggerFactory.getLogger(Connectivity.class);

    /** What runs health checks commonly gives up after 30 seconds, and the JVM has to start within them. */
    private static final int HEALTH_SECONDS = 25;

    private final ConnectionSettings database;
    private final BackupStore store;
    private final String storeName;

    private Connectivity(ConnectionSettings database, BackupStore store, String storeName) {
        this.database = database;
        this.store = store;
        this.storeName = storeName;
    }

    /**
     * Returns the exit code of a health check: 0 if both answer within {@value #HEALTH_SECONDS} seconds and the service has
     * done its work lately, else 1.
     */
    public static int healthcheck(ConnectionSettings database, S3Settings settings, Liveness liveness) {
        try (BackupStore store = new S3BackupStore(settings, 1)) {
            return new Connectivity(database, store, settings.display()).isHealthy(liveness) ? 0 : 1;
        }
    }

    /** Asks both at once: each may take long, if only to try its several hosts. */
    private boolean isHealthy(Liveness liveness) {
        ExecutorService threads = Executors.newFixedThreadPool(2, task -> {
            Thread thread = new Thread(task, "healthcheck");
            thread.setDaemon(true); // a silent server may hold it longer than we live
            return thread;
        });
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(HEALTH_SECONDS);
        Future<Boolean> databaseAnswer = threads.submit(this::databaseAnswers);
        Future<Boolean> storeAnswer = threads.submit(() -> storeShowsWork(liveness));
        boolean databaseAnswers = isTrueBy(deadline, databaseAnswer, "Database " + database.display());
        return isTrueBy(deadline, storeAnswer, "Store " + storeName) && databaseAnswers;
    }

    private static boolean isTrueBy(long deadline, Future<Boolean> answer, String who) {
        try {
            return answer.get(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            log.error("{} is not reachable: no answer within {} seconds", who, HEALTH_SECONDS);
            return false;
        } catch (InterruptedException e) {
            return false;
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        }
    }

    /**
     * Returns whether both answer; never throws, and logs both.
     *
     * @param storeName the store as people know it, without secrets
     */
    public static boolean check(ConnectionSettings database, BackupStore store, String storeName) {
        Connectivity connectivity = new Connectivity(database, store, storeName);
        boolean databaseAnswers = connectivity.databaseAnswers();
        return connectivity.storeAnswers() && databaseAnswers;
    }

    private boolean databaseAnswers() {
        try (Connection connection = database.open()) {
            log.info(
                    "Database {} is reachable: PostgreSQL {}",
                    database.display(),
                    Queries.text(connection, "SHOW server_version"));
            return true;
        } catch (SQLException e) {
            log.error("Database {} is not reachable: {}", database.display(), e.getMessage(), e);
            return false;
        }
    }

    private boolean storeShowsWork(Liveness liveness) {
        try {
            List<StoredObject> objects = store.list();
            log.info("Store {} is reachable", storeName);
            Optional<String> complaint = liveness.complaint(objects, ServiceProcess.started(), Instant.now());
            complaint.ifPresent(log::error);
            return complaint.isEmpty();
        } catch (IOException e) {
            log.error("Store {} is not reachable: {}", storeName, e.getMessage(), e);
            return false;
        }
    }

    private boolean storeAnswers() {
        try {
            store.check();
            log.info("Store {} is reachable", storeName);
            return true;
        } catch (IOException e) {
            log.error("Store {} is not reachable: {}", storeName, e.getMessage(), e);
            return false;
        }
    }
}
