package org.pgproof.testkit;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A running jar: what it prints, how it ends, and whether it leaves anybody behind. What takes too long fails the test. */
public final class JarProcess implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    /** Longer than the services' own grace period. */
    private static final long GRACE_SECONDS = 12;

    private final String name;
    private final Process process;
    private final String mark;
    private final Consumer<String> listener;
    private final List<String> stdout = new ArrayList<>();
    private final List<String> stderr = new ArrayList<>();
    private final List<String> log = new ArrayList<>();
    private final List<Thread> readers;

    JarProcess(String name, Process process, String mark, Consumer<String> listener) throws IOException {
        this.name = name;
        this.process = process;
        this.mark = mark;
        this.listener = listener;
        this.readers = List.of(read(process.getInputStream(), stdout), read(process.getErrorStream(), stderr));
        process.getOutputStream().close();
        Run.current().add(this);
    }

    public long pid() {
        return process.pid();
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /** Returns what has been printed to standard output so far. */
    public String stdout() {
        return text(stdout);
    }

    /** Returns what has been printed to standard error so far. */
    public String stderr() {
        return text(stderr);
    }

    /** Returns what has been printed to both streams so far, in about its order. */
    public String log() {
        return text(log);
    }

    /** Waits for a line, in either stream, in which the pattern is found; returns the match. */
    public Matcher awaitLog(String pattern) {
        return awaitLog(pattern, PATIENCE);
    }

    /** As {@link #awaitLog(String)}, for at most this long. */
    public synchronized Matcher awaitLog(String pattern, Duration patience) {
        Pattern wanted = Pattern.compile(pattern);
        long start = System.nanoTime();
        for (int next = 0; ; ) {
            for (; next < log.size(); next++) {
                Matcher matcher = wanted.matcher(log.get(next));
                if (matcher.find()) {
                    return matcher;
                }
            }
            long left = patience.toMillis() - TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
            if (left <= 0 || readers.stream().noneMatch(Thread::isAlive)) {
                throw new AssertionError(describe("did not log \"" + pattern + '"'));
            }
            try {
                wait(Math.min(left, 100));
            } catch (InterruptedException e) {
                throw new IllegalStateException("Interrupted while waiting for " + name, e);
            }
        }
    }

    /** Waits for the end and returns the exit code. */
    public int awaitExit() {
        return awaitExit(PATIENCE);
    }

    /** As {@link #awaitExit()}, for at most this long. */
    public int awaitExit(Duration patience) {
        if (!hasEnded(patience)) {
            throw new AssertionError(describe("did not end within " + patience.toSeconds() + " s"));
        }
        return process.exitValue();
    }

    /** Sends a signal. */
    public void send(Signal signal) {
        signal.send(process.pid());
    }

    /** Sends a signal, waits for the end and returns the exit code. */
    public int terminate(Signal signal) {
        send(signal);
        return awaitExit();
    }

    /** Returns the command lines of processes that descend from the jar and are alive though it is not. */
    public List<String> orphans() {
        return descendants().map(JarProcess::commandLine).toList();
    }

    /** Ends the process if need be, kindly at first, with all its descendants. */
    @Override
    public void close() {
        if (process.isAlive()) {
            send(Signal.TERM);
            hasEnded(Duration.ofSeconds(GRACE_SECONDS));
        }
        process.destroyForcibly();
        List<ProcessHandle> left = descendants().toList();
        left.forEach(ProcessHandle::destroyForcibly);
        left.forEach(handle -> handle.onExit()
                .completeOnTimeout(handle, GRACE_SECONDS, TimeUnit.SECONDS)
                .join());
        Run.current().remove(this);
    }

    @Override
    public String toString() {
        return name + " (process " + process.pid() + ")";
    }

    private boolean hasEnded(Duration patience) {
        try {
            boolean ended = process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS);
            for (Thread reader : readers) {
                reader.join(ended ? TimeUnit.SECONDS.toMillis(10) : 1);
            }
            return ended;
        } catch (InterruptedException e) {
            throw new IllegalStateException("Interrupted while waiting for " + name, e);
        }
    }

    private Stream<ProcessHandle> descendants() {
        return ProcessHandle.allProcesses()
                .filter(candidate -> candidate.pid() != process.pid() && isMarked(candidate));
    }

    private boolean isMarked(ProcessHandle candidate) {
        try {
            byte[] variables = Files.readAllBytes(Path.of("/proc", Long.toString(candidate.pid()), "environ"));
            return new String(variables, StandardCharsets.ISO_8859_1).contains(JarCommand.MARK + "=" + mark);
        } catch (IOException notOursOrGone) {
            return false;
        }
    }

    private static String commandLine(ProcessHandle handle) {
        Optional<String> line = handle.info().commandLine();
        return line.orElse("process " + handle.pid());
    }

    private Thread read(InputStream stream, List<String> lines) {
        Thread reader = new Thread(() -> collect(stream, lines), name + "-output");
        reader.setDaemon(true);
        reader.start();
        return reader;
    }

    private void collect(InputStream stream, List<String> lines) {
        try (BufferedReader reader = new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                add(line, lines);
                listener.accept(line);
            }
        } catch (IOException e) {
            if (process.isAlive()) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private synchronized void add(String line, List<String> lines) {
        lines.add(line);
        log.add(line);
        notifyAll();
    }

    private synchronized String text(List<String> lines) {
        return String.join("\n", lines);
    }

    private String describe(String problem) {
        return this + " " + problem + (process.isAlive() ? "; it runs" : "; it ended with " + process.exitValue())
                + ". Its output:\n" + log();
    }
}
