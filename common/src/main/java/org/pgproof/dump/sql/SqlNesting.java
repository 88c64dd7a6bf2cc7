package org.pgproof.dump.sql;

/**
 * Whether a semicolon ends the statement: not within parentheses ({@code CREATE RULE}), and not within the body of an
 * SQL-standard function. The rules are those of psqlscan.l: BEGIN, CASE and END count only in a statement that starts
 * with {@code CREATE [OR REPLACE] {FUNCTION | PROCEDURE}}, outside parentheses. The server knows better: for it a body
 * begins with BEGIN ATOMIC, and whatever else is named begin is a name.
 */
final class SqlNesting {
    private static final int MOST_WORDS = 4;

    private int parentheses;
    private int blocks;
    private int trueBlocks;
    private boolean afterBegin;
    private boolean asServer;
    private int words;
    private boolean create;
    private boolean routine;

    void reset() {
        parentheses = 0;
        blocks = 0;
        trueBlocks = 0;
        afterBegin = false;
        words = 0;
        create = false;
        routine = false;
    }

    boolean isFlat() {
        return asServer ? isFlatForServer() : parentheses == 0 && blocks == 0;
    }

    /** From now on statements end where they do for the server. */
    void readAsServer() {
        asServer = true;
    }

    /** Whether the server's own rules end the statement at a semicolon here. */
    boolean isFlatForServer() {
        return parentheses == 0 && trueBlocks == 0;
    }

    /** Whether psql would read on at a semicolon here. */
    boolean goesOnForPsql() {
        return blocks > 0;
    }

    boolean inParentheses() {
        return parentheses > 0;
    }

    void open() {
        parentheses++;
    }

    void close() {
        parentheses = Math.max(0, parentheses - 1);
    }

    void word(SqlWord word) {
        if (words < MOST_WORDS) {
            words++;
            beginning(word);
        }
        if (routine && parentheses == 0) {
            body(word);
        }
    }

    private void beginning(SqlWord word) {
        if (words == 1) {
            create = word.is("create");
        } else if (words == 2 || words == 4) {
            routine |= create && (word.is("function") || word.is("procedure"));
            create &= words == 2 && word.is("or");
        } else {
            create &= word.is("replace");
        }
    }

    private void body(SqlWord word) {
        if ((afterBegin && word.is("atomic")) || (trueBlocks > 0 && word.is("case"))) {
            trueBlocks++;
        } else if (trueBlocks > 0 && word.is("end")) {
            trueBlocks--;
        }
        afterBegin = word.is("begin");
        if (word.is("begin") || (blocks > 0 && word.is("case"))) {
            blocks++;
        } else if (blocks > 0 && word.is("end")) {
            blocks--;
        }
    }
}
