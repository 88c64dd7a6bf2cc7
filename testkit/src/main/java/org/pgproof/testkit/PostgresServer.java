package org.pgproof.testkit;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Properties;
import java.util.UUID;

/**
 * A real PostgreSQL server with a superuser whom it knows by password (SCRAM), in a time zone other than UTC. Whoever
 * starts one closes it; what is forgotten ends with the JVM.
 */
public interface PostgresServer extends AutoCloseable {
    /** Starts a server of a major version, from the provider that {@code TESTKIT} chooses. */
    static PostgresServer start(int major) {
        return switch (Provider.chosen()) {
            case LOCAL -> LocalPostgres.start(major);
            case CONTAINERS -> ContainerPostgres.start(major);
        };
    }

    /** Returns this JVM's server of a major version, started once; do not close it, and use fresh databases. */
    static PostgresServer shared(int major) {
        return SharedServers.postgres(major);
    }

    /** Returns the major versions that can be started here, oldest first. */
    static List<Integer> majors() {
        return switch (Provider.chosen()) {
            case LOCAL -> List.copyOf(PostgresBinaries.jars().keySet());
            case CONTAINERS -> ContainerPostgres.MAJORS;
        };
    }

    int major();

    String host();

    int port();

    /** Returns the name of the superuser. */
    String user();

    String password();

    /** Stops the server and removes its data. */
    @Override
    void close();

    /** Returns the connection URI of a database for the superuser, percent-encoded. */
    default String url(String database) {
        return url(user(), password(), database);
    }

    /** Returns the connection URI of a database for a role, percent-encoded. */
    default String url(String role, String rolePassword, String database) {
        return "postgresql://" + encode(role) + ":" + encode(rolePassword) + "@" + host() + ":" + port() + "/"
                + encode(database);
    }

    /** Opens a connection as the superuser; the caller closes it. */
    default Connection connect(String database) throws SQLException {
        return open(database, "extended");
    }

    /** Executes SQL of one or more statements, as one transaction unless it says otherwise. */
    default void execute(String database, String sql) throws SQLException {
        try (Connection connection = open(database, "simple");
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** Returns the first column of a query's first row as text; it is an error if there is no row or a NULL. */
    default String value(String database, String query) throws SQLException {
        try (Connection connection = open(database, "simple");
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            String value = rows.next() ? rows.getString(1) : null;
            if (value == null) {
                throw new IllegalStateException("No value in " + database + " for: " + query);
            }
            return value;
        }
    }

    /** Creates an empty database; any name will do. */
    default void createDatabase(String name) throws SQLException {
        execute("postgres", "CREATE DATABASE " + identifier(name) + " TEMPLATE template0");
    }

    /** Creates an empty database with a name of its own. */
    default Database freshDatabase() throws SQLException {
        String name = "test_" + UUID.randomUUID().toString().substring(0, 8);
        createDatabase(name);
        return new Database(this, name);
    }

    /** Creates a role that may log in; {@code attributes} are further ones such as {@code CREATEDB}, or empty. */
    default void createRole(String name, String rolePassword, String attributes) throws SQLException {
        execute(
                "postgres",
                "CREATE ROLE " + identifier(name) + " LOGIN PASSWORD '" + rolePassword.replace("'", "''") + "' "
                        + attributes);
    }

    private Connection open(String database, String queryMode) throws SQLException {
        Properties properties = new Properties();
        properties.setProperty("user", user());
        properties.setProperty("password", password());
        properties.setProperty("preferQueryMode", queryMode);
        properties.setProperty("ApplicationName", "testkit");
        return DriverManager.getConnection(
                "jdbc:postgresql://" + host() + ":" + port() + "/" + encode(database), properties);
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private static String identifier(String name) {
        return '"' + name.replace("\"", "\"\"") + '"';
    }
}
