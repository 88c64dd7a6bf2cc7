package org.pgproof.testkit;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;

/**
 * The {@code pg_dump} and {@code psql} of this machine: in {@code POSTGRES_BIN_DIRS}, where packages put them, and on
 * {@code PATH}, in this order.
 */
public final class ClientBinaries {
    private static final Pattern VERSION = Pattern.compile("\\(PostgreSQL\\) (\\d+)");
    private static final String FOLDERS = "POSTGRES_BIN_DIRS";

    private ClientBinaries() {}

    /** The client tools of one major version and the folder they lie in. */
    public record Client(int major, Path folder) {
        public Path pgDump() {
            return folder.resolve("pg_dump");
        }

        public Path psql() {
            return folder.resolve("psql");
        }
    }

    /** Returns one client of each major version found, oldest first. */
    public static List<Client> all() {
        return Found.CLIENTS;
    }

    /** Looked for once: each look starts a process for each folder. */
    private static final class Found {
        static final List<Client> CLIENTS = find();
    }

    private static List<Client> find() {
        Map<Integer, Client> found = new TreeMap<>();
        for (Path folder : folders()) {
            major(folder).ifPresent(major -> found.putIfAbsent(major, new Client(major, folder)));
        }
        return List.copyOf(found.values());
    }

    /** Returns the client for a server: of its own major version, else of the nearest newer one. */
    public static Optional<Client> forServer(int major) {
        return all().stream().filter(client -> client.major() >= major).findFirst();
    }

    /** Returns the client for a server; without one, the test is skipped and says so. */
    public static Client assumeClientFor(int serverMajor) {
        return assumed(forServer(serverMajor), "client " + serverMajor + " or newer");
    }

    /** Returns the client of exactly this major version; without it, the test is skipped and says so. */
    public static Client assumeClient(int major) {
        return assumed(all().stream().filter(client -> client.major() == major).findFirst(), "client " + major);
    }

    /** Returns the value of {@code POSTGRES_BIN_DIRS} with which exactly these clients come first. */
    public static String searchPath(Collection<Client> clients) {
        return String.join(
                File.pathSeparator,
                clients.stream().map(client -> client.folder().toString()).toList());
    }

    private static Client assumed(Optional<Client> client, String wanted) {
        Assumptions.assumeTrue(
                client.isPresent(),
                () -> "No PostgreSQL " + wanted + " on this machine, which has " + majors() + ": name its folder in "
                        + FOLDERS);
        return client.orElseThrow();
    }

    private static List<Integer> majors() {
        return all().stream().map(Client::major).toList();
    }

    private static List<Path> folders() {
        List<Path> folders = new ArrayList<>(split(System.getenv(FOLDERS)));
        for (String installations : List.of("/usr/lib/postgresql", "/Applications/Postgres.app/Contents/Versions")) {
            folders.addAll(binFolders(Path.of(installations), ""));
        }
        folders.addAll(binFolders(Path.of("/usr"), "pgsql-"));
        folders.addAll(binFolders(Path.of("/opt/homebrew/opt"), "postgresql@"));
        folders.addAll(binFolders(Path.of("/usr/local/opt"), "postgresql@"));
        folders.addAll(split(System.getenv("PATH")));
        return folders;
    }

    private static List<Path> split(@Nullable String list) {
        return list == null
                ? List.of()
                : Arrays.stream(list.split(File.pathSeparator, -1))
                        .filter(folder -> !folder.isEmpty())
                        .map(Path::of)
                        .toList();
    }

    private static List<Path> binFolders(Path installations, String prefix) {
        if (!Files.isDirectory(installations)) {
            return List.of();
        }
        try (Stream<Path> versions = Files.list(installations)) {
            return versions.filter(version -> version.getFileName().toString().startsWith(prefix))
                    .map(version -> version.resolve("bin"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Optional<Integer> major(Path folder) {
        if (!Files.isExecutable(folder.resolve("pg_dump")) || !Files.isExecutable(folder.resolve("psql"))) {
            return Optional.empty();
        }
        try {
            Process process = new ProcessBuilder(folder.resolve("pg_dump").toString(), "--version")
                    .redirectErrorStream(true)
                    .start();
            process.getOutputStream().close();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            Matcher version = VERSION.matcher(output);
            return version.find() ? Optional.of(Integer.valueOf(version.group(1))) : Optional.empty();
        } catch (IOException unusable) {
            return Optional.empty();
        }
    }
}
