package org.pgproof.store.s3;

/**
 * How large each part of an upload of unknown length is, so that the whole fits the number of parts a store allows.
 *
 * <p>Some stores (Cloudflare R2) want all parts but the last to have one size, so there is one size for as long as the
 * estimate holds and for the first 15 % of the parts at least. Past that, each further tenth of the parts has twice the
 * size of the one before, up to 64 MiB: the most that is held in memory.
 */
final class PartSizes {
    static final int MEBIBYTE = 1024 * 1024;
    static final int SMALLEST = 8 * MEBIBYTE;
    static final int LARGEST = 64 * MEBIBYTE;

    private final int maxParts;
    private final int firstSize;
    private final int uniformParts;

    private PartSizes(int maxParts, int firstSize, int uniformParts) {
        this.maxParts = maxParts;
        this.firstSize = firstSize;
        this.uniformParts = uniformParts;
    }

    /**
     * @param expectedBytes an upper estimate of the whole, or 0 when there is none
     * @param maxParts how many parts the store allows in one upload, at least 1
     */
    static PartSizes of(long expectedBytes, int maxParts) {
        if (expectedBytes < 0 || maxParts < 1) {
            throw new IllegalArgumentException(
                    "No part sizes for " + expectedBytes + " bytes in at most " + maxParts + " parts");
        }
        // Half the parts for what is expected leave the other half for an estimate that was too low.
        long wanted = ceilDiv(expectedBytes, ceilDiv(maxParts, 2));
        long wholeMebibytes = ceilDiv(wanted, MEBIBYTE) * MEBIBYTE;
        int firstSize = (int) Math.max(SMALLEST, Math.min(LARGEST, wholeMebibytes));
        long forEstimate = ceilDiv(expectedBytes, firstSize);
        long uniformParts = Math.max(forEstimate, ceilDiv(maxParts * 15L, 100));
        return new PartSizes(maxParts, firstSize, (int) Math.min(maxParts, uniformParts));
    }

    /** The size in bytes of the part of that number, counted from 1; the last part may be smaller. */
    int size(int partNumber) {
        if (partNumber <= uniformParts) {
            return firstSize;
        }
        int doublings = 1 + (partNumber - uniformParts - 1) / tenth();
        return (int) Math.min(LARGEST, (long) firstSize << Math.min(doublings, 3));
    }

    /** The most bytes that all parts together can hold. */
    long capacity() {
        long bytes = (long) uniformParts * firstSize;
        for (int part = uniformParts + 1; part <= maxParts; part += tenth()) {
            bytes += (long) size(part) * Math.min(tenth(), maxParts - part + 1);
        }
        return bytes;
    }

    int maxParts() {
        return maxParts;
    }

    private int tenth() {
        return (int) ceilDiv(maxParts, 10);
    }

    private static long ceilDiv(long dividend, long divisor) {
        return dividend / divisor + (dividend % divisor == 0 ? 0 : 1);
    }
}
