package org.pgproof.verify.server;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.pgproof.postgres.Queries;
import org.pgproof.service.Quantity;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends all sessions of a temporary database that grows beyond what its backup accounts for: what functions of the backup write
 * would fill the server's disk. Temporary files count where the verifier's role may see them.
 */
public final class GrowthWatch implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(GrowthWatch.class);

    private static final Duration PAUSE = Duration.ofSeconds(2);
    /** The server looks at each file: of its time, a look may take one part in so many. */
    private static final int SHARE = 20;

    private static final String SIZE = "SELECT pg_catalog.pg_database_size(?::name)";

    private static final String SEES_FILES =
            "SELECT pg_catalog.has_function_privilege('pg_catalog.pg_ls_tmpdir()', 'EXECUTE')";

    /** They bear the number of the process that writes them. */
    private static final String FILES =
            "SELECT coalesce(pg_catalog.sum(f.size), 0)::bigint FROM pg_catalog.pg_ls_tmpdir() f"
                    + " JOIN pg_catalog.pg_stat_activity a ON f.name LIKE 'pgsql\\_tmp' || a.pid || '.%' WHERE a.datname = ?";

    private final TemporaryDatabase database;
    private final long limit;
    private final Duration pause;
    private final Thread thread;
    private volatile boolean closed;
    private volatile @Nullable CouldNotVerifyException exceeded;

    /** @param limit bytes that the database may have */
    public GrowthWatch(TemporaryDatabase database, long limit) {
        this(database, limit, PAUSE);
    }

    GrowthWatch(TemporaryDatabase database, long limit, Duration pause) {
        this.database = database;
        this.limit = limit;
        this.pause = pause;
        this.thread = new Thread(this::watch, "growth watch");
        thread.setDaemon(true);
        thread.start();
    }

    /** Returns why the sessions were ended; empty when they were not. */
    public Optional<CouldNotVerifyException> exceeded() {
        return Optional.ofNullable(exceeded);
    }

    private void watch() {
        try {
            long wait = pause.toMillis();
            while (!closed) {
                Thread.sleep(wait);
                long begun = System.nanoTime();
                look();
                long took = Duration.ofNanos(System.nanoTime() - begun).toMillis();
                wait = Math.max(pause.toMillis(), SHARE * took);
            }
        } catch (InterruptedException e) {
            // closed
        }
    }

    /** A server that does not say is asked again; whoever restores meets the same trouble. */
    private void look() {
        try (Connection connection = Server.own(database.server().settings()).open()) {
            long size = size(connection) + files(connection);
            if (size > limit && !closed) {
                end(size);
            }
        } catch (SQLException e) {
            log.debug("The size of {} is not known", database.name(), e);
        }
    }

    /** Sessions that begin later are ended by the next look. */
    private void end(long size) {
        if (exceeded == null) {
            exceeded = new CouldNotVerifyException("the temporary database grew to " + Quantity.bytes(size)
                    + ", and the backup accounts for no more than " + Quantity.bytes(limit)
                    + "; if it is right that it needs so much, set VERIFY_MAX_DATABASE_BYTES");
        }
        database.endSessions();
    }

    private long size(Connection connection) throws SQLException {
        try {
            return Queries.number(connection, SIZE, database.name().toString());
        } catch (SQLException e) {
            PowerlessRole role = database.role();
            if (role == null || !ServerTrouble.isLackOfRights(e)) {
                throw e;
            }
            return sizeForItsOwner(connection, role);
        }
    }

    /** The verifier's role has the owner's rights, of which the backup may have given one up. */
    private long sizeForItsOwner(Connection connection, PowerlessRole role) throws SQLException {
        Queries.execute(connection, "SET ROLE " + role.quoted());
        Queries.execute(connection, "GRANT CONNECT ON DATABASE " + database.quoted() + " TO " + role.quoted());
        long size = Queries.number(connection, SIZE, database.name().toString());
        Queries.execute(connection, "RESET ROLE");
        return size;
    }

    private long files(Connection connection) throws SQLException {
        return Queries.truth(connection, SEES_FILES)
                ? Queries.number(connection, FILES, database.name().toString())
                : 0;
    }

    @Override
    public void close() {
        closed = true;
        thread.interrupt();
    }
}
