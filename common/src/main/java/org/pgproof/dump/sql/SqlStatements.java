package org.pgproof.dump.sql;

import java.util.List;

/**
 * The statements of a file that a person wrote for psql.
 *
 * @param statements without their semicolons
 * @param backslashCommands what cannot be run here: each from the start of its line, or of the statement that it
 *     interrupts, to the end of the line
 */
public record SqlStatements(List<Line> statements, List<Line> backslashCommands) {
    /** A piece of the file and the line, from 1, on which it begins. */
    public record Line(int number, String text) {}

    public SqlStatements {
        statements = List.copyOf(statements);
        backslashCommands = List.copyOf(backslashCommands);
    }

    /** Splits the text of a file. Strings are read as with {@code standard_conforming_strings} on. */
    public static SqlStatements split(String text) {
        return new SqlSplitter(text).split();
    }
}
