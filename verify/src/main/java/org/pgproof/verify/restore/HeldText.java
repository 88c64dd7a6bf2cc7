package org.pgproof.verify.restore;

import java.util.Arrays;

/** The part of a dump's text that has been read and not passed on, addressed by offsets in the dump. */
final class HeldText {
    private byte[] bytes = new byte[1 << 16];
    private int length;
    private long start;

    int length() {
        return length;
    }

    long end() {
        return start + length;
    }

    /** Begins anew at this offset; nothing may be held. */
    void moveTo(long offset) {
        if (length > 0) {
            throw new IllegalStateException(length + " bytes would be lost");
        }
        start = offset;
    }

    void append(byte[] more, int offset, int count) {
        if (length + count > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, length + count));
        }
        System.arraycopy(more, offset, bytes, length, count);
        length += count;
    }

    /** Returns the bytes between two offsets. */
    byte[] slice(long from, long to) {
        return Arrays.copyOfRange(bytes, (int) (from - start), (int) (to - start));
    }

    /** Removes and returns everything before an offset. */
    byte[] takeTo(long offset) {
        byte[] taken = slice(start, offset);
        System.arraycopy(bytes, taken.length, bytes, 0, length - taken.length);
        length -= taken.length;
        start = offset;
        return taken;
    }
}
