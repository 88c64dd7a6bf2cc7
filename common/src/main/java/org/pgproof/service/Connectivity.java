package org.pgproof.service;

import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import org.pgproof.postgres.ConnectionSettings;
import org.pgproof.postgres.Queries;
import org.pgproof.settings.S3Settings;
import org.pgproof.store.BackupStore;
import org.pgproof.store.S3BackupStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tries the database and the store, and says how it went. */
public final class Connectivity {
    private static final Logger log = LoggerFactory.getLogger(Connectivity.class);

    private final ConnectionSettings database;
    private final BackupStore store;
    private final String storeName;

    private Connectivity(ConnectionSettings database, BackupStore store, String storeName) {
        this.database = database;
        this.store = store;
        this.storeName = storeName;
    }

    /** Returns the exit code of a health check: 0 if both answer, else 1. */
    public static int healthcheck(ConnectionSettings database, S3Settings settings) {
        try (BackupStore store = new S3BackupStore(settings, 1)) {
            return check(database, store, settings.display()) ? 0 : 1;
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
