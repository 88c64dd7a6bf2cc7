package org.pgproof.verify.server;

import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** Nothing can be said of the backup, for a reason that lies outside it; the message says which and what mends it. */
public final class CouldNotVerifyException extends Exception {
    private static final long serialVersionUID = 1L;

    private final boolean crowded;

    /** @param message what, why, and what mends it */
    public CouldNotVerifyException(String message, @Nullable Throwable cause) {
        this(message, cause, false);
    }

    private CouldNotVerifyException(String message, @Nullable Throwable cause, boolean crowded) {
        super(message, cause);
        this.crowded = crowded;
    }

    /** Sessions were in each other's way, or too many: with one alone it may go. */
    public static CouldNotVerifyException crowded(String message) {
        return new CouldNotVerifyException(message, null, true);
    }

    /** The server refused what the role in the sessions has no right to. */
    static CouldNotVerifyException refused(String message) {
        return new CouldNotVerifyException(message, new SQLException(message, ServerTrouble.INSUFFICIENT_PRIVILEGE));
    }

    /** Returns whether a right was lacking. */
    boolean lacksRight() {
        return getCause() instanceof SQLException error
                && ServerTrouble.INSUFFICIENT_PRIVILEGE.equals(error.getSQLState());
    }

    /** Returns whether it may go with one session. */
    public boolean isCrowded() {
        return crowded;
    }

    /** @param message what, why, and what mends it */
    public CouldNotVerifyException(String message) {
        this(message, null);
    }

    /** The server did not do what the verification needs, whatever the backup. */
    public static CouldNotVerifyException of(String attempted, SQLException cause) {
        return new CouldNotVerifyException(attempted + ": " + cause.getMessage(), cause);
    }
}
