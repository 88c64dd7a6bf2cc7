package org.pgproof.dump;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.pgproof.testkit.ClientBinaries;
import org.pgproof.testkit.PostgresServer;

/** Runs this machine's pg_dump and psql against one server, for tests of what they write and read. */
record PostgresClient(PostgresServer server, ClientBinaries.Client binaries, Path folder) {
    /** What a program wrote. */
    record Output(int exitCode, Path stdout, String stderr) {}

    byte[] dump(String database, String... options) throws IOException, InterruptedException {
        return succeeded(run(binaries.pgDump(), database, options));
    }

    /** The output of a successful script. */
    byte[] psql(String database, byte[] script) throws IOException, InterruptedException {
        return succeeded(script(database, script, "--quiet", "--set", "ON_ERROR_STOP=1"));
    }

    Output script(String database, byte[] script, String... options) throws IOException, InterruptedException {
        Path file = Files.write(folder.resolve("script.sql"), script);
        List<String> arguments = new ArrayList<>(List.of(options));
        arguments.addAll(List.of("--no-psqlrc", "--file", file.toString()));
        return run(binaries.psql(), database, arguments.toArray(String[]::new));
    }

    private static byte[] succeeded(Output output) throws IOException {
        if (output.exitCode() != 0) {
            throw new IllegalStateException("Exit code " + output.exitCode() + ": " + output.stderr());
        }
        return Files.readAllBytes(output.stdout());
    }

    private Output run(Path program, String database, String... options) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(program.toString()));
        command.addAll(List.of(options));
        Path stdout = folder.resolve("stdout");
        Path stderr = folder.resolve("stderr");
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().put("PGHOST", server.host());
        builder.environment().put("PGPORT", Integer.toString(server.port()));
        builder.environment().put("PGUSER", server.user());
        builder.environment().put("PGPASSWORD", server.password());
        builder.environment().put("PGDATABASE", database);
        int exitCode = builder.redirectOutput(stdout.toFile())
                .redirectError(stderr.toFile())
                .start()
                .waitFor();
        return new Output(exitCode, stdout, Files.readString(stderr));
    }
}
