package org.pgproof.dump;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/** XXH3-128 (seed 0) of a text, such as that of one statement. */
public record Digest(long high, long low) {
    private static final String PREFIX = "xxh3-128:";

    /** The digest of these bytes. */
    public static Digest of(byte[] bytes) {
        return of(bytes, 0, bytes.length);
    }

    /** The digest of {@code length} bytes from {@code offset} on. */
    public static Digest of(byte[] bytes, int offset, int length) {
        return Hash128.digest(bytes, offset, length);
    }

    /** The digest of this text followed by another, by their digests: the order counts. */
    public Digest then(Digest next) {
        return of((this + "\n" + next).getBytes(StandardCharsets.US_ASCII));
    }

    /**
     * Reads what {@link #toString} writes.
     *
     * @throws IllegalArgumentException if the text has another form
     */
    public static Digest parse(String text) {
        long[] halves = Hash128.parse(PREFIX, text);
        return new Digest(halves[0], halves[1]);
    }

    /** Reads what {@link #digits} writes. */
    public static Digest ofDigits(String digits) {
        return parse(PREFIX + digits);
    }

    /** {@code xxh3-128:} and 32 lower-case hexadecimal digits. */
    @Override
    public String toString() {
        return PREFIX + digits();
    }

    /** 32 lower-case hexadecimal digits. */
    public String digits() {
        return HexFormat.of().toHexDigits(high) + HexFormat.of().toHexDigits(low);
    }
}
