package org.pgproof.store.s3;

import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says that a request takes long, while it does: else a store that is silent looks like a service that hangs. */
final class Patience implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Patience.class);

    /** On a slow line each part of an upload may take long, and one line about that is enough. */
    private static final Duration BETWEEN_LINES = Duration.ofMinutes(10);

    private final String store;
    private final Duration limit;
    private final AtomicLong silentUntil = new AtomicLong(System.nanoTime());
    private final ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(1, Patience::daemon);

    Patience(String store, Duration limit) {
        this.store = store;
        this.limit = limit;
        timer.setRemoveOnCancelPolicy(true);
    }

    private static Thread daemon(Runnable task) {
        Thread thread = new Thread(task, "store-patience");
        thread.setDaemon(true);
        return thread;
    }

    /** @param what the thing that is done, to follow "to" */
    <T> T watch(String what, Supplier<T> request) {
        Future<?> line = timer.schedule(() -> tell(what), limit.toMillis(), TimeUnit.MILLISECONDS);
        try {
            return request.get();
        } finally {
            line.cancel(false);
        }
    }

    private void tell(String what) {
        long now = System.nanoTime();
        long until = silentUntil.get();
        if (now - until >= 0 && silentUntil.compareAndSet(until, now + BETWEEN_LINES.toNanos())) {
            log.warn("Still waiting for {} to {}, for {} s by now", store, what, limit.toSeconds());
        }
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
