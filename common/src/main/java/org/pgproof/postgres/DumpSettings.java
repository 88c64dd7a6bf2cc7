package org.pgproof.postgres;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import java.util.TreeMap;

/**
 * Server settings that shape the text {@code pg_dump} writes and that it leaves as it finds them, so that a database or
 * a role could change what the same definition looks like.
 */
public final class DumpSettings {
    private static final Map<String, String> PINNED = new TreeMap<>(
            Map.of("bytea_output", "hex", "standard_conforming_strings", "on", "quote_all_identifiers", "off"));

    private DumpSettings() {}

    /**
     * Returns the settings for {@code pg_dump}. Only what must be changed is: a pooler may refuse options.
     *
     * @param connection one that these settings have opened
     */
    public static ConnectionSettings pinned(Connection connection, ConnectionSettings settings) throws SQLException {
        ConnectionSettings pinned = settings;
        for (Map.Entry<String, String> setting : PINNED.entrySet()) {
            if (!Queries.text(connection, "SHOW " + setting.getKey()).equals(setting.getValue())) {
                pinned = pinned.withOption("-c " + setting.getKey() + "=" + setting.getValue());
            }
        }
        return pinned;
    }
}
