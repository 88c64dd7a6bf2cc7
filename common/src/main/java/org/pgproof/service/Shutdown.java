package org.pgproof.service;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Turns SIGTERM and SIGINT into an orderly end: the running step may finish for a while, is then interrupted to clean up,
 * and interrupted once more shortly before the end. The process exits with the code the command decided on rather than
 * the JVM's 143 or 130.
 */
public final class Shutdown implements ServiceLoop.Stop {
    private static final Logger log = LoggerFactory.getLogger(Shutdown.class);

    /** The most of the grace period that is left for cleaning up after a step that had to be interrupted. */
    private static final Duration CLEAN_UP = Duration.ofSeconds(3);
    /** That part of it in which cleaning up, interrupted in its turn, says what it leaves to others. */
    private static final int LAST_WORDS = 4;

    private final CountDownLatch requested = new CountDownLatch(1);
    private final CountDownLatch finished = new CountDownLatch(1);
    private final AtomicInteger exitCode = new AtomicInteger();
    private volatile boolean waiting;
    private final Thread worker;
    private final Duration grace;
    private final int stoppedExitCode;

    private Shutdown(Thread worker, Duration grace, int stoppedExitCode) {
        this.worker = worker;
        this.grace = grace;
        this.stoppedExitCode = stoppedExitCode;
    }

    /**
     * Makes the calling thread the one that signals stop.
     *
     * @param grace how long after the signal the process may live
     * @param stoppedExitCode the exit code when a signal stopped the work before its end
     */
    public static Shutdown install(Duration grace, int stoppedExitCode) {
        Shutdown shutdown = new Shutdown(Thread.currentThread(), grace, stoppedExitCode);
        Runtime.getRuntime().addShutdownHook(new Thread(shutdown::stop, "shutdown"));
        return shutdown;
    }

    @Override
    public boolean requested() {
        return requested.getCount() == 0;
    }

    @Override
    public boolean await(Duration duration) throws InterruptedException {
        waiting = true;
        try {
            return requested.await(duration.toMillis(), TimeUnit.MILLISECONDS);
        } finally {
            waiting = false;
        }
    }

    /** Runs the work and returns its exit code. However it ends, a signal has nothing to wait for then. */
    public int run(IntSupplier work) {
        exitCode.set(Outcome.NOT_DONE.exitCode());
        try {
            exitCode.set(work.getAsInt());
            return exitCode.get();
        } finally {
            finished.countDown();
        }
    }

    private void stop() {
        if (finished.getCount() == 0) {
            return; // the work has ended: the exit code of System.exit stands
        }
        boolean idle = waiting;
        requested.countDown();
        long cleanUp = Math.min(CLEAN_UP.toMillis(), grace.toMillis() / 2);
        long step = grace.toMillis() - cleanUp;
        log.info(
                idle ? "Asked to stop" : "Asked to stop: a running step has {} to end",
                Quantity.duration(Duration.ofMillis(step)));
        try {
            if (!finished.await(step, TimeUnit.MILLISECONDS)) {
                interrupt();
                if (!cleanedUp(cleanUp)) {
                    log.warn("Stopped while the interrupted step was ending; the next run cleans up what it left");
                    exitCode.set(stoppedExitCode);
                }
            }
        } catch (InterruptedException e) {
            exitCode.set(stoppedExitCode);
        }
        killChildren();
        System.out.flush();
        Runtime.getRuntime().halt(exitCode.get());
    }

    private boolean cleanedUp(long milliseconds) throws InterruptedException {
        long lastWords = milliseconds / LAST_WORDS;
        if (finished.await(milliseconds - lastWords, TimeUnit.MILLISECONDS)) {
            return true;
        }
        worker.interrupt();
        return finished.await(lastWords, TimeUnit.MILLISECONDS);
    }

    /** A thread blocked on a child's pipe does not notice its interrupt until that child is gone. */
    private void interrupt() {
        worker.interrupt();
        killChildren();
    }

    private static void killChildren() {
        ProcessHandle.current().descendants().forEach(ProcessHandle::destroyForcibly);
    }
}
