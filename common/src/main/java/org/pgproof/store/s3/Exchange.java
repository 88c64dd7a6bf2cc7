package org.pgproof.store.s3;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.http.Abortable;

/** One request and its response, as {@link ExchangeWatch} sees it: who waits for it, and since when nothing moved. */
final class Exchange {
    private enum Stopped {
        INTERRUPTED,
        SILENT
    }

    private final Abortable request;
    private final Duration silence;
    private volatile @Nullable Thread waiting;
    private volatile long lastMove;
    private volatile @Nullable Stopped stopped;

    Exchange(Abortable request, Duration silence) {
        this.request = request;
        this.silence = silence;
    }

    /** The calling thread is about to block on the network. */
    void enter() {
        lastMove = System.nanoTime();
        waiting = Thread.currentThread();
    }

    /** The calling thread is back. */
    void leave() {
        waiting = null;
    }

    /** Bytes moved. */
    void moved() {
        lastMove = System.nanoTime();
    }

    /** Breaks the connection when the thread that waits was interrupted, or when nothing has moved for too long. */
    void inspect() {
        Thread thread = waiting;
        if (thread == null || stopped != null) {
            return;
        }
        if (thread.isInterrupted()) {
            stop(Stopped.INTERRUPTED);
        } else if (System.nanoTime() - lastMove > silence.toNanos()) {
            stop(Stopped.SILENT);
        }
    }

    private void stop(Stopped why) {
        stopped = why;
        request.abort();
    }

    /** The failure of a request as what it is, if it failed because it was stopped here. */
    IOException explain(Exception failure) {
        Stopped why = stopped;
        if (why == Stopped.SILENT) {
            IOException silent = new SocketTimeoutException("nothing moved for " + silence.toSeconds() + " s");
            silent.initCause(failure);
            return silent;
        }
        if (why == Stopped.INTERRUPTED) {
            IOException interrupted = new InterruptedIOException("interrupted");
            interrupted.initCause(failure);
            return interrupted;
        }
        return failure instanceof IOException io ? io : new IOException(failure.toString(), failure);
    }
}
