package org.pgproof.testkit;

import java.nio.file.Files;
import java.nio.file.Path;

/** The two jars as the build has made them, to be run as a user runs them, with the heap of the images. */
public final class Jars {
    /** A heap as in the images, and what lets a JVM that runs for seconds start faster. */
    private static final String[] JVM_OPTIONS = {"-Xmx128m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"};

    private Jars() {}

    /** Returns a new command that runs {@code backup.jar}. */
    public static JarCommand backup() {
        return command(backupJar());
    }

    /** Returns a new command that runs {@code verify.jar}. */
    public static JarCommand verify() {
        return command(built("verify/target/verify.jar"));
    }

    static Path backupJar() {
        return built("backup/target/backup.jar");
    }

    private static JarCommand command(Path jar) {
        return new JarCommand(jar).jvmOptions(JVM_OPTIONS).jvmOptions(ClassArchive.options(jar, JVM_OPTIONS));
    }

    private static Path built(String path) {
        Path jar = ProjectRoot.find().resolve(path);
        if (Files.notExists(jar)) {
            throw new IllegalStateException("No " + jar + ": run ./mvnw -DskipTests package");
        }
        return jar;
    }
}
