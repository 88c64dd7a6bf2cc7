package org.pgproof.archive.deflate;

/**
 * A piece of the dump and the gzip member that it becomes. It is filled, compressed and written by one thread after the
 * other, and then filled again: what a dump takes in memory is as many of these as are in flight.
 */
public final class Block {
    /** Bytes of the unpacked dump in one gzip member: enough for deflate's 32 KiB window not to matter. */
    public static final int SIZE = 1 << 20;

    private final byte[] content = new byte[SIZE];
    private int length;
    private boolean atBoundary;
    private byte[] member = {};
    private int memberLength;

    /** Returns where the piece lies, {@link #SIZE} bytes of room. */
    public byte[] content() {
        return content;
    }

    /**
     * Says that it is filled.
     *
     * @param begunAtBoundary whether it begins between two rows or statements
     */
    public void filled(int bytes, boolean begunAtBoundary) {
        length = bytes;
        atBoundary = begunAtBoundary;
    }

    /** Returns how many bytes of the dump it holds. */
    public int length() {
        return length;
    }

    public boolean atBoundary() {
        return atBoundary;
    }

    /** Returns where its gzip member lies or may be written, at least so many bytes of room. */
    public byte[] member(int room) {
        if (member.length < room) {
            member = new byte[room];
        }
        return member;
    }

    /** Says that it is compressed. */
    public void compressed(int bytes) {
        memberLength = bytes;
    }

    /** Returns how many bytes its gzip member has. */
    public int memberLength() {
        return memberLength;
    }
}
