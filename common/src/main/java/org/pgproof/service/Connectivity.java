package org.pgproof.service;

import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import org.pgproof.postgres.ConnectionSettings;
import org.pgproof.postgres.Queries;
import org.pgproof.store.BackupStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tries the database and the store, and says how it went. */
public final class Connectivity {
    private static final Logger log = LoggerFactory.getLogger(Connectivity.class);

    private final ConnectionSettings database;
    private final BackupStore store;
    private final String storeName;

    /** @param storeName the store as people know it, without secrets */
    public Connectivity(ConnectionSettings database, BackupStore store, String storeName) {
        this.database = database;
        this.store = store;
        this.storeName = storeName;
    }

    /** Returns whether both answer; never throws, and logs both. */
    public boolean check() {
        boolean databaseAnswers = databaseAnswers();
        return storeAnswers() && databaseAnswers;
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
