package org.pgproof.verify.restore;

import java.nio.charset.StandardCharsets;

/** Looks for the one command that a {@code psql} obeys after {@code \restrict}, wherever it stands. */
final class CommandSearch {
    private static final byte[] COMMAND = "\\unrestrict".getBytes(StandardCharsets.US_ASCII);

    private int matched;

    /** Returns whether the text so far holds it. */
    boolean finds(byte[] bytes, int length) {
        for (int i = 0; i < length; i++) {
            byte next = bytes[i];
            if (next == COMMAND[matched]) {
                matched++;
            } else {
                matched = next == COMMAND[0] ? 1 : 0;
            }
            if (matched == COMMAND.length) {
                return true;
            }
        }
        return false;
    }
}
