package org.pgproof.backup;

/** Compresses one block at a time into a raw deflate stream (RFC 1951); for one thread. */
interface Deflation extends AutoCloseable {
    /** Returns how large the result for so many bytes may become. */
    int bound(int length);

    /**
     * Compresses a block of at most {@link DumpStream#BLOCK} bytes.
     *
     * @param target has room for {@link #bound} bytes
     * @return the number of bytes written, from the start of {@code target}
     */
    int deflate(byte[] block, int length, byte[] target);

    @Override
    void close();
}
