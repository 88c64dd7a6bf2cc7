package org.pgproof.archive;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/** Counts, times and digests what is read. */
public final class DigestInputStream extends FilterInputStream {
    private final MessageDigest digest = Sha256.digest();
    private long bytes;
    private long waited;
    private @Nullable String sha256;

    /** @param in closed with this */
    public DigestInputStream(InputStream in) {
        super(in);
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        long started = System.nanoTime();
        int read = in.read(target, offset, length);
        waited += System.nanoTime() - started;
        if (read > 0) {
            digest.update(target, offset, read);
            bytes += read;
        }
        return read;
    }

    /** Reads what is left. */
    public void drain() throws IOException {
        byte[] rest = new byte[64 * 1024];
        int read = 0;
        while (read >= 0) {
            read = read(rest, 0, rest.length);
        }
    }

    /** Returns the number of bytes read. */
    public long bytes() {
        return bytes;
    }

    /** Returns how long reading has taken, all in all. */
    public Duration waited() {
        return Duration.ofNanos(waited);
    }

    /** Returns SHA-256 of what was read, as 64 hexadecimal digits; nothing may be read after this. */
    public String sha256() {
        String known = sha256;
        if (known == null) {
            known = HexFormat.of().formatHex(digest.digest());
            sha256 = known;
        }
        return known;
    }
}
