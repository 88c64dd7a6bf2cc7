package org.pgproof.dump.sql;

import java.io.ByteArrayOutputStream;

/** The first bytes of a line, however long the line is. */
public final class BoundedLine {
    private final ByteArrayOutputStream kept = new ByteArrayOutputStream();
    private final int limit;
    private boolean whole = true;

    public BoundedLine(int limit) {
        this.limit = limit;
    }

    public void clear() {
        kept.reset();
        whole = true;
    }

    public void append(byte[] bytes, int offset, int length) {
        int fits = Math.min(length, limit - kept.size());
        kept.write(bytes, offset, fits);
        whole &= fits == length;
    }

    public boolean whole() {
        return whole;
    }

    public String text(ClientEncoding encoding) {
        byte[] bytes = kept.toByteArray();
        return encoding.decode(bytes, 0, bytes.length);
    }
}
