package org.pgproof.store;

import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;

/**
 * The backups under one prefix of one bucket. Nothing but objects of exactly our names, directly under the prefix, is
 * ever listed, read, written or deleted. Safe for use by several threads.
 *
 * <p>Every method throws {@link StorageException} when the store fails and {@link java.io.InterruptedIOException}, with
 * the thread's interrupt status still set, when the thread is interrupted; both within bounded time, also when the
 * store falls silent.
 */
public interface BackupStore extends AutoCloseable {

    /** Asks the store for one page of the prefix: fails unless endpoint, bucket and credentials are good. */
    void check() throws IOException;

    /** All objects of all backups, oldest key first. A listing that could not be read to its end is an exception. */
    List<StoredObject> list() throws IOException;

    /**
     * Begins the dump of a new backup. When {@code key} is taken, the next free second is used: {@link Upload#key()}
     * says which.
     *
     * @param expectedBytes an upper estimate of the dump's size, such as the database's, or 0 for none; the parts have
     *     one size up to there
     */
    Upload begin(BackupKey key, long expectedBytes) throws IOException;

    /** Stores a small object whole, in place of the one that may be there. */
    default void put(BackupKey key, ObjectKind kind, byte[] content) throws IOException {
        put(key, kind, out -> out.write(content));
    }

    /** Stores an object whole, in place of the one that may be there, without holding it in memory. */
    void put(BackupKey key, ObjectKind kind, Content content) throws IOException;

    /**
     * Opens an object for reading from its start. The stream resumes where a connection broke, always on the same
     * object, and ends only at the object's end: a body cut short is an exception. Closing it drops the rest.
     *
     * @throws StorageException {@code NOT_FOUND} when there is none
     */
    InputStream open(BackupKey key, ObjectKind kind) throws IOException;

    /** Opens the dump's bytes {@code from} (counted from 0) up to but not including {@code to}; else as above. */
    InputStream open(BackupKey key, long from, long to) throws IOException;

    /** The object's size in bytes, or empty when the store itself says that there is none. */
    OptionalLong size(BackupKey key, ObjectKind kind) throws IOException;

    /** Deletes the object, until the store itself says that it is gone; it is no error when there is none. */
    void delete(BackupKey key, ObjectKind kind) throws IOException;

    /**
     * Aborts uploads of our names that were begun before that instant and never ended, left by a killed process. Stores
     * and credentials that do not allow it are left alone without a word. Choose an age that no upload can reach.
     *
     * @return how many were aborted
     */
    int abortAbandoned(Instant begunBefore) throws IOException;

    /** Closes all connections. */
    @Override
    void close();
}
