package org.pgproof.archive;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.CRC32;
import org.pgproof.archive.deflate.Block;
import org.pgproof.archive.deflate.Deflation;

/** Writes one gzip member (RFC 1952) at a time; for one thread. */
final class GzipMember implements AutoCloseable {
    private static final int TRAILER = 8;

    /** ID1 ID2 CM FLG MTIME(4) XFL OS: deflate, no flags, no time, unknown system. */
    private static final byte[] PLAIN = {0x1f, (byte) 0x8b, 8, 0, 0, 0, 0, 0, 0, (byte) 255};

    private static final int FLAGS = 3;
    private static final byte FCOMMENT = 16;
    private static final byte[] MARKED = markedHeader();

    private final Deflation deflation;

    GzipMember(Deflation deflation) {
        this.deflation = deflation;
    }

    /** @param marked whether the header carries the comment that marks a dump as ours */
    void compress(Block block, boolean marked) {
        byte[] header = marked ? MARKED : PLAIN;
        byte[] target = block.member(header.length + deflation.bound(block.length()) + TRAILER);
        System.arraycopy(header, 0, target, 0, header.length);
        int end = header.length + deflation.deflate(block.content(), 0, block.length(), target, header.length);
        CRC32 crc = new CRC32();
        crc.update(block.content(), 0, block.length());
        ByteBuffer.wrap(target, end, TRAILER)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt((int) crc.getValue())
                .putInt(block.length());
        block.compressed(end + TRAILER);
    }

    private static byte[] markedHeader() {
        byte[] comment = DumpMark.COMMENT.getBytes(StandardCharsets.ISO_8859_1);
        byte[] header = Arrays.copyOf(PLAIN, PLAIN.length + comment.length + 1); // ends with the comment's NUL
        header[FLAGS] = FCOMMENT;
        System.arraycopy(comment, 0, header, PLAIN.length, comment.length);
        return header;
    }

    @Override
    public void close() {
        deflation.close();
    }
}
