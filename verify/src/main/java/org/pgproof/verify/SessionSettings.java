package org.pgproof.verify;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import java.util.TreeMap;
import org.pgproof.manifest.Manifest;
import org.pgproof.postgres.ConnectionSettings;
import org.pgproof.postgres.DumpSettings;
import org.pgproof.postgres.Queries;

/** The statements with which a session writes values exactly as {@code pg_dump} does (see its setup_connection). */
final class SessionSettings {
    private static final long MOST_KILOBYTES = 1 << 20;
    private static final int CACHE_SHARE = 16;

    private SessionSettings() {}

    /** Returns the statements for restoring into a throw-away database: they change how fast, never what. */
    static String restoring(TemporaryDatabase database, ChosenBackup backup, int jobs) throws CouldNotVerifyException {
        try (Connection connection = database.open()) {
            Map<String, String> settings = new TreeMap<>(backup.manifest()
                    .map(manifest -> manifest.source().textSettings())
                    .orElse(new TreeMap<>()));
            keepMonetaryIfKnown(connection, settings);
            StringBuilder sql = new StringBuilder("SET synchronous_commit = off;\n")
                    .append("SET maintenance_work_mem = '")
                    .append(maintenanceKilobytes(connection, jobs))
                    .append("kB';\n");
            appendMonetary(sql, settings);
            return sql.toString();
        } catch (SQLException e) {
            throw CouldNotVerifyException.of("the temporary database cannot be used", e);
        }
    }

    /** What the server expects to have for caching says how large it is; never less than its own setting. */
    private static long maintenanceKilobytes(Connection connection, int jobs) throws SQLException {
        long own = Queries.number(
                connection, "SELECT setting FROM pg_catalog.pg_settings WHERE name = 'maintenance_work_mem'");
        long cache = 8
                * Queries.number(
                        connection, "SELECT setting FROM pg_catalog.pg_settings WHERE name = 'effective_cache_size'");
        return Math.max(own, Math.min(MOST_KILOBYTES, cache / CACHE_SHARE / jobs));
    }

    /** Takes the locale of money out of the settings, and returns false, when this server does not know it. */
    static boolean keepMonetaryIfKnown(Connection connection, Map<String, String> settings) throws SQLException {
        try {
            Queries.execute(
                    connection, "SET lc_monetary = " + Queries.literal(settings.getOrDefault("lc_monetary", "C")));
            return true;
        } catch (SQLException e) {
            if (ServerTrouble.is(e)) {
                throw e;
            }
            settings.remove("lc_monetary");
            return false;
        }
    }

    /** Returns how {@code pg_dump} reaches the restored database: its definitions may hold amounts of money too. */
    static ConnectionSettings dumping(Connection connection, TemporaryDatabase database, Manifest manifest)
            throws SQLException {
        Map<String, String> settings = new TreeMap<>(manifest.source().textSettings());
        String own = Queries.text(connection, "SHOW lc_monetary");
        ConnectionSettings pinned = DumpSettings.pinned(connection, database.settings());
        String wanted = keepMonetaryIfKnown(connection, settings) ? settings.getOrDefault("lc_monetary", own) : own;
        return wanted.equals(own)
                ? pinned
                : pinned.withOption("-c lc_monetary=" + wanted.replaceAll("[\\\\ ]", "\\\\$0"));
    }

    private static void appendMonetary(StringBuilder sql, Map<String, String> settings) {
        String monetary = settings.get("lc_monetary");
        if (monetary != null) {
            sql.append("SET lc_monetary = ").append(Queries.literal(monetary)).append(";\n");
        }
    }

    /**
     * Returns the statements for reading tables.
     *
     * @param settings recorded when the dump was made and known to this server, by name
     */
    static String reading(Manifest manifest, Map<String, String> settings) {
        StringBuilder sql = new StringBuilder()
                .append("SET client_encoding = ")
                .append(Queries.literal(manifest.dump().encoding()))
                .append(";\n")
                .append("SET TimeZone = 'UTC';\n")
                .append("SET DateStyle = ISO;\n")
                .append("SET IntervalStyle = postgres;\n")
                .append("SET extra_float_digits = 3;\n")
                .append("SET bytea_output = hex;\n")
                .append("SET quote_all_identifiers = ") // shapes the names that regclass and its like print
                .append(DumpChoices.of(manifest).quotesAllIdentifiers() ? "on;\n" : "off;\n")
                .append("SET search_path = '';\n")
                .append("SET statement_timeout = 0;\n")
                .append("SET row_security = off;\n");
        appendMonetary(sql, settings);
        return sql.toString();
    }
}
