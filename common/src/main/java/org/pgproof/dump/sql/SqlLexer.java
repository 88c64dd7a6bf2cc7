package org.pgproof.dump.sql;

/**
 * Finds where statements, comments and backslash commands begin and end, as psql's own lexer (psqlscan.l) does: it knows
 * strings, quoted identifiers, dollar quotes, comments, parentheses and the bodies of SQL-standard functions. It is given
 * the text in pieces cut anywhere, keeps none of it, and stops wherever its caller has something to do.
 */
public final class SqlLexer {
    /** Why {@link #scan} returned. */
    public enum Stop {
        /** The piece has been read to its end. */
        INPUT,
        /** The byte at the index returned is a statement's first, or its second if {@link #firstByte} is not 0. */
        STATEMENT_STARTS,
        /** The byte before is the semicolon that ends the statement. */
        STATEMENT_ENDS,
        /** The byte before is a semicolon that ends the statement for the server and not for psql. */
        STATEMENT_GOES_ON,
        /** The two bytes before begin a comment between statements, which the caller reads to the end of its line. */
        LINE_COMMENT,
        /** The byte before is a backslash for psql. */
        BACKSLASH,
        /** Before this index is what psql may read otherwise, see {@link #reason}. */
        UNSUPPORTED
    }

    private enum State {
        PLAIN,
        DASH,
        SLASH,
        LINE_COMMENT,
        BLOCK_COMMENT,
        QUOTE,
        ESCAPE_QUOTE,
        QUOTE_END,
        IDENTIFIER_QUOTE,
        WORD,
        UNICODE_PREFIX,
        NUMBER,
        DOLLAR,
        DOLLAR_TAG,
        DOLLAR_BODY
    }

    private static final String NUL = "a NUL byte, at which psql stops reading the line";

    private final SqlNesting nesting = new SqlNesting();
    private final StatementForm form = new StatementForm();
    private final SqlWord word = new SqlWord();
    private final DollarQuote dollarQuote = new DollarQuote();
    private final BlockComment blockComment = new BlockComment();
    private boolean standardStrings = true;
    private boolean inStatement;
    private State state = State.PLAIN;
    private Stop stop = Stop.INPUT;
    private byte firstByte;
    private boolean escaped;
    private boolean goesOnForPsql;
    private boolean lettersInNumber;
    private String reason = "";

    /** The kind of string that ended last and is continued by a quote once {@link #newlineAfterQuote}. */
    private State continuable = State.PLAIN;

    private boolean newlineAfterQuote;

    /** Whether a backslash in a plain string is just that: {@code standard_conforming_strings}. On at first. */
    public void standardStrings(boolean on) {
        standardStrings = on;
    }

    /** From now on statements end where they do for the server, though psql may read on. */
    public void readAsServer() {
        nesting.readAsServer();
    }

    /** After {@link Stop#STATEMENT_ENDS}: whether psql would take what follows for a part of the statement. */
    public boolean goesOnForPsql() {
        return goesOnForPsql;
    }

    boolean standardStrings() {
        return standardStrings;
    }

    /** Why the last {@link #scan} returned. */
    public Stop stop() {
        return stop;
    }

    /** What is unsupported, after {@link Stop#UNSUPPORTED}. */
    public String reason() {
        return reason;
    }

    /** After {@link Stop#STATEMENT_STARTS}: the dash or slash already read that is the statement's first byte, or 0. */
    public byte firstByte() {
        return firstByte;
    }

    /** After {@link Stop#STATEMENT_ENDS}: why pg_dump cannot have written the statement; empty when it can. */
    public String foreign() {
        return form.foreign();
    }

    /** Whether a statement has begun and not ended. */
    public boolean inStatement() {
        return inStatement;
    }

    /** What the text breaks off in the middle of, for people to read; empty between statements. */
    public String unterminated() {
        return switch (state) {
            case QUOTE, ESCAPE_QUOTE -> "a string";
            case IDENTIFIER_QUOTE -> "a quoted identifier";
            case DOLLAR_BODY -> "a dollar-quoted string";
            case BLOCK_COMMENT -> "a comment";
            default -> inStatement || state == State.DASH || state == State.SLASH ? "a statement" : "";
        };
    }

    /** Forgets everything but {@link #standardStrings}: the next byte is read as the first of a text. */
    void reset() {
        inStatement = false;
        state = State.PLAIN;
        continuable = State.PLAIN;
        nesting.reset();
    }

    /** Reads on until there is something to do; returns the index of the first byte not read, see {@link #stop}. */
    public int scan(byte[] bytes, int from, int to) {
        stop = Stop.INPUT;
        int i = from;
        while (i < to && stop == Stop.INPUT) {
            i = switch (state) {
                case PLAIN -> inStatement ? plain(bytes, i, to) : between(bytes, i, to);
                case DASH -> second(bytes[i], i, (byte) '-', State.LINE_COMMENT);
                case SLASH -> second(bytes[i], i, (byte) '*', State.BLOCK_COMMENT);
                case LINE_COMMENT -> lineComment(bytes, i, to);
                case BLOCK_COMMENT -> blockComment(bytes, i, to);
                case QUOTE -> quote(bytes, i, to);
                case ESCAPE_QUOTE -> escapeQuote(bytes, i, to);
                case QUOTE_END -> quoteEnd(bytes[i], i);
                case IDENTIFIER_QUOTE -> identifierQuote(bytes, i, to);
                case WORD -> word(bytes, i, to);
                case UNICODE_PREFIX -> unicodePrefix(bytes[i], i);
                case NUMBER -> number(bytes, i, to);
                case DOLLAR -> dollar(bytes[i], i);
                case DOLLAR_TAG -> dollarTag(bytes, i, to);
                case DOLLAR_BODY -> dollarBody(bytes, i, to);
            };
        }
        return i;
    }

    private int between(byte[] bytes, int from, int to) {
        int i = from;
        while (i < to && SqlBytes.isSpace(bytes[i])) {
            i++;
        }
        if (i == to) {
            return to;
        }
        switch (bytes[i]) {
            case '-' -> state = State.DASH;
            case '/' -> state = State.SLASH;
            case '\\' -> stop = Stop.BACKSLASH;
            case 0 -> unsupported(NUL);
            default -> {
                statementStarts((byte) 0);
                return i;
            }
        }
        return i + 1;
    }

    private void statementStarts(byte first) {
        inStatement = true;
        form.begin();
        firstByte = first;
        stop = Stop.STATEMENT_STARTS;
    }

    private int plain(byte[] bytes, int from, int to) {
        for (int i = from; i < to; i++) {
            byte next = bytes[i];
            if (SqlBytes.isSpace(next)) {
                newlineAfterQuote |= next == '\n' || next == '\r';
                continue;
            }
            State continued = newlineAfterQuote && next == '\'' ? continuable : State.PLAIN;
            if (next != '-') { // may begin a comment, through which a string goes on
                continuable = State.PLAIN;
            }
            if (SqlBytes.startsWord(next)) {
                state = State.WORD;
                word.clear();
                return i;
            }
            if (symbol(next)) {
                goOnWith(continued);
                return i + 1;
            }
        }
        return to;
    }

    /** Takes a byte that is neither white space nor a letter; true if the state or {@link #stop} changed. */
    private boolean symbol(byte next) {
        switch (next) {
            case '\'' -> state = standardStrings ? State.QUOTE : State.ESCAPE_QUOTE;
            case '"' -> state = State.IDENTIFIER_QUOTE;
            case '$' -> state = State.DOLLAR;
            case '-' -> state = State.DASH;
            case '/' -> state = State.SLASH;
            case '\\' -> stop = Stop.BACKSLASH;
            case '(' -> nesting.open();
            case ')' -> nesting.close();
            case ';' -> semicolon();
            case 0 -> unsupported(NUL);
            default -> {
                if (SqlBytes.isDigit(next)) {
                    state = State.NUMBER;
                    lettersInNumber = false;
                }
            }
        }
        return state != State.PLAIN || stop != Stop.INPUT;
    }

    /** The server reads a string after a newline as the last one continued; psql, line by line, as a new one. */
    private void goOnWith(State continued) {
        if (continued != State.PLAIN && continued != state) {
            state = continued;
            unsupported("a string with backslash escapes that goes on after a newline");
        }
    }

    private void semicolon() {
        if (nesting.isFlat()) {
            goesOnForPsql = nesting.goesOnForPsql();
            nesting.reset();
            inStatement = false;
            stop = Stop.STATEMENT_ENDS;
        } else if (nesting.isFlatForServer()) {
            stop = Stop.STATEMENT_GOES_ON;
        }
    }

    private void unsupported(String why) {
        stop = Stop.UNSUPPORTED;
        reason = why;
    }

    private int second(byte next, int i, byte wanted, State comment) {
        if (next == wanted) {
            if (inStatement || comment == State.BLOCK_COMMENT) {
                state = comment;
                blockComment.begin();
            } else {
                state = State.PLAIN;
                stop = Stop.LINE_COMMENT;
            }
            if (comment == State.BLOCK_COMMENT) {
                continuable = State.PLAIN;
            }
            return i + 1;
        }
        byte first = (byte) (state == State.DASH ? '-' : '/');
        state = State.PLAIN;
        continuable = State.PLAIN;
        if (!inStatement) {
            statementStarts(first);
        }
        return i;
    }

    private int lineComment(byte[] bytes, int from, int to) {
        for (int i = from; i < to; i++) {
            byte next = bytes[i];
            if (next == '\n' || next == '\r') {
                state = State.PLAIN;
                return i;
            }
            if (next == 0) {
                unsupported(NUL);
                return i + 1;
            }
        }
        return to;
    }

    private int blockComment(byte[] bytes, int from, int to) {
        for (int i = from; i < to; i++) {
            if (bytes[i] == 0) {
                unsupported(NUL);
                return i + 1;
            }
            if (blockComment.endsWith(bytes[i])) {
                state = State.PLAIN;
                return i + 1;
            }
        }
        return to;
    }

    private int quote(byte[] bytes, int from, int to) {
        int i = ByteSearch.indexOfOrNul(bytes, from, to, (byte) '\'');
        if (i == to) {
            return to;
        }
        if (bytes[i] == 0) {
            unsupported(NUL);
        } else {
            continuable = State.QUOTE;
            state = State.QUOTE_END;
        }
        return i + 1;
    }

    private int escapeQuote(byte[] bytes, int from, int to) {
        for (int i = from; i < to; i++) {
            byte next = bytes[i];
            if (next == 0) {
                unsupported(NUL);
                return i + 1;
            }
            if (escaped) {
                escaped = false;
            } else if (next == '\\') {
                escaped = true;
            } else if (next == '\'') {
                continuable = State.ESCAPE_QUOTE;
                state = State.QUOTE_END;
                return i + 1;
            }
        }
        return to;
    }

    private int quoteEnd(byte next, int i) {
        if (next == '\'') {
            state = continuable;
            return i + 1;
        }
        newlineAfterQuote = false;
        state = State.PLAIN;
        return i;
    }

    private int identifierQuote(byte[] bytes, int from, int to) {
        int i = ByteSearch.indexOfOrNul(bytes, from, to, (byte) '"');
        if (i == to) {
            return to;
        }
        if (bytes[i] == 0) {
            unsupported(NUL);
        } else {
            state = State.PLAIN;
        }
        return i + 1;
    }

    private int word(byte[] bytes, int from, int to) {
        int i = from;
        while (i < to && SqlBytes.continuesWord(bytes[i])) {
            i++;
        }
        word.append(bytes, from, i - from);
        if (i == to) {
            return to;
        }
        if (bytes[i] == '\'' && word.isOneOf('e', 'b', 'x')) {
            state = word.isOneOf('e', 'e', 'e') ? State.ESCAPE_QUOTE : State.QUOTE;
            return i + 1;
        }
        if (bytes[i] == '&' && word.isOneOf('u', 'u', 'u')) {
            state = State.UNICODE_PREFIX;
            return i + 1;
        }
        word();
        state = State.PLAIN;
        return i;
    }

    private void word() {
        form.word(word, nesting.inParentheses());
        nesting.word(word);
    }

    private int unicodePrefix(byte next, int i) {
        state = switch (next) {
            case '\'' -> State.QUOTE;
            case '"' -> State.IDENTIFIER_QUOTE;
            default -> State.PLAIN;
        };
        if (state == State.PLAIN) {
            word();
            return i;
        }
        return i + 1;
    }

    private int number(byte[] bytes, int from, int to) {
        int i = from;
        while (i < to && SqlBytes.continuesNumber(bytes[i])) {
            lettersInNumber |= SqlBytes.startsWord(bytes[i++]);
        }
        if (i < to) {
            state = State.PLAIN;
            if (lettersInNumber && (bytes[i] == '\'' || bytes[i] == '$')) {
                unsupported("a number that runs into letters and a quote, which versions of psql read differently");
            }
        }
        return i;
    }

    private int dollar(byte next, int i) {
        if (SqlBytes.isDigit(next)) {
            state = State.NUMBER;
            lettersInNumber = false;
            return i;
        }
        dollarQuote.begin();
        if (next == '$' || SqlBytes.startsWord(next)) {
            state = State.DOLLAR_TAG;
        } else {
            state = State.PLAIN;
        }
        return i;
    }

    private int dollarTag(byte[] bytes, int from, int to) {
        for (int i = from; i < to; i++) {
            byte next = bytes[i];
            if (next == '$') {
                dollarQuote.tagEnds();
                state = State.DOLLAR_BODY;
                return i + 1;
            }
            if (!SqlBytes.continuesWord(next)) { // not a quote: a lone dollar sign and then a word
                word.clear();
                dollarQuote.copyTag(word);
                state = State.WORD;
                return i;
            }
            if (!dollarQuote.appendToTag(next)) {
                state = State.WORD;
                unsupported("a dollar quote with a tag of more than " + DollarQuote.TAG_LIMIT + " bytes");
                return i;
            }
        }
        return to;
    }

    private int dollarBody(byte[] bytes, int from, int to) {
        int i = dollarQuote.indexAfterEnd(bytes, from, to);
        if (dollarQuote.nulFound()) {
            unsupported(NUL);
        } else if (dollarQuote.ended()) {
            state = State.PLAIN;
        }
        return i;
    }
}
