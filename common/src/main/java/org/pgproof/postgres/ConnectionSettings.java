package org.pgproof.postgres;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.pgproof.settings.Environment;

/**
 * How a database is reached, read once as libpq reads it and then given alike to the client tools and to JDBC. Immutable;
 * no text it makes holds a password but {@link #environment()}.
 */
public final class ConnectionSettings {
    private static final String URL = "DATABASE_URL";

    private final Map<Parameter, String> values;

    private ConnectionSettings(Map<Parameter, String> values) {
        this.values = values;
    }

    /** Reads {@code DATABASE_URL} and the {@code PG*} variables; what is wrong is recorded in the environment's problems. */
    public static ConnectionSettings parse(Environment environment) {
        Optional<String> uri = environment.optional(URL);
        Map<String, String> variables = environment.beginningWith("PG");
        boolean given = uri.isPresent() || environment.isGiven(URL);
        if (!given && variables.keySet().stream().noneMatch(List.of("PGHOST", "PGHOSTADDR", "PGSERVICE")::contains)) {
            environment
                    .problems()
                    .error(
                            URL,
                            "is not set, and neither is PGHOST",
                            "set it to postgresql://user:password@host:5432/database, or set PGHOST, PGUSER,"
                                    + " PGPASSWORD and PGDATABASE");
            return placeholder();
        }
        try {
            return of(uri.isPresent() ? ConnectionUri.parse(uri.get()) : Map.of(), variables);
        } catch (InvalidConnectionException e) {
            environment.problems().error(given ? URL : "PGHOST …", e.wrong(), e.remedy());
            return placeholder();
        }
    }

    /** Reads a URI, with {@code PG*} variables for what it does not say. */
    public static ConnectionSettings ofUri(String uri, Map<String, String> pgVariables)
            throws InvalidConnectionException {
        return of(ConnectionUri.parse(uri), pgVariables);
    }

    private static ConnectionSettings of(Map<Parameter, String> uri, Map<String, String> variables)
            throws InvalidConnectionException {
        return new ConnectionSettings(ConnectionRules.complete(uri, variables));
    }

    private static ConnectionSettings placeholder() {
        return new ConnectionSettings(new EnumMap<>(
                Map.of(Parameter.HOST, "unset.invalid", Parameter.USER, "unset", Parameter.DBNAME, "unset")));
    }

    /** The same server, another database. */
    public ConnectionSettings withDatabase(String database) {
        return with(Parameter.DBNAME, database);
    }

    /** The same database, reached as another role. */
    public ConnectionSettings withUser(String user, String password) {
        return with(Parameter.USER, user).with(Parameter.PASSWORD, password);
    }

    /** The same database on this host alone. */
    public ConnectionSettings withHost(String host, int port) {
        return withServer(new ServerHost(host, "", port));
    }

    /** The same, with a further server option such as {@code -c bytea_output=hex}. */
    public ConnectionSettings withOption(String option) {
        return with(Parameter.OPTIONS, (value(Parameter.OPTIONS).orElse("") + " " + option).strip());
    }

    /** The same, with the name the server shows for the connection. */
    public ConnectionSettings withApplicationName(String name) {
        return with(Parameter.APPLICATION_NAME, name);
    }

    /**
     * Connects as libpq would: to the first host that answers and is what {@code target_session_attrs} asks for. The caller
     * closes the connection.
     *
     * @throws SQLException naming the host and why it was not to be had; it never holds the password
     */
    public Connection open() throws SQLException {
        return new ServerConnector(this).open();
    }

    /** These settings for the very server, by address, that a connection made by {@link #open} has reached. */
    public ConnectionSettings connectedTo(Connection connection) throws SQLException {
        return withServer(ReachedServer.of(connection));
    }

    /**
     * The {@code PG*} variables for a child process, the password among them. They are complete: every other variable whose
     * name begins with {@code PG} must be removed from what the child inherits.
     */
    public Map<String, String> environment() {
        Map<String, String> environment = new TreeMap<>();
        values.forEach((parameter, value) -> {
            if (!parameter.variable().isEmpty() && !parameter.mustBeUnderstood()) {
                environment.put(parameter.variable(), value);
            }
        });
        List<ServerHost> hosts = hosts();
        environment.put("PGHOST", hosts.stream().map(ServerHost::name).collect(Collectors.joining(",")));
        environment.put(
                "PGPORT",
                hosts.stream().map(host -> Integer.toString(host.port())).collect(Collectors.joining(",")));
        return environment;
    }

    /** What must never be shown, for who has to hide it in the words of others. */
    List<String> secrets() {
        return value(Parameter.PASSWORD).stream().toList();
    }

    /** What a client tool must be given as {@code --dbname} because no variable can say it; never a secret. */
    public Optional<String> connectionString() {
        String text = values.entrySet().stream()
                .filter(entry ->
                        entry.getKey().variable().isEmpty() || entry.getKey().mustBeUnderstood())
                .map(entry -> entry.getKey().keyword() + "='" + escaped(entry.getValue()) + "'")
                .collect(Collectors.joining(" "));
        return text.isEmpty() ? Optional.empty() : Optional.of(text);
    }

    /** The name of the database. */
    public String database() {
        return value(Parameter.DBNAME).orElse("");
    }

    /** The name of the role that connects. */
    public String user() {
        return value(Parameter.USER).orElse("");
    }

    /** Hosts, ports and database, and nothing secret. */
    public String display() {
        return hosts().stream().map(ServerHost::display).collect(Collectors.joining(",", "postgresql://", "/"))
                + PercentEncoding.encode(database());
    }

    @Override
    public String toString() {
        return display();
    }

    /** The servers to try, in order; a missing host is looked for each time. */
    List<ServerHost> hosts() {
        return ConnectionRules.hosts(values);
    }

    Optional<String> value(Parameter parameter) {
        return Optional.ofNullable(values.get(parameter));
    }

    boolean is(Parameter parameter, String value) {
        return value(parameter).orElse("").toLowerCase(Locale.ROOT).equals(value);
    }

    private ConnectionSettings withServer(ServerHost host) {
        Map<Parameter, String> changed = new EnumMap<>(values);
        changed.put(Parameter.HOST, host.name());
        changed.put(Parameter.PORT, Integer.toString(host.port()));
        changed.put(Parameter.HOSTADDR, host.address());
        if (host.address().isEmpty()) {
            changed.remove(Parameter.HOSTADDR);
        }
        changed.remove(Parameter.TARGET_SESSION_ATTRS);
        changed.remove(Parameter.LOAD_BALANCE_HOSTS);
        return new ConnectionSettings(changed);
    }

    private ConnectionSettings with(Parameter parameter, String value) {
        Map<Parameter, String> changed = new EnumMap<>(values);
        changed.put(parameter, value);
        return new ConnectionSettings(changed);
    }

    private static String escaped(String value) {
        return value.replace("\\", "\\\\").replace("'", "\\'");
    }
}
