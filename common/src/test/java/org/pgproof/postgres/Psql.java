package org.pgproof.postgres;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.pgproof.testkit.ClientBinaries;

/** Runs one query with the real psql, told about the server as every client tool is. */
final class Psql {
    private static final int OLDEST = 15;

    private Psql() {}

    static String run(ConnectionSettings settings, String query) throws Exception {
        ProcessBuilder builder = builder(settings, query);
        ChildEnvironment.set(builder, settings.environment());
        return run(builder);
    }

    static ProcessBuilder builder(ConnectionSettings settings, String query) {
        List<String> command = new ArrayList<>(List.of(
                ClientBinaries.assumeClientFor(OLDEST).psql().toString(),
                "--no-psqlrc",
                "--no-password",
                "--tuples-only",
                "--no-align",
                "--command=" + query));
        settings.connectionString().ifPresent(text -> command.add("--dbname=" + text));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().keySet().removeIf(name -> name.startsWith("PG"));
        builder.environment().put("PGCLIENTENCODING", "UTF8");
        return builder;
    }

    static String run(ProcessBuilder builder) throws IOException, InterruptedException {
        Process process = builder.start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        return output.replaceFirst("\n$", "");
    }
}
