package org.pgproof.store;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** The store did not do what was asked of it; the message says what, why, and where it can be known, what mends it. */
public class StorageException extends IOException {

    /** Why, as far as a verdict or a retry depends on it. */
    public enum Reason {
        /** No answer, a broken connection, or a store that says it is unavailable or overloaded. */
        UNREACHABLE,
        /** The credentials are wrong or do not allow it. */
        DENIED,
        /** The bucket does not exist. */
        NO_SUCH_BUCKET,
        /** The object does not exist, or no longer. */
        NOT_FOUND,
        /** The object is no longer the one that was begun with, or the key was taken by somebody else meanwhile. */
        CHANGED,
        /** A limit was reached: parts of an upload, quota, space. */
        LIMIT,
        /** Anything else, such as an answer that is not S3's. */
        OTHER
    }

    private final Reason reason;

    public StorageException(Reason reason, String message) {
        this(reason, message, null);
    }

    public StorageException(Reason reason, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }
}
