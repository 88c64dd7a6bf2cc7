package org.pgproof.verify.restore;

/** The statement that opens a COPY, as the dump has it; compared by identity, one for each time it stands there. */
final class CopyStatement {
    private final byte[] sql;

    CopyStatement(byte[] sql) {
        this.sql = sql;
    }

    /** Returns its text with the newline after it. */
    byte[] sql() {
        return sql;
    }
}
