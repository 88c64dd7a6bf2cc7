package org.pgproof.dump;

import com.dynatrace.hash4j.hashing.HashStream128;

/** One large object's share of the fingerprint: XXH3-128 over its OID (8 bytes, little-endian) and its content. */
public final class LargeObjectHash {
    private final HashStream128 hash = Hash128.XXH3.hashStream();

    /** Begins the large object with this OID. */
    public LargeObjectHash(long oid) {
        hash.putLong(oid);
    }

    /** Takes the next bytes of the content. */
    public void write(byte[] bytes, int offset, int length) {
        hash.putBytes(bytes, offset, length);
    }

    /** What this object adds to the sum. */
    public Fingerprint fingerprint() {
        var value = hash.get();
        return new Fingerprint(value.getMostSignificantBits(), value.getLeastSignificantBits());
    }
}
