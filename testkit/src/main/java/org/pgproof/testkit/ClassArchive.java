package org.pgproof.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The classes of a jar as a JVM leaves them once it has loaded them. One that begins with them needs half the processor
 * time to start, and tests start hundreds. Made once in a run, and only with {@code -Dtestkit.archive=true}.
 */
final class ClassArchive {
    private static final int SERVER = 15;
    private static final boolean WANTED = Boolean.getBoolean("testkit.archive");

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
        try {
            Database database = PostgresServer.shared(SERVER).freshDatabase();
            database.execute("CREATE TABLE rows AS SELECT 1 AS a");
            Map<String, String> place = new HashMap<>(
                    S3Server.shared().environment(S3Server.shared().freshBucket()));
            place.put("DATABASE_URL", database.url());
            if (!jar.equals(Jars.backupJar())) { // there must be something to verify
                once(Jars.backupJar(), place, jvmOptions);
            }
            Path archive = Run.current().newDirectory("archive").resolve("classes.jsa");
            List<String> options = new ArrayList<>(List.of(jvmOptions));
            options.add("-XX:ArchiveClassesAtExit=" + archive);
            once(jar, place, options.toArray(String[]::new));
            return Files.exists(archive) && Files.size(archive) > 0 ? Optional.of(archive) : Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void once(Path jar, Map<String, String> environment, String... jvmOptions) {
        new JarCommand(jar)
                .jvmOptions(jvmOptions)
                .environment(environment)
                .arguments("--once")
                .run();
    }
}
