package org.pgproof.backup.source;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;

/** Knows for how long its reader has been waiting for the next byte. */
final class AwaitedStream extends FilterInputStream {
    private static final long NOT_WAITING = Long.MIN_VALUE;

    private volatile long waitingSince = NOT_WAITING;
    private volatile boolean ended;

    AwaitedStream(InputStream in) {
        super(in);
    }

    /** Zero while nobody waits: a reader that is busy elsewhere keeps the writer waiting, not the other way round. */
    Duration silentFor() {
        long since = waitingSince;
        return since == NOT_WAITING ? Duration.ZERO : Duration.ofNanos(System.nanoTime() - since);
    }

    /** From now on a failing read is the end: whoever closes the stream under its reader says so first. */
    void end() {
        ended = true;
    }

    @Override
    public int read() throws IOException {
        waitingSince = System.nanoTime();
        try {
            return super.read();
        } catch (IOException e) {
            return endOr(e);
        } finally {
            waitingSince = NOT_WAITING;
        }
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        waitingSince = System.nanoTime();
        try {
            return super.read(bytes, offset, length);
        } catch (IOException e) {
            return endOr(e);
        } finally {
            waitingSince = NOT_WAITING;
        }
    }

    private int endOr(IOException failure) throws IOException {
        if (ended) {
            return -1;
        }
        throw failure;
    }
}
