package org.pgproof.verify.server;

import java.util.Map;
import java.util.TreeMap;
import org.pgproof.postgres.ConnectionSettings;
import org.pgproof.postgres.ServerVersion;

/**
 * What every session of a verification begins with, whatever server, database and role say. A client's own options come
 * before them all, so that no {@code ALTER DATABASE … SET} or {@code ALTER ROLE … SET} of a backup reaches a session.
 */
final class PinnedSettings {
    /** Only what the server itself defines is then found without a schema. */
    static final String SERVERS_OWN = "pg_catalog";

    private static final int EVENT_TRIGGERS_CAN_BE_OFF = 17;

    private PinnedSettings() {}

    /**
     * Returns the settings with their pins; where names are looked for is not among them.
     *
     * @param superuser whether these settings connect as one
     */
    static ConnectionSettings of(ConnectionSettings settings, ServerVersion server, boolean superuser) {
        Map<String, String> pins = new TreeMap<>(Map.of(
                "role", "none",
                "statement_timeout", "0",
                "lock_timeout", "0",
                "idle_in_transaction_session_timeout", "0",
                "default_transaction_isolation", "read committed",
                "default_transaction_read_only", "off",
                "default_transaction_deferrable", "off",
                "standard_conforming_strings", "on",
                "array_nulls", "on"));
        if (server.major() >= 14) {
            pins.put("idle_session_timeout", "0");
        }
        if (server.major() >= 17) {
            pins.put("transaction_timeout", "0");
        }
        if (superuser) {
            pins.put("session_replication_role", "origin");
        }
        if (superuser && server.major() >= EVENT_TRIGGERS_CAN_BE_OFF) {
            pins.put("event_triggers", "off"); // also those of a login
        }
        ConnectionSettings pinned = settings;
        for (Map.Entry<String, String> pin : pins.entrySet()) {
            pinned = with(pinned, pin.getKey(), pin.getValue());
        }
        return pinned;
    }

    /** Returns the settings with a server option more. */
    static ConnectionSettings with(ConnectionSettings settings, String name, String value) {
        return settings.withOption("-c " + name + "=" + value.replaceAll("[\\\\\\s]", "\\\\$0"));
    }
}
