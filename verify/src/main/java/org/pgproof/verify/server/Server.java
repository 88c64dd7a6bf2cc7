package org.pgproof.verify.server;

import java.sql.Array;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.pgproof.manifest.Manifest;
import org.pgproof.postgres.ConnectionSettings;
import org.pgproof.postgres.Queries;
import org.pgproof.postgres.ServerVersion;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The server that backups are restored into, and the one connection to its own database that a verification keeps: it
 * holds the lock that says a temporary database is in use, and outside the temporary database nothing else is done.
 */
public final class Server implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Server.class);

    /**
     * Of the whole server, which keeps some back, and of the role, whose limit does not bind a superuser. What kind of session
     * others have is not shown to every role.
     */
    private static final String FREE_CONNECTIONS = "SELECT greatest(0, least("
            + "pg_catalog.current_setting('max_connections')::bigint"
            + " - pg_catalog.current_setting('superuser_reserved_connections')::bigint"
            + " - coalesce(pg_catalog.current_setting('reserved_connections', true)::bigint, 0)"
            + " - (SELECT pg_catalog.count(*) FROM pg_catalog.pg_stat_activity WHERE backend_type = 'client backend'"
            + " OR (backend_type IS NULL AND datid IS NOT NULL AND usesysid IS NOT NULL)),"
            + " (SELECT CASE WHEN rolsuper OR rolconnlimit < 0 THEN NULL ELSE rolconnlimit - (SELECT pg_catalog.count(*)"
            + " FROM pg_catalog.pg_stat_activity WHERE usename = rolname) END"
            + " FROM pg_catalog.pg_roles WHERE rolname = current_user)))";

    private static final int TRUSTED_EXTENSIONS_SINCE = 13;

    /** The class of errors that say nothing of the server but that no session with it could begin. */
    private static final String NOT_REACHED = "08";

    private static final long ANSWER_SECONDS = 20;

    private static final String POOLERS_REFUSAL = "08P01";

    private final ConnectionSettings settings;
    private final ConnectionSettings ordinary;
    private final Connection connection;
    private final ServerVersion version;
    private final String searchPath;
    private final HeldSessions held = new HeldSessions();

    private Server(
            ConnectionSettings settings,
            ConnectionSettings ordinary,
            Connection connection,
            ServerVersion version,
            String searchPath) {
        this.settings = settings;
        this.ordinary = ordinary;
        this.connection = connection;
        this.version = version;
        this.searchPath = searchPath;
    }

    /**
     * Connects to the server's own database; the caller closes the connection.
     *
     * @throws CouldNotVerifyException when it cannot be reached
     */
    public static Server connect(ConnectionSettings settings) throws CouldNotVerifyException {
        try (Connection first = settings.open()) {
            ServerVersion version = ServerVersion.parse(Queries.text(first, "SHOW server_version"));
            boolean superuser = Queries.text(first, "SHOW is_superuser").equals("on");
            ConnectionSettings reached = settings.connectedTo(first);
            ConnectionSettings pinned = PinnedSettings.of(reached, version, superuser);
            return new Server(
                    pinned,
                    PinnedSettings.of(reached, version, false),
                    own(pinned).open(),
                    version,
                    Queries.text(first, "SHOW search_path"));
        } catch (SQLException e) {
            throw new CouldNotVerifyException(
                    "the server " + settings.display() + " cannot be used: " + e.getMessage() + remedy(e), e);
        }
    }

    /** Returns what to do where a pooler stands in the way, to follow the error; else nothing. */
    static String remedy(SQLException e) {
        return POOLERS_REFUSAL.equals(e.getSQLState())
                ? "; connect to the server itself rather than through a pooler, which may not know options, nor the role"
                        + " that is made for the restore"
                : "";
    }

    /** The settings for the verifier's own queries: nothing that a user defined stands in for what they name. */
    static ConnectionSettings own(ConnectionSettings settings) {
        return PinnedSettings.with(settings, "search_path", PinnedSettings.SERVERS_OWN);
    }

    /** The settings for what users wrote: their names are looked for where the server's role and database say. */
    ConnectionSettings users(ConnectionSettings of) {
        return PinnedSettings.with(of, "search_path", searchPath);
    }

    /** Returns how this very server is reached, at its own database. */
    public ConnectionSettings settings() {
        return settings;
    }

    /** Returns the same for a role that is no superuser. */
    ConnectionSettings ordinarySettings() {
        return ordinary;
    }

    Connection connection() {
        return connection;
    }

    /** Ends every wait for a server that is silent: where it does not even let anybody sign in, all sessions are cut. */
    public void giveUpIfSilent() {
        giveUpUnlessDone(() -> own(settings).open().close());
    }

    /** @param work that the server has to answer, in a session of its own */
    void giveUpUnlessDone(Interruptibly.Work work) {
        FutureTask<Void> asked = new FutureTask<>(() -> {
            work.run();
            return null;
        });
        Thread asking = new Thread(asked, "asking a silent server");
        asking.setDaemon(true); // a server that is silent keeps it
        asking.start();
        try {
            asked.get(ANSWER_SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            giveUp("it was asked " + ANSWER_SECONDS + " s ago");
        } catch (ExecutionException e) {
            if (e.getCause() instanceof SQLException failure && isUnreached(failure)) {
                giveUp(String.valueOf(failure.getMessage()));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Returns whether no answer came from the server; to refuse a session is one. */
    static boolean isUnreached(SQLException failure) {
        return String.valueOf(failure.getSQLState()).startsWith(NOT_REACHED);
    }

    private void giveUp(String why) {
        log.warn("PostgreSQL does not answer: {}", why);
        held.cutForGood();
        abort();
    }

    HeldSessions held() {
        return held;
    }

    private void abort() {
        try {
            connection.abort(Runnable::run);
        } catch (SQLException e) {
            log.debug("The connection could not be cut", e);
        }
    }

    /** Returns the version it says it has. */
    public ServerVersion version() {
        return version;
    }

    /** Returns the server's identity, where it may be read. */
    public Optional<String> systemIdentifier() throws SQLException {
        return Queries.readable(connection, "SELECT system_identifier::text FROM pg_catalog.pg_control_system()");
    }

    /** Returns how many more sessions this role may open now. */
    public long freeConnections() throws SQLException {
        return Queries.number(connection, FREE_CONNECTIONS);
    }

    /** Returns which of these roles do not exist. */
    List<String> missingRoles(List<String> roles) throws SQLException {
        List<String> present = Queries.texts(
                connection, "SELECT rolname FROM pg_catalog.pg_roles WHERE rolname = ANY (?)", array(roles));
        return roles.stream().filter(role -> !present.contains(role)).toList();
    }

    /** Returns which of these extensions cannot be created. */
    List<String> missingExtensions(List<String> extensions) throws SQLException {
        List<String> present = Queries.texts(
                connection,
                "SELECT name FROM pg_catalog.pg_available_extensions WHERE name = ANY (?)",
                array(extensions));
        return extensions.stream().filter(name -> !present.contains(name)).toList();
    }

    /** Returns which of these extensions only a superuser may create here. */
    Set<String> untrustedExtensions(List<String> extensions) throws SQLException {
        String trusted = version.major() >= TRUSTED_EXTENSIONS_SINCE ? " AND NOT v.trusted" : "";
        return Set.copyOf(Queries.texts(
                connection,
                "SELECT e.name::text FROM pg_catalog.pg_available_extensions e"
                        + " JOIN pg_catalog.pg_available_extension_versions v"
                        + " ON v.name = e.name AND v.version = e.default_version"
                        + " WHERE v.superuser" + trusted + " AND e.name = ANY (?)",
                array(extensions)));
    }

    /** Returns which of these extensions are of another version here than they were, for people. */
    public List<String> extensionsOfOtherVersions(List<Manifest.Extension> extensions) throws SQLException {
        Map<String, String> here = new HashMap<>();
        Queries.list(
                        connection,
                        "SELECT name, default_version FROM pg_catalog.pg_available_extensions"
                                + " WHERE name = ANY (?) AND default_version IS NOT NULL",
                        row -> Map.entry(row.getString(1), row.getString(2)),
                        array(extensions.stream().map(Manifest.Extension::name).toList()))
                .forEach(extension -> here.put(extension.getKey(), extension.getValue()));
        return extensions.stream()
                .filter(extension -> here.containsKey(extension.name())
                        && !extension.version().equals(here.get(extension.name())))
                .map(extension ->
                        extension.name() + " " + extension.version() + " (here " + here.get(extension.name()) + ")")
                .toList();
    }

    private Array array(List<String> texts) throws SQLException {
        return connection.createArrayOf("text", texts.toArray());
    }

    @Override
    public void close() {
        try {
            connection.close();
        } catch (SQLException e) {
            log.debug("The connection could not be closed", e);
        }
    }
}
