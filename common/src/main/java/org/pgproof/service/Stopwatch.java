package org.pgproof.service;

import java.time.Duration;

/** Measures how long something takes by the monotonic clock: the wall clock may be set while it runs. */
public final class Stopwatch {
    private final long started = System.nanoTime();

    private Stopwatch() {}

    /** Returns one that runs from now on. */
    public static Stopwatch start() {
        return new Stopwatch();
    }

    /** Returns how long ago it was started. */
    public Duration elapsed() {
        return Duration.ofNanos(System.nanoTime() - started);
    }
}
