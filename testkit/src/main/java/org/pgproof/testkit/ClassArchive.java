package org.pgproof.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The classes of a jar as a JVM leaves them once it has loaded them. One that begins with them needs half the processor
 * time to start, and tests start hundreds. Made once in a run, and only with {@code -Dtestkit.archive=true}.
 */
final class ClassArchive {
    private static final boolean WANTED = Boolean.getBoolean("testkit.archive");

    /** Nobody listens there: a health check then loads nearly everything and soon ends. */
    private static final Map<String, String> NOWHERE = Map.of(
            "DATABASE_URL", "postgresql://nobody:none@127.0.0.1:1/none",
            "S3_ENDPOINT", "http://127.0.0.1:1",
            "S3_BUCKET", "none",
            "S3_ACCESS_KEY_ID", "none",
            "S3_SECRET_ACCESS_KEY", "none");

    private static final Map<Path, Optional<Path>> MADE = new ConcurrentHashMap<>();

    private ClassArchive() {}

    /** Returns the JVM options with which the jar starts from its archive; none where there is no archive. */
    static String[] options(Path jar, String... jvmOptions) {
        return WANTED
                ? MADE.computeIfAbsent(jar, key -> make(key, jvmOptions))
                        .map(archive -> new String[] {"-XX:SharedArchiveFile=" + archive})
                        .orElse(new String[0])
                : new String[0];
    }

    private static Optional<Path> make(Path jar, String... jvmOptions) {
        Path archive = Run.current().newDirectory("archive").resolve("classes.jsa");
        List<String> options = new ArrayList<>(List.of(jvmOptions));
        options.add("-XX:ArchiveClassesAtExit=" + archive);
        new JarCommand(jar)
                .jvmOptions(options.toArray(String[]::new))
                .environment(NOWHERE)
                .arguments("healthcheck")
                .run();
        try {
            return Files.exists(archive) && Files.size(archive) > 0 ? Optional.of(archive) : Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
