package org.pgproof.verify;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.pgproof.testkit.ClientBinaries;
import org.pgproof.testkit.Database;
import org.pgproof.testkit.PostgresServer;

/** A database that uses whatever its PostgreSQL version can do: the scripts in {@code features}. */
final class FeatureDatabase {
    /** Roles that policies and user mappings in the scripts name. */
    private static final List<String> ROLES = List.of("feature_reader", "Feature \"\"Writer\"\"; --");

    private static final List<String> ALWAYS = List.of("types", "tables", "programs", "surroundings", "extensions");
    private static final int FIRST_ADDITION = 14;

    private FeatureDatabase() {}

    /** Creates a database with all features of the server's version. */
    static Database create(PostgresServer server) throws SQLException, IOException, InterruptedException {
        Database database = server.freshDatabase();
        for (String role : ROLES) {
            // One that may log in is nobody's stand-in, so that no verifier drops it.
            database.execute("DO $$ BEGIN CREATE ROLE \"" + role + "\" LOGIN; EXCEPTION WHEN duplicate_object THEN"
                    + " ALTER ROLE \"" + role + "\" LOGIN; END $$");
        }
        List<String> scripts = new ArrayList<>(ALWAYS);
        for (int major = FIRST_ADDITION; major <= server.major(); major++) {
            scripts.add("since-" + major);
        }
        for (String script : scripts) {
            run(database, script(script));
        }
        return database;
    }

    /** Returns a script's text. */
    static String script(String name) throws IOException {
        try (InputStream script = FeatureDatabase.class.getResourceAsStream("features/" + name + ".sql")) {
            if (script == null) {
                throw new IllegalArgumentException("no script " + name);
            }
            return new String(script.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /** Runs a script as people do, with psql, which must take every statement. */
    static void run(Database database, String script) throws IOException, InterruptedException {
        ClientBinaries.Client client =
                ClientBinaries.assumeClientFor(database.server().major());
        ProcessBuilder psql = new ProcessBuilder(
                        client.psql().toString(),
                        "--no-psqlrc",
                        "--quiet",
                        "--output=/dev/null",
                        "--set=ON_ERROR_STOP=1",
                        "--file=-",
                        database.url())
                .redirectErrorStream(true);
        psql.environment().put("PGOPTIONS", "-c client_min_messages=error");
        Process process = psql.start();
        try (var stdin = process.getOutputStream()) {
            stdin.write(script.getBytes(StandardCharsets.UTF_8));
        }
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IllegalStateException(database.server() + ": " + output);
        }
    }
}
