package org.pgproof.backup;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
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
     * Starts the dump, in the server's encoding unless another was asked for: a database or a role may prefer one that
     * lacks letters of its rows.
     *
     * @param snapshot the moment to read from
     * @param options what shapes it, see {@link #options}
     */
    static PgDump start(ClientTool tool, SourceSnapshot snapshot, List<String> options) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(tool.path().toString());
        command.add("--no-password");
        command.add("--format=plain");
        command.addAll(options);
        if (DumpOptions.encoding(options).isEmpty()) {
            command.add("--encoding=" + snapshot.facts().source().encoding());
        }
        snapshot.exported().ifPresent(name -> command.add("--snapshot=" + name));
        ConnectionSettings connection = snapshot.settings();
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
     * @param changes what others changed in the database meanwhile
     * @throws SchemaChangedException if it failed and something had changed or been dropped while it began
     */
    List<String> awaitSuccess(SchemaChanges changes) throws IOException, InterruptedException {
        try {
            process.awaitSuccess();
        } catch (ToolFailedException e) {
            String message = String.valueOf(e.getMessage());
            boolean changed = !changes.isEmpty() || DROPPED.matcher(message).find();
            throw changed ? new SchemaChangedException(message, e) : e;
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
