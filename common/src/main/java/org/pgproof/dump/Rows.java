package org.pgproof.dump;

/**
 * What rows of COPY text amount to.
 *
 * @param bytes with the newline of each row
 */
public record Rows(long count, long bytes, Fingerprint fingerprint) {
    /** No rows. */
    public static final Rows NONE = new Rows(0, 0, Fingerprint.ZERO);

    /** Both sets of rows together. */
    public Rows plus(Rows other) {
        return new Rows(count + other.count, bytes + other.bytes, fingerprint.plus(other.fingerprint));
    }
}
