package org.pgproof.backup.source;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.pgproof.postgres.ClientTool;
import org.pgproof.postgres.ConnectionSettings;
import org.pgproof.postgres.PgProcess;
import org.pgproof.postgres.ToolFailedException;

/** A running {@code pg_dump} in plain format. */
public final class PgDump implements AutoCloseable {
    /**
     * What servers that speak English say of a table, a column or an index that was dropped after the snapshot was taken;
     * all seen while the schema of a database was changed all the time. In another language it is an error like others.
     */
    private static final Pattern DROPPED =
            Pattern.compile("does not exist|cache lookup failed|could not open relation|concurrently dropped");

    private static final String PREPARED = "prepared statement";

    /** By then {@link DumpWatch} has given up; this ends a pg_dump whose service was killed. */
    private static final Duration AFTER_THE_WATCH = Duration.ofSeconds(30);

    private final PgProcess process;
    private final AwaitedStream stdout;
    private final DumpWatch watch;
    private volatile String gaveUp = "";

    private PgDump(PgProcess process, SourceSnapshot snapshot) {
        this.process = process;
        this.stdout = new AwaitedStream(process.stdout());
        this.watch = new DumpWatch(this, snapshot.session(), snapshot.limits());
    }

    /**
     * Starts the dump, in the server's encoding unless another was asked for: a database or a role may prefer one that
     * lacks letters of its rows.
     *
     * @param snapshot the moment to read from
     * @param options what shapes it, see {@link #options}
     */
    public static PgDump start(ClientTool tool, SourceSnapshot snapshot, List<String> options) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(tool.path().toString());
        command.add("--no-password");
        command.add("--format=plain");
        command.addAll(options);
        command.add("--lock-wait-timeout="
                + snapshot.limits().lock().plus(AFTER_THE_WATCH).toMillis());
        if (DumpOptions.encoding(options).isEmpty()) {
            command.add("--encoding=" + snapshot.facts().source().encoding());
        }
        snapshot.exported().ifPresent(name -> command.add("--snapshot=" + name));
        ConnectionSettings connection = snapshot.settings();
        connection.connectionString().ifPresent(text -> command.add("--dbname=" + text));
        return new PgDump(PgProcess.start(command, connection), snapshot);
    }

    /** Returns the options that make a dump restore anywhere, followed by the user's. */
    public static List<String> options(boolean privileges, List<String> further) {
        List<String> options = new ArrayList<>(List.of("--no-tablespaces"));
        if (!privileges) {
            options.add("--no-owner");
            options.add("--no-privileges");
        }
        options.addAll(further);
        return options;
    }

    /** Waits for its first output: before that it locks every table it dumps, and keeps the locks to its end. */
    public void awaitLocks() throws IOException {
        stdout.mark(1);
        stdout.read();
        requireNotGivenUp();
        stdout.reset();
    }

    /** Returns the dump; its end does not mean success. */
    public InputStream stdout() {
        return stdout;
    }

    /** Returns for how long its output has been waited for. */
    Duration silentFor() {
        return stdout.silentFor();
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** Kills it; whoever waits for it hears why. */
    void giveUp(String reason) {
        gaveUp = reason;
        stdout.end();
        process.kill();
    }

    private void requireNotGivenUp() throws IOException {
        if (!gaveUp.isEmpty()) {
            throw new IOException(gaveUp);
        }
    }

    /**
     * Waits for the end and returns what it warned of.
     *
     * @param changes what others changed in the database meanwhile
     * @throws SchemaChangedException if it failed and something had changed or been dropped while it began
     */
    public List<String> awaitSuccess(SchemaChanges changes) throws IOException, InterruptedException {
        try {
            process.awaitSuccess();
        } catch (ToolFailedException e) {
            requireNotGivenUp();
            String message = withRemedy(String.valueOf(e.getMessage()));
            boolean changed = !changes.isEmpty() || DROPPED.matcher(message).find();
            throw changed ? new SchemaChangedException(message, e) : new IOException(message, e);
        }
        return DumpWarnings.of(process.stderr());
    }

    private static String withRemedy(String message) {
        return message.contains(PREPARED) && message.contains("already exists")
                ? message + "; a pooler hands out sessions that others have used: connect to the server itself, or to a"
                        + " pool in session mode"
                : message;
    }

    /** Kills it if it is still running, and ends its session on the server. */
    @Override
    public void close() {
        watch.close();
        process.close();
    }
}
