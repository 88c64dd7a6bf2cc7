package org.pgproof.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A server process of our own, which can also be made to fail. */
public final class LocalPostgres implements PostgresServer {
    static final String SUPERUSER = "postgres";
    private static final String PASSWORD = "testkit-password";
    private static final long PATIENCE_SECONDS = 60;

    private final int major;
    private final int port;
    private final Path binaries;
    private final Path folder;
    private final Map<String, String> settings;
    private @Nullable Process process;

    private LocalPostgres(int major, int port, Path binaries, Path folder, Map<String, String> settings) {
        this.major = major;
        this.port = port;
        this.binaries = binaries;
        this.folder = folder;
        this.settings = settings;
    }

    /** Starts a server of a major version, whatever {@code TESTKIT} says. */
    public static LocalPostgres start(int major) {
        return start(major, Map.of());
    }

    /** Starts a server with settings that override those of {@code postgresql.conf}. */
    public static LocalPostgres start(int major, Map<String, String> settings) {
        Run run = Run.current();
        Path folder = run.newDirectory("pg");
        try {
            Path binaries = PostgresBinaries.unpacked(major);
            DataDirectories.create(binaries, PASSWORD, folder);
            LocalPostgres server = new LocalPostgres(major, freePort(), binaries, folder, Map.copyOf(settings));
            run.add(server);
            server.start();
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException("PostgreSQL " + major + " could not be started: " + e.getMessage(), e);
        }
    }

    @Override
    public int major() {
        return major;
    }

    @Override
    public String host() {
        return "127.0.0.1";
    }

    @Override
    public int port() {
        return port;
    }

    @Override
    public String user() {
        return SUPERUSER;
    }

    @Override
    public String password() {
        return PASSWORD;
    }

    /** Returns the folder of the server's Unix socket. */
    public Path socketDirectory() {
        return folder;
    }

    /** Returns all that the server has logged. */
    public String log() {
        try {
            return Files.readString(logFile());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Starts the server again, on its port and with its data. */
    public synchronized void start() {
        if (process != null) {
            throw new IllegalStateException("PostgreSQL runs already, on port " + port);
        }
        try {
            process = new ProcessBuilder(ServerUser.command(folder, command()))
                    .directory(folder.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(logFile().toFile()))
                    .start();
            process.getOutputStream().close();
            awaitReady(process);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException("Interrupted while PostgreSQL started", e);
        }
    }

    /** Stops the server as an administrator does: clients are disconnected, the data is kept for {@link #start}. */
    public void stop() {
        end(Signal.INT);
    }

    /** Stops the server as a crash does: nothing is flushed, the next start recovers. */
    public void crash() {
        end(Signal.QUIT);
    }

    /** Stops the server and starts it again. */
    public void restart() {
        stop();
        start();
    }

    /** Freezes all the server's processes: connections stay open, and nobody answers. */
    public synchronized void pause() {
        forEachProcess(Signal.STOP);
    }

    /** Lets frozen processes go on. */
    public synchronized void resume() {
        forEachProcess(Signal.CONT);
    }

    @Override
    public void close() {
        end(Signal.QUIT);
        Run.current().remove(this);
        try {
            FileTrees.delete(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public String toString() {
        return "PostgreSQL " + major + " on port " + port;
    }

    private synchronized void end(Signal signal) {
        Process ending = process;
        if (ending == null) {
            return;
        }
        resume();
        signal.send(ending.pid());
        try {
            if (!ending.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                throw new IllegalStateException(this + " does not stop on SIG" + signal);
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException("Interrupted while PostgreSQL stopped", e);
        }
        process = null;
    }

    private void forEachProcess(Signal signal) {
        if (process != null) {
            signal.send(process.pid());
            process.descendants().forEach(child -> signal.send(child.pid()));
        }
    }

    private String[] command() {
        List<String> words = new ArrayList<>(List.of(
                binaries.resolve("bin/postgres").toString(),
                "-D",
                folder.resolve("data").toString(),
                "-p",
                Integer.toString(port),
                "-c",
                "listen_addresses=127.0.0.1,::1",
                "-c",
                "unix_socket_directories=" + folder));
        settings.forEach((name, value) -> words.addAll(List.of("-c", name + "=" + value)));
        return words.toArray(String[]::new);
    }

    /** The last line of {@code postmaster.pid} says how far the server is. */
    private void awaitReady(Process starting) throws IOException, InterruptedException {
        Path state = folder.resolve("data/postmaster.pid");
        for (long start = System.nanoTime(); !isReady(state, starting.pid()); ) {
            boolean late = TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - start) > PATIENCE_SECONDS;
            if (late || starting.waitFor(10, TimeUnit.MILLISECONDS)) {
                process = null;
                starting.destroyForcibly();
                throw new IOException(this + " did not start: " + log());
            }
        }
    }

    private static boolean isReady(Path state, long pid) {
        try {
            List<String> lines = Files.readAllLines(state);
            return lines.size() > 7
                    && lines.get(0).trim().equals(Long.toString(pid))
                    && lines.get(7).trim().equals("ready");
        } catch (IOException notYet) {
            return false;
        }
    }

    private Path logFile() {
        return folder.resolve("log");
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName("::"))) {
            return socket.getLocalPort();
        }
    }
}
