package org.pgproof.dump.sql;

/** Finds the end of a dollar-quoted string. */
final class DollarQuote {
    /** PostgreSQL has no limit; pg_dump's own tags have a few bytes. */
    static final int TAG_LIMIT = 1024;

    private final byte[] tag = new byte[TAG_LIMIT];
    private int length;
    /** How many bytes of the closing tag, dollar signs included, have just been seen. */
    private int matched;

    private boolean ended;
    private boolean nulFound;

    void begin() {
        length = 0;
    }

    /** False when the tag is too long. */
    boolean appendToTag(byte next) {
        if (length == TAG_LIMIT) {
            return false;
        }
        tag[length++] = next;
        return true;
    }

    void copyTag(SqlWord word) {
        word.append(tag, 0, length);
    }

    void tagEnds() {
        matched = 0;
        ended = false;
    }

    boolean ended() {
        return ended;
    }

    boolean nulFound() {
        return nulFound;
    }

    int indexAfterEnd(byte[] bytes, int from, int to) {
        nulFound = false;
        int i = from;
        while (i < to) {
            if (matched == 0) {
                i = ByteSearch.indexOfOrNul(bytes, i, to, (byte) '$');
                if (i == to) {
                    return to;
                }
            }
            byte next = bytes[i++];
            if (next == 0) {
                nulFound = true;
                matched = 0;
                return i;
            }
            match(next);
            if (ended) {
                return i;
            }
        }
        return to;
    }

    private void match(byte next) {
        if (next == '$') {
            ended = matched == length + 1;
            matched = 1; // the dollar sign that does not end the string may begin what does
        } else if (matched > 0 && matched <= length && tag[matched - 1] == next) {
            matched++;
        } else {
            matched = 0;
        }
    }
}
