package org.pgproof.store;

import java.io.IOException;
import java.io.OutputStream;

/**
 * A dump on its way into the store, invisible there until {@link #publish}.
 *
 * <p>Every method throws {@link StorageException} when the store fails and {@link java.io.InterruptedIOException}, with
 * the thread's interrupt status still set, when the thread is interrupted.
 */
public interface Upload extends AutoCloseable {

    /** What has become of the upload. */
    enum Outcome {
        /** Neither published nor closed yet. */
        OPEN,
        /** The whole dump can be seen in the store. */
        PUBLISHED,
        /** Nothing of the dump can be seen in the store, now or later. */
        ABORTED,
        /** The store stopped answering after it was asked to publish or abort: either may be the case. */
        UNKNOWN
    }

    /** The key that was free and is being written: the one asked for, or one of the seconds that follow it. */
    BackupKey key();

    /**
     * Takes the dump's bytes, in order, and sends them in the background; for one thread at a time. A write fails as
     * soon as any part before it has failed for good. Closing it sends and publishes nothing.
     */
    OutputStream body();

    /** Bytes written to {@link #body()} so far. */
    long size();

    /**
     * Stores the manifest, then makes the dump visible: returns only when the store shows an object of exactly
     * {@link #size()} bytes that is this upload's, with this manifest beside it. A response that got lost is settled by
     * looking. An interrupt meanwhile is held back for a few seconds, so that the outcome is known if it can be.
     *
     * @throws StorageException also when nothing was written, or when another writer has taken the key meanwhile
     */
    void publish(Content manifest) throws IOException;

    /** Whether the dump is in the store. */
    Outcome outcome();

    /**
     * Aborts the upload unless it was published or may have been: stops what is being sent, then removes the parts, and
     * its manifest if it is there and still this upload's. Returns within a few seconds, works on an interrupted thread, and does nothing the second time.
     *
     * @throws StorageException when parts may have been left in the store; at the end of a try-with-resources statement
     *     that failed, this becomes a suppressed exception of that failure, so whoever logs the failure tells it too
     */
    @Override
    void close() throws IOException;
}
