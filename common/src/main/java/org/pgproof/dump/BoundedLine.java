package org.pgproof.dump;

import java.io.ByteArrayOutputStream;

/** The first bytes of a line, however long the line is. */
final class BoundedLine {
    private final ByteArrayOutputStream kept = new ByteArrayOutputStream();
    private final int limit;
    private boolean whole = true;

    BoundedLine(int limit) {
        this.limit = limit;
    }

    void clear() {
        kept.reset();
        whole = true;
    }

    void append(byte[] bytes, int offset, int length) {
        int fits = Math.min(length, limit - kept.size());
        kept.write(bytes, offset, fits);
        whole &= fits == length;
    }

    boolean whole() {
        return whole;
    }

    String text(ClientEncoding encoding) {
        byte[] bytes = kept.toByteArray();
        return encoding.decode(bytes, 0, bytes.length);
    }
}
