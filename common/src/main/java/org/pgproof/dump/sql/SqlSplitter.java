package org.pgproof.dump.sql;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Splits one text into statements. */
final class SqlSplitter {
    private final byte[] bytes;
    private final SqlLexer lexer = new SqlLexer();
    private final List<SqlStatements.Line> statements = new ArrayList<>();
    private final List<SqlStatements.Line> backslashCommands = new ArrayList<>();
    private int start;
    private int counted;
    private int line = 1;

    SqlSplitter(String text) {
        bytes = text.getBytes(StandardCharsets.UTF_8);
    }

    SqlStatements split() {
        int i = 0;
        while (i < bytes.length) {
            i = lexer.scan(bytes, i, bytes.length);
            switch (lexer.stop()) {
                case STATEMENT_STARTS -> start = lexer.firstByte() == 0 ? i : i - 1;
                case STATEMENT_ENDS -> add(statements, start, i - 1);
                case LINE_COMMENT -> i = endOfLine(i);
                case BACKSLASH -> i = backslash(i);
                case INPUT, STATEMENT_GOES_ON, UNSUPPORTED -> {
                    // read on as the server would
                }
            }
        }
        if (lexer.inStatement()) {
            add(statements, start, bytes.length);
        }
        return new SqlStatements(statements, backslashCommands);
    }

    private int backslash(int after) {
        int end = endOfLine(after);
        add(backslashCommands, lexer.inStatement() ? start : after - 1, end);
        lexer.reset();
        return end;
    }

    private int endOfLine(int from) {
        int i = from;
        while (i < bytes.length && bytes[i] != '\n') {
            i++;
        }
        return i;
    }

    private void add(List<SqlStatements.Line> lines, int from, int to) {
        while (counted < from) {
            line += bytes[counted++] == '\n' ? 1 : 0;
        }
        String text = new String(bytes, from, to - from, StandardCharsets.UTF_8).strip();
        if (!text.isEmpty()) {
            lines.add(new SqlStatements.Line(line, text));
        }
    }
}
