package org.pgproof.dump;

import com.dynatrace.hash4j.hashing.HashValue128;
import com.dynatrace.hash4j.hashing.Hasher128;
import com.dynatrace.hash4j.hashing.Hashing;
import java.util.HexFormat;

/** The one hash function of this package, and how its two halves are read from text. */
final class Hash128 {
    static final Hasher128 XXH3 = Hashing.xxh3_128();

    private static final int HALF = 16;

    /** One of each range of lengths for which XXH3 goes a way of its own (xxhash's specification, XXH3). */
    private static final int[] LENGTHS = {1, 4, 9, 17, 129, 241, 1025};

    private static final byte[] ANY = new byte[1025];

    private Hash128() {}

    static Digest digest(byte[] bytes, int offset, int length) {
        return digest(XXH3.hashBytesTo128Bits(bytes, offset, length));
    }

    static Digest digest(HashValue128 hash) {
        return new Digest(hash.getMostSignificantBits(), hash.getLeastSignificantBits());
    }

    /**
     * Hashes something of each range of lengths. The JVM compiles for the lengths it saw and starts over when it meets
     * another: rows that all happen to be short were hashed many times slower for seconds when the first long one came.
     */
    static long everyLength() {
        long sum = 0;
        for (int length : LENGTHS) {
            sum += XXH3.hashBytesTo128Bits(ANY, 0, length).getLeastSignificantBits();
        }
        return sum;
    }

    static long[] parse(String prefix, String text) {
        if (!text.startsWith(prefix) || text.length() != prefix.length() + 2 * HALF) {
            throw new IllegalArgumentException("Not of the form " + prefix + "<32 hexadecimal digits>: " + text);
        }
        int middle = prefix.length() + HALF;
        return new long[] {
            HexFormat.fromHexDigitsToLong(text, prefix.length(), middle),
            HexFormat.fromHexDigitsToLong(text, middle, text.length())
        };
    }
}
