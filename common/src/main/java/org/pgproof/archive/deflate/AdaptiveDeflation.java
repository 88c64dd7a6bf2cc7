package org.pgproof.archive.deflate;

import java.util.List;

/**
 * Compresses each block by the fastest of several methods that packs such content well enough. Which one that is, a
 * sample of the content tells, again and again: text wants long searches for repetitions, numbers are better off without
 * the short ones, and in digits of random bytes there are none to be found.
 */
public final class AdaptiveDeflation implements Deflation {
    /** Bytes compressed with every method to choose one: two windows of deflate. */
    private static final int SAMPLE = 64 * 1024;

    /** A table may change its nature: blocks until the next choice at the latest, and at the earliest. */
    private static final int LATEST = 32;

    private static final int EARLIEST = 4;

    /** How much better or worse than the one before a block is packed when its content is of another kind. */
    private static final double OTHER_KIND = 0.05;

    /** A whole file packs a little better as one stream than in blocks. */
    private static final double MARGIN = 0.995;

    /** What is saved by a slower method must be worth its time. */
    private static final double HARDLY_LARGER = 1.005;

    private final Deflation yardstick;
    private final Deflation literals;
    private final List<Deflation> methods;
    private final byte[] scratch;

    private Deflation chosen;
    private int blocksSince = LATEST;
    private double packed;

    /**
     * @param yardstick what must not be exceeded: gzip itself
     * @param literals looks for no repetitions at all
     * @param methods the fastest first
     */
    public AdaptiveDeflation(Deflation yardstick, Deflation literals, List<Deflation> methods) {
        this.yardstick = yardstick;
        this.literals = literals;
        this.methods = methods;
        this.chosen = literals;
        this.scratch = new byte[bound(SAMPLE)];
    }

    @Override
    public int bound(int length) {
        return Math.max(yardstick.bound(length), methods.get(0).bound(length));
    }

    @Override
    public int deflate(byte[] content, int from, int length, byte[] target, int offset) {
        boolean fresh = blocksSince >= LATEST;
        if (fresh) {
            choose(content, from, length);
        }
        Deflation method = chosen;
        int written = method.deflate(content, from, length, target, offset);
        if (!fresh && isOfAnotherKind((double) written / length)) {
            choose(content, from, length);
            if (chosen != method) {
                written = chosen.deflate(content, from, length, target, offset);
            }
        }
        packed = (double) written / length;
        blocksSince++;
        return written;
    }

    /** Looking for no repetitions would be bad for anything else, so a change is noticed at once then. */
    private boolean isOfAnotherKind(double now) {
        return Math.abs(now - packed) > OTHER_KIND * packed && (chosen == literals || blocksSince >= EARLIEST);
    }

    private void choose(byte[] content, int from, int length) {
        int size = Math.min(length, SAMPLE);
        int start = from + (length - size) / 2;
        double enough = MARGIN * yardstick.deflate(content, start, size, scratch, 0);
        int smallest = Integer.MAX_VALUE;
        for (Deflation method : methods) {
            int written = method.deflate(content, start, size, scratch, 0);
            if (written * HARDLY_LARGER < smallest) {
                chosen = method;
                smallest = written;
            }
            if (written <= enough) {
                break;
            }
        }
        if (literals.deflate(content, start, size, scratch, 0) <= smallest * HARDLY_LARGER) {
            chosen = literals;
        }
        blocksSince = 0;
    }

    @Override
    public void close() {
        yardstick.close();
        literals.close();
        methods.forEach(Deflation::close);
    }
}
