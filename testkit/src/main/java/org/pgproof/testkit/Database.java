package org.pgproof.testkit;

import java.sql.Connection;
import java.sql.SQLException;

/** One database of a server. */
public record Database(PostgresServer server, String name) {
    /** Returns the connection URI for the superuser, percent-encoded. */
    public String url() {
        return server.url(name);
    }

    /** Opens a connection as the superuser; the caller closes it. */
    public Connection connect() throws SQLException {
        return server.connect(name);
    }

    /** Executes SQL of one or more statements, as one transaction unless it says otherwise. */
    public void execute(String sql) throws SQLException {
        server.execute(name, sql);
    }

    /** Returns the first column of a query's first row as text; it is an error if there is no row or a NULL. */
    public String value(String query) throws SQLException {
        return server.value(name, query);
    }
}
