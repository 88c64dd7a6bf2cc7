package org.pgproof.dump;

import com.dynatrace.hash4j.hashing.HashStream128;
import com.dynatrace.hash4j.hashing.HashValue128;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.pgproof.dump.sql.ByteSearch;

/**
 * Counts and hashes rows of COPY text, up to the line that ends them. A row is a line: COPY writes a newline within a
 * value as {@code \n}, and doubles every backslash, so that no row is ever the line that ends them. Rows of any length are
 * hashed as they pass.
 */
public final class RowScanner {
    private static final int TERMINATOR = 2;
    /** While the JVM still learns, one row in so many is followed by a hash of every length. */
    private static final int LEARNING_ROWS = 1 << 16;

    private static final int LEARNING_STEP = 64;

    private final boolean hashed;
    private final HashStream128 cutRow = Hash128.XXH3.hashStream();
    private final byte[] cutRowHead = new byte[TERMINATOR + 1];
    private long cutRowLength;
    private long count;
    private long bytes;
    private long high;
    private long low;
    private long firstNul = -1;
    private boolean terminated;

    /** With {@code hashed} false the fingerprint stays zero. */
    public RowScanner(boolean hashed) {
        this.hashed = hashed;
    }

    /**
     * Takes bytes of rows, cut anywhere, as far as the end of the line that is exactly a backslash and a full stop.
     *
     * @return how many of the bytes were taken: all of them, unless that line ended among them
     */
    public int write(byte[] bytes, int offset, int length) {
        int to = offset + length;
        int i = offset;
        while (i < to && !terminated) {
            int newline = newline(bytes, i, to);
            if (newline == to) {
                cut(bytes, i, to - i);
                i = to;
            } else {
                line(bytes, i, newline - i);
                i = newline + 1;
            }
        }
        return i - offset;
    }

    private int newline(byte[] chunk, int from, int to) {
        int i = ByteSearch.indexOfOrNul(chunk, from, to, (byte) '\n');
        while (i < to && chunk[i] == 0) {
            if (firstNul < 0) {
                firstNul = bytes + cutRowLength + (i - from);
            }
            i = ByteSearch.indexOfOrNul(chunk, i + 1, to, (byte) '\n');
        }
        return i;
    }

    private HashValue128 hash(byte[] chunk, int offset, int length) {
        if (count < LEARNING_ROWS && count % LEARNING_STEP == 0) {
            Hash128.everyLength();
        }
        return Hash128.XXH3.hashBytesTo128Bits(chunk, offset, length);
    }

    private void line(byte[] chunk, int offset, int length) {
        if (cutRowLength > 0) {
            cut(chunk, offset, length);
            if (isTerminator(cutRowHead, 0, cutRowLength)) {
                terminated = true;
            } else {
                add(hashed ? cutRow.get() : null, cutRowLength);
            }
            cutRowLength = 0;
        } else if (isTerminator(chunk, offset, length)) {
            terminated = true;
        } else {
            add(hashed ? hash(chunk, offset, length) : null, length);
        }
    }

    private void add(@Nullable HashValue128 hash, long length) {
        count++;
        bytes += length + 1;
        if (hash != null) {
            high += hash.getMostSignificantBits();
            low += hash.getLeastSignificantBits();
        }
    }

    private void cut(byte[] chunk, int offset, int length) {
        for (int i = 0; i < length && cutRowLength + i < cutRowHead.length; i++) {
            cutRowHead[(int) cutRowLength + i] = chunk[offset + i];
        }
        if (hashed) {
            if (cutRowLength == 0) {
                cutRow.reset();
            }
            cutRow.putBytes(chunk, offset, length);
        }
        cutRowLength += length;
    }

    /** psql takes the line with a carriage return for the end, too. */
    private static boolean isTerminator(byte[] line, int offset, long length) {
        return (length == TERMINATOR || (length == TERMINATOR + 1 && line[offset + TERMINATOR] == '\r'))
                && line[offset] == '\\'
                && line[offset + 1] == '.';
    }

    /** Whether the line that ends the rows has been seen; nothing more is taken until {@link #reset}. */
    public boolean terminated() {
        return terminated;
    }

    /** Whether what was written ends with a whole row, or with the line that ends the rows. */
    public boolean atRowStart() {
        return cutRowLength == 0;
    }

    /** How many bytes of a row that has not ended were written. */
    public long cutRowLength() {
        return cutRowLength;
    }

    /** Where among the bytes written the first NUL stood: no server writes one, and psql stumbles over it. */
    public OptionalLong firstNul() {
        return firstNul < 0 ? OptionalLong.empty() : OptionalLong.of(firstNul);
    }

    /** The complete rows so far. */
    public Rows rows() {
        return new Rows(count, bytes, new Fingerprint(high, low));
    }

    /** Begins anew, for the next table's rows. */
    public void reset() {
        cutRowLength = 0;
        count = 0;
        bytes = 0;
        high = 0;
        low = 0;
        firstNul = -1;
        terminated = false;
    }
}
