package org.pgproof.testkit;

import org.jspecify.annotations.Nullable;

/** Where the servers of a test run come from: the environment variable {@code TESTKIT} chooses. */
enum Provider {
    CONTAINERS,
    LOCAL;

    private static final Provider CHOSEN = choose(System.getenv("TESTKIT"));

    /** Returns this JVM's provider; without {@code TESTKIT}, containers where a Docker daemon answers, else local. */
    static Provider chosen() {
        return CHOSEN;
    }

    private static Provider choose(@Nullable String wish) {
        if (wish == null || wish.isEmpty()) {
            return DockerDaemon.answers() ? CONTAINERS : LOCAL;
        }
        return switch (wish) {
            case "containers" -> CONTAINERS;
            case "local" -> LOCAL;
            default -> throw new IllegalStateException("TESTKIT=" + wish + ": use containers or local");
        };
    }
}
