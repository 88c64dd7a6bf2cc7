package org.pgproof.manifest;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** Ends with an exception, not in memory's exhaustion, where somebody has put far too much in the place of a small object. */
public final class BoundedInputStream extends FilterInputStream {
    private final long limit;
    private long read;

    /** @param in not closed with this */
    public BoundedInputStream(InputStream in, long limit) {
        super(in);
        this.limit = limit;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        int count = in.read(bytes, offset, length);
        read += Math.max(0, count);
        if (read > limit) {
            throw new IOException("it is larger than " + limit + " bytes");
        }
        return count;
    }

    @Override
    public void close() {
        // whoever opened the stream closes it
    }
}
