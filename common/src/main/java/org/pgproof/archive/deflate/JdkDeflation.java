package org.pgproof.archive.deflate;

import java.util.zip.Deflater;
import org.jspecify.annotations.Nullable;

/** The JDK's zlib, with one level and one strategy. */
public final class JdkDeflation implements Deflation {
    private final int level;
    private final int strategy;
    private @Nullable Deflater deflater;

    /** @param strategy as {@link Deflater#setStrategy} takes it */
    public JdkDeflation(int level, int strategy) {
        this.level = level;
        this.strategy = strategy;
    }

    /** As zlib's {@code deflateBound} for its default window, rounded up. */
    @Override
    public int bound(int length) {
        return length + (length >> 10) + 64;
    }

    @Override
    public int deflate(byte[] content, int from, int length, byte[] target, int offset) {
        Deflater fresh = deflater();
        fresh.setInput(content, from, length);
        fresh.finish();
        int end = offset;
        while (!fresh.finished()) {
            if (end == target.length) {
                throw new IllegalStateException("zlib needs more room than its bound");
            }
            end += fresh.deflate(
                    target, end, target.length - end); // nothing the first time: it takes the strategy over
        }
        return end - offset;
    }

    /** Made when first used: it takes a quarter of a megabyte. */
    private Deflater deflater() {
        Deflater made = deflater;
        if (made == null) {
            made = new Deflater(level, true);
            made.setStrategy(strategy);
            deflater = made;
        } else {
            made.reset();
        }
        return made;
    }

    @Override
    public void close() {
        if (deflater != null) {
            deflater.end();
        }
    }
}
