package org.pgproof.verify.server;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.pgproof.postgres.ConnectionSettings;
import org.pgproof.postgres.Queries;

/**
 * The settings that every session of a drill begins with. They are given with the connection, where they win over what a
 * role, a database or the server's configuration say: these could change how a dump is read, or stop it.
 */
public final class SessionSettings {
    /** PostgreSQL's own defaults, and no limits of time. */
    private static final Map<String, String> KNOWN = new TreeMap<>(Map.ofEntries(
            Map.entry("DateStyle", "ISO,MDY"),
            Map.entry("IntervalStyle", "postgres"),
            Map.entry("array_nulls", "on"),
            Map.entry("backslash_quote", "safe_encoding"),
            Map.entry("bytea_output", "hex"),
            Map.entry("check_function_bodies", "on"),
            Map.entry("client_min_messages", "notice"),
            Map.entry("createrole_self_grant", ""),
            Map.entry("default_table_access_method", "heap"),
            Map.entry("default_tablespace", ""),
            Map.entry("default_toast_compression", "pglz"),
            Map.entry("default_transaction_deferrable", "off"),
            Map.entry("default_transaction_isolation", "read\\ committed"),
            Map.entry("default_transaction_read_only", "off"),
            Map.entry("escape_string_warning", "on"),
            Map.entry("event_triggers", "on"),
            Map.entry("exit_on_error", "off"),
            Map.entry("extra_float_digits", "1"),
            Map.entry("gin_fuzzy_search_limit", "0"),
            Map.entry("idle_in_transaction_session_timeout", "0"),
            Map.entry("idle_session_timeout", "0"),
            Map.entry("lc_messages", "C"),
            Map.entry("lo_compat_privileges", "off"),
            Map.entry("lock_timeout", "0"),
            Map.entry("quote_all_identifiers", "off"),
            Map.entry("restrict_nonsystem_relation_kind", ""),
            Map.entry("row_security", "on"),
            Map.entry("session_replication_role", "origin"),
            Map.entry("standard_conforming_strings", "on"),
            Map.entry("statement_timeout", "0"),
            Map.entry("synchronize_seqscans", "on"),
            Map.entry("temp_tablespaces", ""),
            Map.entry("transaction_timeout", "0"),
            Map.entry("transform_null_equals", "off"),
            Map.entry("xmlbinary", "base64"),
            Map.entry("xmloption", "content"),
            Map.entry("zero_damaged_pages", "off")));

    /** Settings of this server that the role may change: all who may, or superusers too. */
    private static final String CHANGEABLE = "SELECT name FROM pg_catalog.pg_settings WHERE context = 'user'"
            + " OR (context = 'superuser'"
            + " AND EXISTS (SELECT FROM pg_catalog.pg_roles WHERE rolname = ? AND rolsuper))";

    private SessionSettings() {}

    /**
     * Returns connection settings with which every session begins alike.
     *
     * @param server any session on the same server
     */
    public static ConnectionSettings pinned(Connection server, ConnectionSettings settings) throws SQLException {
        List<String> changeable = Queries.texts(server, CHANGEABLE, settings.user());
        ConnectionSettings pinned = settings.withOption("-c search_path=");
        for (Map.Entry<String, String> setting : KNOWN.entrySet()) {
            if (changeable.contains(setting.getKey())) {
                pinned = pinned.withOption("-c " + setting.getKey() + "=" + setting.getValue());
            }
        }
        return pinned;
    }
}
