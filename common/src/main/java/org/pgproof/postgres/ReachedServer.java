package org.pgproof.postgres;

import java.sql.Connection;
import java.sql.SQLException;

/** The server a connection has reached, kept in the URL that the JDBC driver remembers. */
final class ReachedServer {
    private static final String BEFORE = "jdbc:postgresql://?" + ServerSockets.SERVER + "=";

    private ReachedServer() {}

    /** A URL that names the server and nothing else. */
    static String url(ServerHost server) {
        return BEFORE + PercentEncoding.encode(server.encoded());
    }

    /** The server of a connection that was made with such a URL. */
    static ServerHost of(Connection connection) throws SQLException {
        String url = connection.getMetaData().getURL();
        if (url == null || !url.startsWith(BEFORE)) {
            throw new SQLException("the connection was not opened by ConnectionSettings");
        }
        return ServerHost.decode(
                PercentEncoding.decode(url.substring(BEFORE.length())).orElseThrow());
    }
}
