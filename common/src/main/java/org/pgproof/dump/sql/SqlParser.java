package org.pgproof.dump.sql;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Takes apart the few statements whose meaning matters here. Each method takes what it names, and the white space and
 * comments before it, or takes nothing and says so.
 */
public final class SqlParser {
    private final byte[] bytes;
    private final int length;
    private final ClientEncoding encoding;
    private final boolean standardStrings;
    private int at;

    public SqlParser(byte[] bytes, int length, ClientEncoding encoding, boolean standardStrings) {
        this.bytes = bytes;
        this.length = length;
        this.encoding = encoding;
        this.standardStrings = standardStrings;
    }

    /** The index of the next byte. */
    public int position() {
        return at;
    }

    /** Goes back to an earlier {@link #position}. */
    public void back(int position) {
        at = position;
    }

    private byte peek() {
        return at < length ? bytes[at] : 0;
    }

    private byte peek(int ahead) {
        return at + ahead < length ? bytes[at + ahead] : 0;
    }

    /** All of these words in this order, in any case, or none of them. */
    public boolean words(String... words) {
        int start = at;
        for (String word : words) {
            if (!word(word)) {
                at = start;
                return false;
            }
        }
        return true;
    }

    private boolean word(String word) {
        skipSpace();
        for (int i = 0; i < word.length(); i++) {
            if (SqlBytes.lower(peek(i)) != SqlBytes.lower((byte) word.charAt(i))) {
                return false;
            }
        }
        if (SqlBytes.continuesWord(peek(word.length()))) {
            return false;
        }
        at += word.length();
        return true;
    }

    public boolean symbol(char symbol) {
        skipSpace();
        if (peek() != symbol) {
            return false;
        }
        at++;
        return true;
    }

    /** An identifier, unquoted; lower case if it was not quoted. */
    public Optional<String> identifier() {
        skipSpace();
        if (peek() == '"') {
            return Optional.of(decode(quoted((byte) '"', false)));
        }
        if (!SqlBytes.startsWord(peek())) {
            return Optional.empty();
        }
        ByteArrayOutputStream name = new ByteArrayOutputStream();
        while (SqlBytes.continuesWord(peek())) {
            name.write(SqlBytes.lower(bytes[at++]));
        }
        return Optional.of(decode(name.toByteArray()));
    }

    /** {@code name} or {@code schema.name}. */
    public Optional<RelationName> relation() {
        Optional<String> first = identifier();
        if (first.isEmpty() || !symbol('.')) {
            return first.map(name -> new RelationName("", name));
        }
        return identifier().map(name -> new RelationName(first.get(), name));
    }

    /** A string, its quotes and escapes undone. */
    public Optional<byte[]> string() {
        skipSpace();
        boolean escapes = !standardStrings;
        if (SqlBytes.lower(peek()) == 'e' && peek(1) == '\'') {
            escapes = true;
            at++;
        }
        return peek() == '\'' ? Optional.of(quoted((byte) '\'', escapes)) : Optional.empty();
    }

    /** A string, as text. */
    public Optional<String> text() {
        return string().map(this::decode);
    }

    /** A whole number. */
    public Optional<Long> number() {
        skipSpace();
        int start = at;
        if (peek() == '-') {
            at++;
        }
        while (SqlBytes.isDigit(peek())) {
            at++;
        }
        try {
            return Optional.of(Long.parseLong(new String(bytes, start, at - start, StandardCharsets.US_ASCII)));
        } catch (NumberFormatException none) {
            at = start;
            return Optional.empty();
        }
    }

    /** {@code (a, "b", c)}: the names. Empty when there is no such list, no names when it is {@code ()}. */
    public Optional<List<String>> identifiers() {
        List<String> names = new ArrayList<>();
        if (!symbol('(')) {
            return Optional.empty();
        }
        do {
            identifier().ifPresent(names::add);
        } while (symbol(','));
        return symbol(')') ? Optional.of(names) : Optional.empty();
    }

    /** What is left before the semicolon, without white space around it. */
    public String rest() {
        skipSpace();
        int end = length;
        while (end > at && (bytes[end - 1] == ';' || SqlBytes.isSpace(bytes[end - 1]))) {
            end--;
        }
        return encoding.decode(bytes, at, end - at);
    }

    private byte[] quoted(byte quote, boolean escapes) {
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        at++;
        while (at < length && (bytes[at] != quote || peek(1) == quote)) {
            if (bytes[at] == quote) {
                at++;
                content.write(bytes[at++]);
            } else if (escapes && bytes[at] == '\\') {
                at++;
                content.write(escaped());
            } else {
                content.write(bytes[at++]);
            }
        }
        at = Math.min(at + 1, length);
        return content.toByteArray();
    }

    private int escaped() {
        byte letter = peek();
        if (letter >= '0' && letter <= '7') {
            return digits(8, 3);
        }
        at++;
        return switch (letter) {
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case 'x' -> Character.digit(peek(), 16) < 0 ? 'x' : digits(16, 2);
            default -> letter;
        };
    }

    private int digits(int radix, int most) {
        int value = 0;
        for (int i = 0; i < most && Character.digit(peek(), radix) >= 0; i++) {
            value = value * radix + Character.digit(bytes[at++], radix);
        }
        return value;
    }

    private void skipSpace() {
        while (SqlBytes.isSpace(peek()) || isComment()) {
            if (peek() == '-') {
                while (at < length && peek() != '\n' && peek() != '\r') {
                    at++;
                }
            } else if (peek() == '/') {
                skipBlockComment();
            } else {
                at++;
            }
        }
    }

    private boolean isComment() {
        return (peek() == '-' && peek(1) == '-') || (peek() == '/' && peek(1) == '*');
    }

    private void skipBlockComment() {
        BlockComment comment = new BlockComment();
        comment.begin();
        at += 2;
        while (at < length && !comment.endsWith(bytes[at++])) {
            // every byte of the comment
        }
    }

    private String decode(byte[] name) {
        return encoding.decode(name, 0, name.length);
    }
}
