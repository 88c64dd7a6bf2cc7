package org.pgproof.verify.restore;

import java.util.Optional;
import org.pgproof.dump.DumpListener;
import org.pgproof.verify.server.CouldNotVerifyException;
import org.pgproof.verify.server.Psql;

/** Takes a dump's bytes, each chunk after the scanner has seen it, and gives them to {@code psql}. */
interface RestoreSessions extends AutoCloseable {
    /** Returns what wants to be told, by the scanner, what the bytes mean. */
    DumpListener listener();

    /**
     * Takes the next bytes of the dump. Once a session has failed, what is written is dropped.
     *
     * @param boundary the scanner's, after these bytes
     */
    void write(byte[] chunk, int length, long boundary) throws InterruptedException;

    /**
     * Says that the dump is whole and was written to its end, and waits until the server has taken all of it.
     *
     * @return the error that the dump's SQL caused; empty when there was none
     * @throws CouldNotVerifyException when {@code psql} or the server failed
     */
    Optional<Psql.SqlError> finish() throws InterruptedException, CouldNotVerifyException;

    /** As {@link #finish} for a dump that is not whole: asks only sessions that have ended by themselves. */
    Optional<Psql.SqlError> failure() throws InterruptedException, CouldNotVerifyException;

    /** Kills what is still running; {@code psql} never sees the end of a dump that is not whole. */
    @Override
    void close();
}
