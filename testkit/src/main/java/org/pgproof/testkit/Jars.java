package org.pgproof.testkit;

import java.nio.file.Files;
import java.nio.file.Path;

/** The two jars as the build has made them, to be run as a user runs them. */
public final class Jars {
    private Jars() {}

    /** Returns a new command that runs {@code backup.jar}. */
    public static JarCommand backup() {
        return new JarCommand(built("backup/target/backup.jar"));
    }

    /** Returns a new command that runs {@code verify.jar}. */
    public static JarCommand verify() {
        return new JarCommand(built("verify/target/verify.jar"));
    }

    private static Path built(String path) {
        Path jar = ProjectRoot.find().resolve(path);
        if (Files.notExists(jar)) {
            throw new IllegalStateException("No " + jar + ": run ./mvnw -DskipTests package");
        }
        return jar;
    }
}
