package org.pgproof.dump.sql;

/** The classes of bytes of psql's lexer. Every byte from 0x80 on may be part of a word. */
public final class SqlBytes {
    private static final byte SPACE = 1;
    private static final byte LETTER = 2;
    private static final byte DIGIT = 4;
    private static final byte DOLLAR = 8;
    private static final byte POINT = 16;
    private static final byte[] CLASSES = classes();

    private SqlBytes() {}

    private static byte[] classes() {
        byte[] classes = new byte[256];
        for (char space : new char[] {' ', '\t', '\n', '\r', '\f', 0x0B}) {
            classes[space] = SPACE;
        }
        for (int letter = 'a'; letter <= 'z'; letter++) {
            classes[letter] = LETTER;
            classes[letter - 'a' + 'A'] = LETTER;
        }
        for (int high = 0x80; high <= 0xFF; high++) {
            classes[high] = LETTER;
        }
        for (int digit = '0'; digit <= '9'; digit++) {
            classes[digit] = DIGIT;
        }
        classes['_'] = LETTER;
        classes['$'] = DOLLAR;
        classes['.'] = POINT;
        return classes;
    }

    public static boolean isSpace(byte value) {
        return is(value, SPACE);
    }

    static boolean isDigit(byte value) {
        return is(value, DIGIT);
    }

    static boolean startsWord(byte value) {
        return is(value, LETTER);
    }

    public static boolean continuesWord(byte value) {
        return is(value, LETTER | DIGIT | DOLLAR);
    }

    static boolean continuesNumber(byte value) {
        return is(value, LETTER | DIGIT | POINT);
    }

    static byte lower(byte value) {
        return value >= 'A' && value <= 'Z' ? (byte) (value + ('a' - 'A')) : value;
    }

    private static boolean is(byte value, int classes) {
        return (CLASSES[value & 0xFF] & classes) != 0;
    }
}
