package org.pgproof.verify.comparison;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import java.util.TreeMap;
import org.pgproof.manifest.Manifest;
import org.pgproof.postgres.ConnectionSettings;
import org.pgproof.postgres.DumpSettings;
import org.pgproof.postgres.Queries;
import org.pgproof.verify.server.MonetaryLocale;
import org.pgproof.verify.server.TemporaryDatabase;

/** How a session writes values exactly as {@code pg_dump} does (see its setup_connection). */
final class ReadingSettings {
    private ReadingSettings() {}

    /** Returns how {@code pg_dump} reaches the restored database: its definitions may hold amounts of money too. */
    static ConnectionSettings dumping(Connection connection, TemporaryDatabase database, Manifest manifest)
            throws SQLException {
        Map<String, String> settings = new TreeMap<>(manifest.source().textSettings());
        String own = Queries.text(connection, "SHOW lc_monetary");
        ConnectionSettings pinned = DumpSettings.pinned(connection, database.settings());
        String wanted =
                MonetaryLocale.keepIfKnown(connection, settings) ? settings.getOrDefault("lc_monetary", own) : own;
        return wanted.equals(own)
                ? pinned
                : pinned.withOption("-c lc_monetary=" + wanted.replaceAll("[\\\\\\s]", "\\\\$0"));
    }

    /**
     * Returns the statements for reading tables.
     *
     * @param settings recorded when the dump was made and known to this server, by name
     */
    static String statements(Manifest manifest, Map<String, String> settings) {
        return "SET client_encoding = " + Queries.literal(manifest.dump().encoding()) + ";\n"
                + "SET TimeZone = 'UTC';\n"
                + "SET DateStyle = ISO;\n"
                + "SET IntervalStyle = postgres;\n"
                + "SET extra_float_digits = 3;\n"
                + "SET bytea_output = hex;\n"
                + "SET quote_all_identifiers = " // shapes the names that regclass and its like print
                + (DumpChoices.of(manifest).quotesAllIdentifiers() ? "on;\n" : "off;\n")
                + "SET search_path = '';\n"
                + "SET statement_timeout = 0;\n"
                + "SET row_security = off;\n"
                + MonetaryLocale.statement(settings);
    }
}
