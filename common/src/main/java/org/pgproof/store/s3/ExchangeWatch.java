package org.pgproof.store.s3;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import software.amazon.awssdk.http.Abortable;

/**
 * Breaks off exchanges that blocking sockets would not: a socket heeds no interrupt, and a write to a peer that stopped
 * reading knows no time limit. Looks at what is under way ten times a second, and rests when nothing is.
 */
final class ExchangeWatch implements AutoCloseable {
    private static final Duration LOOK_EVERY = Duration.ofMillis(100);

    private final Duration silence;
    private final Set<Exchange> underWay = ConcurrentHashMap.newKeySet();
    private final Lock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Thread thread = new Thread(this::watch, "store-watch");
    private boolean closed;

    ExchangeWatch(Duration silence) {
        this.silence = silence;
        thread.setDaemon(true);
        thread.start();
    }

    Exchange begin(Abortable request) {
        Exchange exchange = new Exchange(request, silence);
        underWay.add(exchange);
        wake();
        return exchange;
    }

    void end(Exchange exchange) {
        underWay.remove(exchange);
    }

    private void wake() {
        lock.lock();
        try {
            changed.signal();
        } finally {
            lock.unlock();
        }
    }

    private void watch() {
        try {
            while (awaitNextLook()) {
                underWay.forEach(Exchange::inspect);
            }
        } catch (InterruptedException closing) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean awaitNextLook() throws InterruptedException {
        lock.lock();
        try {
            while (underWay.isEmpty() && !closed) {
                changed.await();
            }
            long left = LOOK_EVERY.toNanos();
            while (left > 0 && !closed) {
                left = changed.awaitNanos(left);
            }
            return !closed;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            changed.signal();
        } finally {
            lock.unlock();
        }
    }
}
