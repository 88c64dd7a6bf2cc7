package org.pgproof.testkit;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Makes data directories: {@code initdb} runs once for each major version, after that its result is copied. */
final class DataDirectories {
    /** Fast rather than safe, room for many clients and tables, and a time zone that shows who forgets about them. */
    private static final String CONFIGURATION = """
            fsync = off
            full_page_writes = off
            autovacuum = off
            synchronous_commit = off
            max_wal_size = 4GB
            wal_level = logical
            max_connections = 200
            max_locks_per_transaction = 256
            password_encryption = 'scram-sha-256'
            timezone = 'Asia/Kathmandu'
            log_timezone = 'UTC'
            """;

    private DataDirectories() {}

    /** Makes the folder {@code data} in a new folder of the user who runs servers. */
    static Path create(Path binaries, String password, Path folder) throws IOException {
        String name = binaries.getFileName() + "-data-" + ServerUser.name(folder) + "-"
                + Integer.toHexString((CONFIGURATION + password).hashCode());
        Path template =
                PostgresBinaries.once(binaries.resolveSibling(name), draft -> initialise(binaries, password, draft));
        ServerUser.own(folder);
        run(folder, "cp", "-Rp", template.resolve("data").toString(), folder.toString());
        return folder.resolve("data");
    }

    private static void initialise(Path binaries, String password, Path folder) throws IOException {
        Path passwordFile = Files.writeString(folder.resolve("password"), password);
        ServerUser.own(folder);
        ServerUser.own(passwordFile);
        run(
                folder,
                binaries.resolve("bin/initdb").toString(),
                "--pgdata=" + folder.resolve("data"),
                "--username=" + LocalPostgres.SUPERUSER,
                "--pwfile=" + passwordFile,
                "--auth=scram-sha-256",
                "--encoding=UTF8",
                "--locale=" + locale(folder),
                "--no-sync");
        Files.delete(passwordFile);
        Files.writeString(folder.resolve("data/postgresql.conf"), CONFIGURATION, StandardOpenOption.APPEND);
    }

    /** Debian has a C locale that knows Unicode's letters; elsewhere the plain one must do. */
    private static String locale(Path folder) throws IOException {
        boolean known = output(folder, "locale", "-a")
                .lines()
                .anyMatch(name -> name.equals("C.UTF-8") || name.equals("C.utf8"));
        return known ? "C.UTF-8" : "C";
    }

    private static void run(Path folder, String... command) throws IOException {
        output(folder, ServerUser.command(folder, command).toArray(String[]::new));
    }

    private static String output(Path folder, String... command) throws IOException {
        List<String> words = new ArrayList<>(Arrays.asList(command));
        Process process = new ProcessBuilder(words)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .start();
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        try {
            if (!process.waitFor(1, TimeUnit.MINUTES) || process.exitValue() != 0) {
                throw new IOException(String.join(" ", command) + " failed: " + output);
            }
        } catch (InterruptedException e) {
            throw new IOException("Interrupted during " + String.join(" ", command), e);
        }
        return output;
    }
}
