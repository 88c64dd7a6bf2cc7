package org.pgproof.postgres;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Finds the client tool that suits a server: its own major version, else the nearest newer one. */
public final class ClientTools {
    /** Folders whose children are versions: Debian and Ubuntu, Red Hat, the EDB installer, Homebrew. */
    private static final List<String> VERSIONED =
            List.of("/usr/lib/postgresql", "/usr", "/usr/local", "/opt", "/Library/PostgreSQL", "/opt/homebrew/opt");

    /** What Debian puts into {@code /usr/bin}: a script that runs the tool of one of the versioned folders. */
    private static final Path DEBIAN_WRAPPER = Path.of("pg_wrapper");

    private static final Duration VERSION_TIME = Duration.ofSeconds(20);

    private final List<Path> folders;
    private final Map<Program, ServerVersion> versions = new ConcurrentHashMap<>();

    /** @param first folders to look in before the usual places and {@code PATH} */
    public ClientTools(List<Path> first) {
        Set<Path> all = new LinkedHashSet<>(first);
        VERSIONED.forEach(folder -> all.addAll(binFolders(Path.of(folder))));
        Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                .filter(folder -> !folder.isEmpty())
                .map(Path::of)
                .forEach(all::add);
        this.folders = List.copyOf(all);
    }

    /**
     * Returns the tool to use with a server.
     *
     * @param name {@code pg_dump} or {@code psql}
     * @throws IOException when none of this machine's is new enough; names both versions and the remedy
     */
    public ClientTool forServer(String name, ServerVersion server) throws IOException, InterruptedException {
        List<ClientTool> found = find(name);
        return choose(found, server).orElseThrow(() -> new IOException(missing(name, found, server)));
    }

    static Optional<ClientTool> choose(List<ClientTool> found, ServerVersion server) {
        return found.stream()
                .filter(tool -> tool.version().major() >= server.major())
                .min(Comparator.comparing((ClientTool tool) -> tool.version().major())
                        .thenComparing(tool -> -tool.version().minor()));
    }

    private static String missing(String name, List<ClientTool> found, ServerVersion server) {
        String have = found.isEmpty()
                ? "none is installed"
                : "found "
                        + found.stream()
                                .map(tool -> tool.version() + " in " + tool.path())
                                .collect(Collectors.joining(", "));
        return "No " + name + " for a PostgreSQL " + server + " server: " + have + "; install postgresql-client-"
                + server.major() + " or name its folder in POSTGRES_BIN_DIRS";
    }

    private List<ClientTool> find(String name) throws InterruptedException {
        List<ClientTool> found = new ArrayList<>();
        Set<Program> seen = new HashSet<>();
        for (Path folder : folders) {
            Path path = folder.resolve(name);
            Optional<Program> program = program(path);
            if (program.isPresent() && seen.add(program.get())) {
                version(path, program.get()).ifPresent(version -> found.add(new ClientTool(path, version)));
            }
        }
        return found;
    }

    /** A file as it was when it was looked at: an upgrade makes another program of it. */
    private record Program(String name, Path file, FileTime modified) {}

    /** Returns the program that a path leads to: {@code /bin} and {@code /usr/bin} are often one folder. */
    private static Optional<Program> program(Path path) {
        try {
            Path file = path.toRealPath();
            boolean tool = Files.isRegularFile(file) && Files.isExecutable(file) && !file.endsWith(DEBIAN_WRAPPER);
            return tool
                    ? Optional.of(new Program(path.getFileName().toString(), file, Files.getLastModifiedTime(file)))
                    : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** Asks until there is an answer, and then no more: a service that runs for months looks before each cycle. */
    private Optional<ServerVersion> version(Path path, Program program) throws InterruptedException {
        ServerVersion known = versions.get(program);
        if (known != null) {
            return Optional.of(known);
        }
        Optional<ServerVersion> answer = version(path);
        answer.ifPresent(version -> versions.put(program, version));
        return answer;
    }

    /** A file of that name which cannot say its version is no tool of ours. */
    private static Optional<ServerVersion> version(Path path) throws InterruptedException {
        try {
            return VersionQuestion.ask(path, VERSION_TIME).map(ServerVersion::parse);
        } catch (IOException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static List<Path> binFolders(Path parent) {
        if (!Files.isDirectory(parent)) {
            return List.of();
        }
        try (Stream<Path> children = Files.list(parent)) {
            return children.map(child -> child.resolve("bin"))
                    .filter(bin -> Files.isExecutable(bin.resolve("psql")))
                    .sorted()
                    .toList();
        } catch (IOException | UncheckedIOException e) {
            return List.of(); // a folder we may not read holds no tool we could run
        }
    }
}
