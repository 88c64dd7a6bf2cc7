package org.pgproof.verify;

import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.pgproof.service.Quantity;
import org.pgproof.verify.server.CouldNotVerifyException;

/** Ends a verification that takes too long: interrupts the thread that made it, after what that thread waits for is gone. */
final class Deadline implements AutoCloseable {
    private final ScheduledExecutorService timer;
    private final Thread worker = Thread.currentThread();
    private final Duration limit;
    private volatile Runnable release = () -> {};
    private volatile boolean passed;

    Deadline(Duration limit) {
        this.limit = limit;
        this.timer = new ScheduledThreadPoolExecutor(1, task -> {
            Thread thread = new Thread(task, "deadline");
            thread.setDaemon(true);
            return thread;
        });
        ScheduledFuture<?> unused = timer.schedule(this::pass, limit.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Says how to end what the thread waits for: it may be deaf to interrupts. */
    void releaseBy(Runnable action) {
        release = action;
    }

    private void pass() {
        passed = true;
        release.run();
        synchronized (this) {
            if (!timer.isShutdown()) {
                worker.interrupt();
            }
        }
    }

    boolean passed() {
        return passed;
    }

    CouldNotVerifyException exceeded() {
        return new CouldNotVerifyException(
                "it took longer than " + Quantity.duration(limit) + "; if that is expected, set VERIFY_TIMEOUT");
    }

    @Override
    public synchronized void close() {
        timer.shutdownNow();
        if (passed) {
            Thread.interrupted(); // it may have come when all was over
        }
    }
}
