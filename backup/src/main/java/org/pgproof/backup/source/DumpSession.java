package org.pgproof.backup.source;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.pgproof.postgres.Queries;

/** The session of {@code pg_dump} on the server, found by its application name, as another session sees it. */
final class DumpSession {
    private static final int QUERY_LENGTH = 100;

    private static final String OURS = " w.application_name = ? AND w.datname = current_database()"
            + " AND w.usename = session_user AND w.pid <> pg_catalog.pg_backend_pid()";

    private static final String STATE =
            "SELECT w.state, w.wait_event_type, w.query FROM pg_catalog.pg_stat_activity w WHERE" + OURS;

    private static final String BLOCKERS =
            "SELECT COALESCE(l.relation::pg_catalog.regclass::pg_catalog.text, l.locktype),"
                    + " p.pid, b.usename, b.application_name,"
                    + " pg_catalog.to_char(b.xact_start AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS\"Z\"'), b.state, b.query"
                    + " FROM pg_catalog.pg_stat_activity w"
                    + " JOIN pg_catalog.pg_locks l ON l.pid = w.pid AND NOT l.granted"
                    + " CROSS JOIN LATERAL pg_catalog.unnest(pg_catalog.pg_blocking_pids(w.pid)) p(pid)"
                    + " LEFT JOIN pg_catalog.pg_stat_activity b ON b.pid = p.pid WHERE" + OURS + " ORDER BY 1, 2";

    private final Connection connection;
    private final String name;

    /** What a session is doing. */
    enum Doing {
        /** It waits for a lock that others hold. */
        WAITING_FOR_LOCK,
        /** The server is at work for it. */
        WORKING,
        /** The server waits for its client, or the session is not there. */
        NOTHING
    }

    /** @param what names locks and who holds them, or the query the server is working at */
    record State(Doing doing, String what) {}

    /**
     * @param connection of the same role to the same database, within a transaction
     * @param name application name that no session has but {@code pg_dump}'s
     */
    DumpSession(Connection connection, String name) {
        this.connection = connection;
        this.name = name;
    }

    String name() {
        return name;
    }

    /** Returns what the session is doing now. */
    State state() throws SQLException {
        Queries.execute(connection, "SELECT pg_catalog.pg_stat_clear_snapshot()");
        List<String> blockers = Queries.list(connection, BLOCKERS, DumpSession::blocker, name).stream()
                .distinct()
                .toList();
        if (!blockers.isEmpty()) {
            return new State(Doing.WAITING_FOR_LOCK, String.join("; ", blockers));
        }
        return Queries.list(connection, STATE, DumpSession::work, name).stream()
                .findFirst()
                .orElse(new State(Doing.NOTHING, "its session is not to be seen on the server"));
    }

    /** Ends the session, if there is one: killed while it waits for a lock, a client leaves its session waiting. */
    void end() throws SQLException {
        Queries.execute(connection, "SELECT pg_catalog.pg_stat_clear_snapshot()");
        Queries.readable(
                connection,
                "SELECT pg_catalog.count(pg_catalog.pg_terminate_backend(w.pid))::pg_catalog.text"
                        + " FROM pg_catalog.pg_stat_activity w WHERE"
                        + OURS.replace("?", Queries.literal(name)));
    }

    private static State work(ResultSet row) throws SQLException {
        boolean working = "active".equals(row.getString(1)) && !"Client".equals(row.getString(2));
        return working
                ? new State(Doing.WORKING, shortened(row.getString(3)))
                : new State(Doing.NOTHING, "the server waits for pg_dump, and pg_dump for the server");
    }

    private static String blocker(ResultSet row) throws SQLException {
        String lock = "a lock on " + row.getString(1);
        if (row.getInt(2) == 0) {
            return lock + " that a prepared transaction holds (see pg_prepared_xacts)";
        }
        String holder = lock + " that process " + row.getInt(2) + " holds";
        String facts = List.of(
                        fact("user", row.getString(3)),
                        fact("application", row.getString(4)),
                        fact("since", row.getString(5)),
                        Objects.requireNonNullElse(row.getString(6), ""))
                .stream()
                .filter(fact -> !fact.isEmpty())
                .collect(Collectors.joining(", "));
        return holder + (facts.isEmpty() ? "" : " (" + facts + ")") + ": " + shortened(row.getString(7));
    }

    private static String fact(String name, @org.jspecify.annotations.Nullable String value) {
        return value == null || value.isEmpty() ? "" : name + " " + value;
    }

    /** The beginning of a query, without the values that stand in it. */
    private static String shortened(@org.jspecify.annotations.Nullable String query) {
        String text = Objects.requireNonNullElse(query, "")
                .replaceAll("\\s+", " ")
                .replaceAll("'[^']*('|$)", "'…'")
                .strip();
        return text.length() <= QUERY_LENGTH ? text : text.substring(0, QUERY_LENGTH) + "…";
    }
}
