package org.pgproof.archive.deflate;

/** Compresses one block at a time into a raw deflate stream (RFC 1951); for one thread. */
public interface Deflation extends AutoCloseable {
    /** Returns how large the result for so many bytes may become. */
    int bound(int length);

    /**
     * Compresses at most {@link Block#SIZE} bytes of {@code content}, from {@code from} on.
     *
     * @param target has room for {@link #bound} bytes from {@code offset} on
     * @return the number of bytes written, from {@code offset} on
     */
    int deflate(byte[] content, int from, int length, byte[] target, int offset);

    @Override
    void close();
}
