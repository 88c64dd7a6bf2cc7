package org.pgproof.postgres;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * A running PostgreSQL client tool, owned by the scope that started it: its stderr is always being drained and it is
 * dead when {@link #close} returns.
 */
public final class PgProcess implements AutoCloseable {
    /** What a tool has printed is read by then; a child that it left behind may hold the pipe open for ever. */
    private static final long STDERR_MILLISECONDS = 10_000;

    private final String tool;
    private final Process process;
    private final StderrTail stderr;
    private final Thread stderrThread;

    private PgProcess(String tool, Process process, SecretMask mask) {
        this.tool = tool;
        this.process = process;
        this.stderr = new StderrTail(process.getErrorStream(), mask);
        this.stderrThread = new Thread(stderr, tool + " stderr");
        stderrThread.setDaemon(true);
        stderrThread.start();
    }

    /**
     * Starts a tool.
     *
     * @param command the program and its arguments, none of them secret
     * @param connection whom it connects to: reaches the tool through its environment alone
     */
    public static PgProcess start(List<String> command, ConnectionSettings connection) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command);
        Map<String, String> environment = builder.environment();
        ChildEnvironment.clear(environment);
        ChildEnvironment.set(builder, connection.environment());
        environment.put("PGTZ", "UTC"); // the same text for the same instant, wherever it runs
        environment.put("LC_ALL", "C");
        String tool = String.valueOf(Path.of(command.get(0)).getFileName());
        try {
            return new PgProcess(tool, builder.start(), new SecretMask(connection.secrets()));
        } catch (IOException e) {
            throw new IOException(tool + " could not be started: " + e.getMessage(), e);
        }
    }

    /** Returns what the tool writes; ends when the tool ends, which does not mean that it succeeded. */
    public InputStream stdout() {
        return process.getInputStream();
    }

    /** Returns the tool's input; the caller closes it. */
    public OutputStream stdin() {
        return process.getOutputStream();
    }

    /** Returns whether the tool is still running. */
    public boolean isAlive() {
        return process.isAlive();
    }

    /** Waits for the end of the tool and returns its exit code; everything it printed on stderr has then been read. */
    public int await() throws InterruptedException {
        int exitCode = process.waitFor();
        stderrThread.join(STDERR_MILLISECONDS);
        return exitCode;
    }

    /** Waits for the end of the tool. */
    public void awaitSuccess() throws IOException, InterruptedException {
        int exitCode = await();
        if (exitCode != 0) {
            throw new ToolFailedException(tool, exitCode, stderr());
        }
    }

    /** Returns the first and the last lines of what the tool has printed on stderr so far, without secrets. */
    public List<String> stderr() {
        return stderr.lines();
    }

    /** Kills the tool, and does not wait until it is gone. */
    public void kill() {
        process.destroyForcibly();
    }

    /** Kills the tool if it is still running, and waits until it is gone. */
    @Override
    public void close() {
        process.destroyForcibly();
        boolean interrupted = Thread.interrupted();
        while (process.isAlive()) {
            try {
                process.waitFor();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
