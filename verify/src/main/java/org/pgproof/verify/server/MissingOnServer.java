package org.pgproof.verify.server;

import java.util.regex.Pattern;

/** Recognises errors of a restore that say what the verifying server lacks, not what the dump does. */
final class MissingOnServer {
    private static final String UNDEFINED_OBJECT = "42704";
    private static final String FEATURE_NOT_SUPPORTED = "0A000";

    private static final Pattern ROLE_OR_TABLESPACE = Pattern.compile("(role|tablespace) \".*\" does not exist");
    private static final Pattern EXTENSION = Pattern.compile("extension \".*\" is not available");
    private static final Pattern COLLATION = Pattern.compile("collation \".*\" for encoding \".*\" does not exist");

    private MissingOnServer() {}

    static boolean explains(Psql.SqlError error) {
        return ServerTrouble.is(error.state())
                || matches(error, UNDEFINED_OBJECT, ROLE_OR_TABLESPACE)
                || matches(error, UNDEFINED_OBJECT, COLLATION)
                || matches(error, FEATURE_NOT_SUPPORTED, EXTENSION);
    }

    private static boolean matches(Psql.SqlError error, String state, Pattern message) {
        return error.state().equals(state) && message.matcher(error.message()).find();
    }
}
