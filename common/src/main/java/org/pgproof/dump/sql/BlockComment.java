package org.pgproof.dump.sql;

/** Finds the end of a comment that may hold further ones. */
final class BlockComment {
    private int depth;
    private byte previous;

    void begin() {
        depth = 1;
        previous = 0;
    }

    /** Takes the next byte; true when it ends the outermost comment. */
    boolean endsWith(byte next) {
        if (previous == '/' && next == '*') {
            depth++;
            previous = 0;
        } else if (previous == '*' && next == '/') {
            depth--;
            previous = 0;
        } else {
            previous = next;
        }
        return depth == 0;
    }
}
