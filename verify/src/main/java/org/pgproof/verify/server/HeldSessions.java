package org.pgproof.verify.server;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.pgproof.postgres.PgProcess;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The sessions that a verification has open in its temporary database: JDBC's and psql's. Whoever waits in one for a server
 * that has frozen is deaf to interrupts; cutting them from here ends every such wait.
 */
final class HeldSessions {
    private static final Logger log = LoggerFactory.getLogger(HeldSessions.class);

    private final Set<Connection> connections = ConcurrentHashMap.newKeySet();
    private final Set<PgProcess> processes = ConcurrentHashMap.newKeySet();
    private volatile boolean forGood;

    /** Keeps a connection until it is closed. */
    Connection hold(Connection connection) {
        connections.removeIf(HeldSessions::isClosed);
        connections.add(connection);
        if (forGood) {
            cut();
        }
        return connection;
    }

    /** Keeps a {@code psql} until it has ended. */
    PgProcess hold(PgProcess process) {
        processes.removeIf(earlier -> !earlier.isAlive());
        processes.add(process);
        if (forGood) {
            cut();
        }
        return process;
    }

    private static boolean isClosed(Connection connection) {
        try {
            return connection.isClosed();
        } catch (SQLException e) {
            return true;
        }
    }

    /** Ends all of them, and whatever is opened from now on. */
    void cutForGood() {
        forGood = true;
        cut();
    }

    /** Ends all that there are. */
    void cut() {
        processes.forEach(PgProcess::kill);
        for (Connection connection : connections) {
            try {
                connection.abort(Runnable::run);
            } catch (SQLException e) {
                log.debug("A connection could not be cut", e);
            }
        }
    }
}
