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
    public int deflate(byte[] content, int length, byte[] target, int offset) {
        deflater.reset();
        deflater.setInput(content, 0, length);
        deflater.finish();
        int end = offset;
        while (!deflater.finished()) {
            int more = deflater.deflate(target, end, target.length - end);
            if (more == 0) {
                throw new IllegalStateException("zlib needs more room than its bound");
            }
            end += more;
        }
        return end - offset;
    }

    @Override
    public void close() {
        deflater.end();
    }
}
