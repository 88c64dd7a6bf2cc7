package org.pgproof.store.s3;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;
import org.pgproof.store.Content;
import software.amazon.awssdk.http.ContentStreamProvider;

/** Content as a request's body: measured by writing it once, then written anew for each attempt to send it. */
final class StreamedContent implements ContentStreamProvider, AutoCloseable {
    private static final int BUFFER = 64 * 1024;

    private final Content content;
    private final long length;
    private final String md5;
    private @Nullable InputStream current;

    StreamedContent(Content content) throws IOException {
        Measure measure = new Measure();
        content.writeTo(measure);
        this.content = content;
        this.length = measure.length;
        this.md5 = measure.md5.base64();
    }

    long length() {
        return length;
    }

    /** The header {@code Content-MD5}. */
    String md5() {
        return md5;
    }

    /** Ends the stream before: only one is sent at a time. */
    @Override
    public synchronized InputStream newStream() {
        try {
            close();
            PipedInputStream in = new PipedInputStream(BUFFER);
            PipedOutputStream out = new PipedOutputStream(in);
            Thread writer = new Thread(() -> write(out), "store-content");
            writer.setDaemon(true);
            writer.start();
            current = in;
            return in;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void write(OutputStream pipe) {
        try (pipe) {
            content.writeTo(pipe);
        } catch (IOException readNoFurther) {
            // the reader has closed its end, or finds less than the announced length
        }
    }

    @Override
    public synchronized void close() throws IOException {
        if (current != null) {
            current.close();
        }
    }

    /** Counts and digests what is written. */
    private static final class Measure extends OutputStream {
        private final Md5 md5 = new Md5();
        private long length;

        @Override
        public void write(int value) {
            write(new byte[] {(byte) value}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int count) {
            md5.update(bytes, offset, count);
            length += count;
        }
    }
}
