package org.pgproof.verify.restore;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.pgproof.manifest.Manifest;
import org.pgproof.postgres.Queries;
import org.pgproof.verify.server.CouldNotVerifyException;
import org.pgproof.verify.server.MonetaryLocale;
import org.pgproof.verify.server.Sessions;

/** The statements with which a session restores into a throw-away database: they change how fast, never what. */
final class RestoreSettings {
    private static final long MOST_KILOBYTES = 1 << 20;
    private static final int CACHE_SHARE = 32;

    /**
     * Sessions side by side already use the cores. With the server's parallel workers beside them, an index that only one
     * process can build gets less than a core, and all wait for it.
     */
    static final String NO_WORKERS = "SET max_parallel_maintenance_workers = 0;\n";

    private RestoreSettings() {}

    static String of(Sessions sessions, Optional<Manifest> manifest) throws CouldNotVerifyException {
        try (Connection connection = sessions.database().open()) {
            Map<String, String> settings = new TreeMap<>(
                    manifest.map(all -> all.source().textSettings()).orElse(new TreeMap<>()));
            MonetaryLocale.keepIfKnown(connection, settings);
            return "SET synchronous_commit = off;\n"
                    + "SET maintenance_work_mem = '" + maintenanceKilobytes(connection, sessions.atOnce()) + "kB';\n"
                    + (sessions.atOnce() > 1 ? NO_WORKERS : "")
                    + MonetaryLocale.statement(settings);
        } catch (SQLException e) {
            throw CouldNotVerifyException.of("the temporary database cannot be used", e);
        }
    }

    /** What the server expects to have for caching says how large it is; never less than its own setting. */
    private static long maintenanceKilobytes(Connection connection, int sessions) throws SQLException {
        long own = Queries.number(
                connection, "SELECT setting FROM pg_catalog.pg_settings WHERE name = 'maintenance_work_mem'");
        long cache = 8
                * Queries.number(
                        connection, "SELECT setting FROM pg_catalog.pg_settings WHERE name = 'effective_cache_size'");
        return Math.max(own, Math.min(MOST_KILOBYTES, cache / CACHE_SHARE / sessions));
    }
}
