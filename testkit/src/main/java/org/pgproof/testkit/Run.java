package org.pgproof.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Everything that this JVM has started and must not leave behind: a folder that ends with the JVM, and the servers and
 * processes in it. An orderly exit closes them, newest first; after any other the reaper does.
 */
final class Run {
    private static @Nullable Run current;
    private static volatile boolean ending;

    private final Path directory;
    private final Process reaper;
    private final Deque<AutoCloseable> open = new ArrayDeque<>();
    private final AtomicInteger names = new AtomicInteger();

    private Run(Path directory, Process reaper) {
        this.directory = directory;
        this.reaper = reaper;
    }

    /** Returns this JVM's run, which the first call begins. */
    static synchronized Run current() {
        if (current == null) {
            current = begin();
            Runtime.getRuntime().addShutdownHook(new Thread(current::end, "testkit-end"));
        }
        return current;
    }

    private static Run begin() {
        try {
            Path runs = ServerUser.sharedDirectory();
            Path directory = runs.resolve("run-" + ProcessHandle.current().pid());
            FileTrees.delete(directory);
            FileTrees.create(directory);
            return new Run(directory, startReaper(runs, directory));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Process startReaper(Path runs, Path directory) throws IOException {
        String script = Resources.text("reaper.sh");
        return new ProcessBuilder(
                        ServerUser.detached("sh", "-c", script, "reaper", runs.toString(), directory.toString()))
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    /** Makes a new folder for one server or process; it disappears with the JVM. */
    Path newDirectory(String kind) {
        try {
            return FileTrees.create(directory.resolve(kind + "-" + names.incrementAndGet()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    synchronized void add(AutoCloseable resource) {
        open.push(resource);
    }

    synchronized void remove(AutoCloseable resource) {
        open.remove(resource);
    }

    /** Tells whether the JVM is being shut down, which makes whatever fails now unremarkable. */
    static boolean isEnding() {
        return ending;
    }

    private void end() {
        ending = true;
        for (AutoCloseable resource = next(); resource != null; resource = next()) {
            try {
                resource.close();
            } catch (Exception e) {
                System.err.println("testkit: could not close " + resource + ": " + e);
            }
        }
        try {
            reaper.getOutputStream().close();
            reaper.waitFor(10, TimeUnit.SECONDS);
        } catch (IOException | InterruptedException e) {
            System.err.println("testkit: the reaper did not end: " + e);
        }
    }

    private synchronized @Nullable AutoCloseable next() {
        return open.poll();
    }
}
