package org.pgproof.verify.server;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Lets an interrupt end a wait for the server, which JDBC does not: the connection is then cut. The server notices only
 * when it next talks to us, and ends what it was told to do.
 */
public final class Interruptibly {
    private Interruptibly() {}

    /** Something that talks to the server. */
    @FunctionalInterface
    public interface Work {
        void run() throws SQLException;
    }

    /**
     * Does the work in a thread of its own and waits for it.
     *
     * @param connection that the work uses: gone when this is interrupted
     */
    public static void run(Connection connection, Work work) throws SQLException, InterruptedException {
        ExecutorService thread = Executors.newSingleThreadExecutor();
        try {
            Future<?> done = thread.submit(() -> {
                work.run();
                return null;
            });
            done.get();
        } catch (InterruptedException e) {
            connection.abort(Runnable::run);
            throw e;
        } catch (ExecutionException e) {
            if (e.getCause() instanceof SQLException failure) {
                throw failure;
            }
            throw new IllegalStateException(e.getCause());
        } finally {
            thread.shutdownNow();
        }
    }
}
