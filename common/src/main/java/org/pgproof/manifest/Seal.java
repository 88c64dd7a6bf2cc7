package org.pgproof.manifest;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.pgproof.archive.DigestOutputStream;

/** The last field of a document and the brace behind it: the digest of every byte before. */
final class Seal {
    private static final String FIELD = ",\"sha256\":\"";
    private static final String END = "\"}";
    private static final int DIGITS = 64;
    private static final int LENGTH = FIELD.length() + DIGITS + END.length();

    private Seal() {}

    /** @param before has taken all that comes before */
    static byte[] of(DigestOutputStream before) {
        return (FIELD + before.sha256() + END).getBytes(StandardCharsets.US_ASCII);
    }

    /** Passes a sealed document on and digests it, but for as many last bytes as a seal has. */
    static final class Input extends InputStream {
        private final InputStream in;
        private final DigestOutputStream digested = new DigestOutputStream(OutputStream.nullOutputStream());
        private final byte[] last = new byte[LENGTH];
        private int held;

        /** @param in is not closed */
        Input(InputStream in) {
            this.in = in;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            int read = in.read(bytes, offset, length);
            if (read > 0) {
                take(bytes, offset, read);
            }
            return read;
        }

        private void take(byte[] bytes, int offset, int length) throws IOException {
            int before = Math.max(0, held + length - LENGTH);
            int ofHeld = Math.min(held, before);
            int ofBytes = before - ofHeld;
            digested.write(last, 0, ofHeld);
            digested.write(bytes, offset, ofBytes);
            System.arraycopy(last, ofHeld, last, 0, held - ofHeld);
            held -= ofHeld;
            System.arraycopy(bytes, offset + ofBytes, last, held, length - ofBytes);
            held += length - ofBytes;
        }

        /** Returns whether the document ended with its seal; to be asked once, at its end. */
        boolean isIntact() {
            return Arrays.equals(last, 0, held, of(digested), 0, LENGTH);
        }
    }
}
