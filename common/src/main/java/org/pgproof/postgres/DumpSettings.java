package org.pgproof.postgres;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Server settings that shape the text {@code pg_dump} writes, or hold it up, and that it leaves as it finds them, so that a
 * database or a role could change what the same definition looks like, or prevent a backup.
 */
public final class DumpSettings {
    private static final Map<String, String> PINNED = new TreeMap<>(Map.of(
            "bytea_output", "hex",
            "standard_conforming_strings", "on",
            "quote_all_identifiers", "off",
            // Until its transaction begins, pg_dump waits for others under the strictest of these.
            "default_transaction_isolation", "read committed",
            "default_transaction_deferrable", "off",
            "idle_session_timeout", "0"));

    private DumpSettings() {}

    /**
     * Returns the settings for {@code pg_dump}. Only what must be changed is: a pooler may refuse options.
     *
     * @param connection one that these settings have opened
     */
    public static ConnectionSettings pinned(Connection connection, ConnectionSettings settings) throws SQLException {
        ConnectionSettings pinned = settings;
        for (Map.Entry<String, String> setting : PINNED.entrySet()) {
            Optional<String> value = value(connection, setting.getKey());
            if (value.isPresent() && !value.get().equals(setting.getValue())) {
                pinned = pinned.withOption(
                        "-c " + setting.getKey() + "=" + setting.getValue().replace(" ", "\\ "));
            }
        }
        return pinned;
    }

    /** With which a session begins; empty for a setting that this version of the server does not know. */
    private static Optional<String> value(Connection connection, String name) throws SQLException {
        return Queries.texts(connection, "SELECT reset_val FROM pg_catalog.pg_settings WHERE name = ?", name).stream()
                .filter(Objects::nonNull)
                .findFirst();
    }
}
