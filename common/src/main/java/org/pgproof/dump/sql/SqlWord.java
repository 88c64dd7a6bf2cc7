package org.pgproof.dump.sql;

/** The word being read, as far as it may be a keyword. */
final class SqlWord {
    private final byte[] letters = new byte["materialized".length()];
    private int length;
    private boolean tooLong;

    void clear() {
        length = 0;
        tooLong = false;
    }

    void append(byte[] bytes, int offset, int count) {
        int fits = Math.min(count, letters.length - length);
        for (int i = 0; i < fits; i++) {
            letters[length + i] = SqlBytes.lower(bytes[offset + i]);
        }
        length += fits;
        tooLong |= fits < count;
    }

    /** Whether this is one letter, one of these. */
    boolean isOneOf(char first, char second, char third) {
        return length == 1 && (letters[0] == first || letters[0] == second || letters[0] == third);
    }

    boolean is(String keyword) {
        if (tooLong || length != keyword.length()) {
            return false;
        }
        for (int i = 0; i < length; i++) {
            if (letters[i] != keyword.charAt(i)) {
                return false;
            }
        }
        return true;
    }
}
