package org.pgproof.postgres;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.postgresql.Driver;

/** Tries servers in libpq's order: every address of every host, until one answers and is of the wanted kind. */
final class ServerConnector {
    /** The server cannot be reached, or it is starting up: only then does libpq try the next one. */
    private static final List<String> TRY_NEXT = List.of("08001", "08004", "57P03");

    private final ConnectionSettings settings;
    private final List<String> failures = new ArrayList<>();
    private @Nullable SQLException last;

    ServerConnector(ConnectionSettings settings) {
        this.settings = settings;
    }

    Connection open() throws SQLException {
        String wanted = settings.value(Parameter.TARGET_SESSION_ATTRS).orElse("any");
        List<ServerHost> servers = servers();
        Connection connection = first(servers, wanted.equals("prefer-standby") ? "standby" : wanted);
        if (connection == null && wanted.equals("prefer-standby")) {
            connection = first(servers, "any");
        }
        if (connection == null) {
            throw new SQLException(String.join("; ", failures), last == null ? "08001" : last.getSQLState(), last);
        }
        return connection;
    }

    private @Nullable Connection first(List<ServerHost> servers, String wanted) throws SQLException {
        for (ServerHost server : servers) {
            Connection connection = connect(server);
            if (connection != null && isWanted(connection, wanted)) {
                return connection;
            }
            if (connection != null) {
                connection.close();
                fail(server, "is not " + wanted, null);
            }
        }
        return null;
    }

    private @Nullable Connection connect(ServerHost server) throws SQLException {
        try {
            Connection connection =
                    new Driver().connect(ReachedServer.url(server), JdbcProperties.of(settings, server));
            if (connection != null) {
                // The limit was for signing in: a query may take as long as it takes.
                connection.setNetworkTimeout(Runnable::run, 0);
            }
            return connection;
        } catch (SQLException e) {
            fail(server, reason(e), e);
            if (!TRY_NEXT.contains(e.getSQLState())) {
                throw new SQLException(server.display() + ": " + reason(e), e.getSQLState(), e);
            }
            return null;
        }
    }

    private static boolean isWanted(Connection connection, String wanted) throws SQLException {
        if (wanted.equals("any")) {
            return true;
        }
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT pg_catalog.pg_is_in_recovery(),"
                        + " pg_catalog.current_setting('default_transaction_read_only')::pg_catalog.bool")) {
            row.next();
            boolean standby = row.getBoolean(1);
            boolean readOnly = standby || row.getBoolean(2);
            return switch (wanted) {
                case "read-write" -> !readOnly;
                case "read-only" -> readOnly;
                case "primary" -> !standby;
                default -> standby;
            };
        }
    }

    private List<ServerHost> servers() {
        boolean random = settings.is(Parameter.LOAD_BALANCE_HOSTS, "random");
        List<ServerHost> hosts = new ArrayList<>(settings.hosts());
        if (random) {
            Collections.shuffle(hosts);
        }
        List<ServerHost> servers = new ArrayList<>();
        for (ServerHost host : hosts) {
            List<ServerHost> addresses = new ArrayList<>(addresses(host));
            if (random) {
                Collections.shuffle(addresses);
            }
            servers.addAll(addresses);
        }
        return servers;
    }

    private List<ServerHost> addresses(ServerHost host) {
        if (host.isSocket() || !host.address().isEmpty()) {
            return List.of(host);
        }
        try {
            List<ServerHost> addresses = new ArrayList<>();
            for (InetAddress address : InetAddress.getAllByName(host.name())) {
                addresses.add(host.at(address.getHostAddress()));
            }
            return addresses;
        } catch (UnknownHostException e) {
            fail(host, "the host name is not known", null);
            return List.of();
        }
    }

    private void fail(ServerHost server, String reason, @Nullable SQLException cause) {
        String failure = server.display() + ": " + reason;
        if (!failures.contains(failure)) {
            failures.add(failure);
        }
        if (cause != null) {
            last = cause;
        }
    }

    private static String reason(SQLException e) {
        String message = String.valueOf(e.getMessage());
        if (e.getCause() instanceof IOException cause && cause.getMessage() != null) {
            message = cause.getMessage();
        }
        return message.replaceAll("\\s*\\R\\s*", " ");
    }
}
