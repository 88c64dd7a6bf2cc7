package org.pgproof.archive;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.security.MessageDigest;
import java.util.HexFormat;

/** Counts and digests what passes. */
public final class DigestOutputStream extends FilterOutputStream {
    private final MessageDigest digest = Sha256.digest();
    private long bytes;

    /** @param out receives everything; closing this closes it */
    public DigestOutputStream(OutputStream out) {
        super(out);
    }

    @Override
    public void write(int value) throws IOException {
        write(new byte[] {(byte) value}, 0, 1);
    }

    @Override
    public void write(byte[] content, int offset, int length) throws IOException {
        out.write(content, offset, length);
        digest.update(content, offset, length);
        bytes += length;
    }

    /** Returns the number of bytes that passed. */
    public long bytes() {
        return bytes;
    }

    /** Returns SHA-256 of what passed, as 64 hexadecimal digits; nothing may pass after this. */
    public String sha256() {
        return HexFormat.of().formatHex(digest.digest());
    }
}
