package org.pgproof.dump;

import com.dynatrace.hash4j.hashing.HashValue128;
import com.dynatrace.hash4j.hashing.Hasher128;
import com.dynatrace.hash4j.hashing.Hashing;
import java.util.HexFormat;

/** The one hash function of this package, and how its two halves are read from text. */
final class Hash128 {
    static final Hasher128 XXH3 = Hashing.xxh3_128();

    private static final int HALF = 16;

    private Hash128() {}

    static Digest digest(byte[] bytes, int offset, int length) {
        return digest(XXH3.hashBytesTo128Bits(bytes, offset, length));
    }

    static Digest digest(HashValue128 hash) {
        return new Digest(hash.getMostSignificantBits(), hash.getLeastSignificantBits());
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
