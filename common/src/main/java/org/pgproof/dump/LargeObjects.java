package org.pgproof.dump;

/**
 * The large objects of a dump, whatever their order and however their content was cut into writes.
 *
 * @param count those created
 * @param bytes of content written
 * @param fingerprint the sum over all objects with content or opened for it, see {@link LargeObjectHash}
 */
public record LargeObjects(long count, long bytes, Fingerprint fingerprint) {
    /** No large objects. */
    public static final LargeObjects NONE = new LargeObjects(0, 0, Fingerprint.ZERO);
}
