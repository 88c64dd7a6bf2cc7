package org.pgproof.testkit;

import java.nio.file.Files;
import java.nio.file.Path;

/** Finds the folder of the whole build, from wherever in it a test or the quickstart runs. */
final class ProjectRoot {
    private ProjectRoot() {}

    /** Returns the folder that the system property {@code pgproof.root} names, else the one found by walking up. */
    static Path find() {
        String named = System.getProperty("pgproof.root");
        if (named != null) {
            return Path.of(named).toAbsolutePath();
        }
        Path start = Path.of("").toAbsolutePath();
        for (Path folder = start; folder != null; folder = folder.getParent()) {
            if (Files.exists(folder.resolve("mvnw")) && Files.exists(folder.resolve("testkit/pom.xml"))) {
                return folder;
            }
        }
        throw new IllegalStateException(
                "No project root above " + start + ": run inside the project or set -Dpgproof.root=FOLDER");
    }
}
