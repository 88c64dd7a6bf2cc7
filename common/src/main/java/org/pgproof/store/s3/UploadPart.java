package org.pgproof.store.s3;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Objects;

/**
 * One full part on its way: chunks of which the last may be filled only in part. Its content can be read again and
 * again, as each attempt to send it needs.
 */
record UploadPart(int number, List<byte[]> chunks, int size) {

    /** The header {@code Content-MD5}, by which the store refuses a part that was damaged on the way. */
    String contentMd5() {
        Md5 md5 = new Md5();
        int left = size;
        for (byte[] chunk : chunks) {
            int length = Math.min(left, chunk.length);
            md5.update(chunk, length);
            left -= length;
        }
        return md5.base64();
    }

    InputStream content() {
        return new Content();
    }

    private final class Content extends InputStream {
        private int position;
        private int mark;

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) {
            Objects.checkFromIndexSize(offset, length, bytes.length);
            if (length == 0) {
                return 0;
            }
            if (position == size) {
                return -1;
            }
            int within = position % PartBuffers.CHUNK;
            byte[] chunk = chunks.get(position / PartBuffers.CHUNK);
            int count = Math.min(length, Math.min(PartBuffers.CHUNK - within, size - position));
            System.arraycopy(chunk, within, bytes, offset, count);
            position += count;
            return count;
        }

        @Override
        public int available() {
            return size - position;
        }

        @Override
        public boolean markSupported() {
            return true;
        }

        @Override
        public synchronized void mark(int readLimit) {
            mark = position;
        }

        @Override
        public synchronized void reset() {
            position = mark;
        }
    }
}
