package org.pgproof.backup;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.pgproof.postgres.ClientTool;
import org.pgproof.postgres.ConnectionSettings;
import org.pgproof.postgres.PgProcess;
import org.pgproof.postgres.ToolFailedException;

/** A running {@code pg_dump} in plain format. */
final class PgDump implements AutoCloseable {
    private static final String WARNING = "pg_dump: warning: ";

    /**
     * What servers that speak English say of a table, a column or an index that was dropped after the snapshot was taken;
     * all seen while the schema of a database was changed all the time. In another language it is an error like others.
     */
    private static final Pattern DROPPED =
            Pattern.compile("does not exist|cache lookup failed|could not open relation|concurrently dropped");

    private final PgProcess process;

    private PgDump(PgProcess process) {
        this.process = process;
    }

    /**
     * Starts the dump.
     *
     * @param options what shapes it, see {@link #options}
     * @param snapshot the exported snapshot to read from; empty for one of its own
     */
    static PgDump start(ClientTool tool, ConnectionSettings connection, List<String> options, Optional<String> snapshot)
            throws IOException {
        List<String> command = new ArrayList<>();
        command.add(tool.path().toString());
        command.add("--no-password");
        command.add("--format=plain");
        command.addAll(options);
        snapshot.ifPresent(name -> command.add("--snapshot=" + name));
        connection.connectionString().ifPresent(text -> command.add("--dbname=" + text));
        return new PgDump(PgProcess.start(command, connection));
    }

    /** Returns the options that make a dump restore anywhere, followed by the user's. */
    static List<String> options(boolean privileges, List<String> further) {
        List<String> options = new ArrayList<>(List.of("--no-tablespaces"));
        if (!privileges) {
            options.add("--no-owner");
            options.add("--no-privileges");
        }
        options.addAll(further);
        return options;
    }

    /** Waits for its first output: before that it locks every table it dumps, and keeps the locks to its end. */
    void awaitLocks() throws IOException {
        InputStream dump = process.stdout();
        dump.mark(1);
        dump.read();
        dump.reset();
    }

    /** Returns the dump; its end does not mean success. */
    InputStream stdout() {
        return process.stdout();
    }

    /**
     * Waits for the end and returns what it warned of.
     *
     * @throws SchemaChangedException if it failed because something was dropped while it began
     */
    List<String> awaitSuccess() throws IOException, InterruptedException {
        try {
            process.awaitSuccess();
        } catch (ToolFailedException e) {
            String message = String.valueOf(e.getMessage());
            throw DROPPED.matcher(message).find() ? new SchemaChangedException(message, e) : e;
        }
        return process.stderr().stream()
                .filter(line -> line.startsWith(WARNING))
                .map(line -> line.substring(WARNING.length()))
                .toList();
    }

    /** Kills it if it is still running. */
    @Override
    public void close() {
        process.close();
    }
}
