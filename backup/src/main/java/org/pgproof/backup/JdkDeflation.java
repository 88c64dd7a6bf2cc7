package org.pgproof.backup;

import java.util.zip.Deflater;

/** The JDK's zlib: what there is when libdeflate is not installed. */
final class JdkDeflation implements Deflation {
    private final Deflater deflater;

    JdkDeflation(int level) {
        deflater = new Deflater(level, true);
    }

    /** As zlib's {@code deflateBound} for its default window, rounded up. */
    @Override
    public int bound(int length) {
        return length + (length >> 10) + 64;
    }

    @Override
    public int deflate(byte[] block, int length, byte[] target) {
        deflater.reset();
        deflater.setInput(block, 0, length);
        deflater.finish();
        int written = 0;
        while (!deflater.finished()) {
            int more = deflater.deflate(target, written, target.length - written);
            if (more == 0) {
                throw new IllegalStateException("zlib needs more room than its bound");
            }
            written += more;
        }
        return written;
    }

    @Override
    public void close() {
        deflater.end();
    }
}
