package org.pgproof.manifest;

import com.fasterxml.jackson.core.JsonParseException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import org.pgproof.archive.DigestOutputStream;

/**
 * A manifest as it lies in the store: JSON whose last field is the SHA-256 of all bytes before it, so that damage is
 * found wherever it hits.
 *
 * @param intact whether that digest is right
 */
public record ManifestFile(Manifest manifest, boolean intact) {
    private static final int CHUNK = 8 * 1024;

    /** Writes a manifest and leaves the stream open; what is large is never held as text. */
    public static void write(Manifest manifest, OutputStream out) throws IOException {
        DigestOutputStream digested = new DigestOutputStream(out);
        Json.stream(manifest, new WithoutLastByte(digested));
        out.write(Seal.of(digested));
    }

    /** Returns a manifest as it is written. */
    public static byte[] bytes(Manifest manifest) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            write(manifest, bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    /**
     * Returns how many bytes of a manifest are read at most: as many as the heap has. What a manifest lists takes less
     * memory than its text, and a larger one would not leave room for the rest.
     */
    public static long largest() {
        return Runtime.getRuntime().maxMemory();
    }

    /**
     * Reads a manifest to the stream's end; does not close it.
     *
     * @throws IOException also when it is larger than {@link #largest()}
     * @throws com.fasterxml.jackson.core.JacksonException when it cannot be understood at all
     */
    public static ManifestFile read(InputStream in) throws IOException {
        Seal.Input sealed = new Seal.Input(new BoundedInputStream(in, largest()));
        Manifest manifest = Json.read(new ManifestBounds(Json.parser(sealed)), Manifest.class);
        if (manifest == null) { // the JSON value of this name
            throw new JsonParseException("null is no manifest");
        }
        byte[] rest = new byte[CHUNK];
        while (sealed.read(rest, 0, CHUNK) >= 0) {
            // all that follows counts, too
        }
        return new ManifestFile(manifest, sealed.isIntact());
    }

    /** Holds back the brace that closes the document, before which one more field belongs. */
    private static final class WithoutLastByte extends OutputStream {
        private final OutputStream out;
        private int last = -1;

        WithoutLastByte(OutputStream out) {
            this.out = out;
        }

        @Override
        public void write(int value) throws IOException {
            write(new byte[] {(byte) value}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            if (length > 0) {
                if (last >= 0) {
                    out.write(last);
                }
                out.write(bytes, offset, length - 1);
                last = bytes[offset + length - 1];
            }
        }
    }
}
