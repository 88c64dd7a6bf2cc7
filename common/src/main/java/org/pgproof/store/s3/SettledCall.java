package org.pgproof.store.s3;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A call made on a thread of its own, so that an interrupt of the caller need not leave its outcome unknown: the call
 * may still take a little while then.
 */
final class SettledCall<T> {
    private final String activity;
    private final FutureTask<T> task;

    private SettledCall(String activity, FutureTask<T> task) {
        this.activity = activity;
        this.task = task;
    }

    /**
     * @param activity what is being done, to follow "while"
     */
    static <T> SettledCall<T> begin(String activity, Callable<T> call) {
        FutureTask<T> task = new FutureTask<>(call);
        Thread thread = new Thread(task, "store-settle");
        thread.setDaemon(true);
        thread.start();
        return new SettledCall<>(activity, task);
    }

    /**
     * Waits for the result; once interrupted, no longer than {@code afterInterrupt}. The interrupt status is kept.
     *
     * @throws java.io.InterruptedIOException when interrupted and the call did not end by then; it is broken off
     */
    T await(Duration afterInterrupt) throws IOException {
        try {
            return task.get();
        } catch (ExecutionException e) {
            throw failure(e);
        } catch (InterruptedException interrupted) {
            try {
                return awaitRegardless(afterInterrupt);
            } catch (TimeoutException tooLong) {
                throw Interruption.during(activity);
            } finally {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Waits for the result that long, interrupted or not; the interrupt status is kept. Breaks the call off then. */
    T awaitRegardless(Duration limit) throws IOException, TimeoutException {
        long end = System.nanoTime() + limit.toNanos();
        boolean interrupted = Thread.interrupted();
        try {
            while (true) {
                try {
                    return task.get(end - System.nanoTime(), TimeUnit.NANOSECONDS);
                } catch (InterruptedException e) {
                    interrupted = true;
                } catch (ExecutionException e) {
                    throw failure(e);
                } catch (TimeoutException e) {
                    task.cancel(true);
                    throw e;
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private static IOException failure(ExecutionException e) {
        return e.getCause() instanceof IOException io
                ? io
                : new IOException(String.valueOf(e.getCause()), e.getCause());
    }
}
