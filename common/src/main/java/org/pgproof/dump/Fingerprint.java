package org.pgproof.dump;

import java.util.HexFormat;

/**
 * What a set of rows contains, whatever their order: the sums, modulo 2<sup>64</sup>, of the two halves of XXH3-128
 * (seed 0) over each row's bytes without the newline.
 */
public record Fingerprint(long high, long low) {
    /** The fingerprint of no rows. */
    public static final Fingerprint ZERO = new Fingerprint(0, 0);

    private static final String PREFIX = "xxh3-128-sum:";

    /** The fingerprint of both sets of rows together. */
    public Fingerprint plus(Fingerprint other) {
        return new Fingerprint(high + other.high, low + other.low);
    }

    /**
     * Reads what {@link #toString} writes.
     *
     * @throws IllegalArgumentException if the text has another form
     */
    public static Fingerprint parse(String text) {
        long[] halves = Hash128.parse(PREFIX, text);
        return new Fingerprint(halves[0], halves[1]);
    }

    /** {@code xxh3-128-sum:} and 32 lower-case hexadecimal digits. */
    @Override
    public String toString() {
        return PREFIX + HexFormat.of().toHexDigits(high) + HexFormat.of().toHexDigits(low);
    }
}
