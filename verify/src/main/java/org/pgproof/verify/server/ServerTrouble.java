package org.pgproof.verify.server;

import java.sql.SQLException;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.postgresql.util.PSQLException;

/** Tells what the server lacks from what is wrong with the backup, by SQLSTATE (PostgreSQL manual, appendix A). */
public final class ServerTrouble {
    /** Connection lost, sessions in each other's way, out of resources, stopped by the operator, system error. */
    private static final Set<String> CLASSES = Set.of("08", "40", "53", "57", "58");

    static final String INSUFFICIENT_PRIVILEGE = "42501";

    /** Insufficient privilege; a server, role or session that may only read: a standby, or one whose disk filled up. */
    private static final Set<String> LACK_OF_RIGHTS = Set.of(INSUFFICIENT_PRIVILEGE, "25006");

    /** The server's routine that does what PL/pgSQL's {@code RAISE} says. */
    private static final String RAISED = "exec_stmt_raise";

    private ServerTrouble() {}

    /** Returns whether the server lacks something. */
    public static boolean is(SQLException e) {
        return is(e.getSQLState());
    }

    /** Returns whether sessions were in each other's way, or too many for the server's memory or its connections. */
    static boolean isCrowd(String state) {
        return state.startsWith("40") || state.equals("53200") || state.equals("53300");
    }

    /** Returns whether what it lacks is the right to do this. */
    public static boolean isLackOfRights(SQLException e) {
        return LACK_OF_RIGHTS.contains(String.valueOf(e.getSQLState()));
    }

    /** Returns whether the server itself, and no function that raises the same code, refused what needs another right. */
    public static boolean isRefusal(SQLException e) {
        return INSUFFICIENT_PRIVILEGE.equals(e.getSQLState())
                && e instanceof PSQLException own
                && own.getServerErrorMessage() != null
                && !RAISED.equals(own.getServerErrorMessage().getRoutine());
    }

    /** Returns whether this SQLSTATE says that the server lacks something. */
    public static boolean is(@Nullable String state) {
        return state != null
                && state.length() == 5
                && (CLASSES.contains(state.substring(0, 2)) || LACK_OF_RIGHTS.contains(state));
    }
}
