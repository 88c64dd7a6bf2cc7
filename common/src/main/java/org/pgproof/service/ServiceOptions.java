package org.pgproof.service;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.pgproof.settings.Environment;
import org.pgproof.settings.InvalidSettingsException;
import org.pgproof.settings.Problem;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** The options and the settings that both services have in common. */
public final class ServiceOptions {
    private static final Logger log = LoggerFactory.getLogger(ServiceOptions.class);

    private static final int DEFAULT_GRACE = 8;
    private static final int LONGEST_GRACE = 3600;
    private static final Duration SHORTEST_AGE = Duration.ofSeconds(60);

    @Option(names = "--once", description = "Run one cycle, then exit with its outcome.")
    private boolean once;

    @Option(
            names = "--env-file",
            paramLabel = "FILE",
            scope = ScopeType.INHERIT,
            description = "Read settings from a .env file; variables already set win.")
    private @Nullable Path envFile;

    /** Returns whether to run one cycle alone. */
    public boolean once() {
        return once;
    }

    /**
     * Reads all settings, makes the log look as asked, and says what in the environment looks like a mistake.
     *
     * @param settings reads those of one service
     */
    public <T> Configuration<T> read(Function<Environment, T> settings) throws InvalidSettingsException {
        Environment process = Environment.ofProcess();
        Environment environment = envFile == null ? process : process.withFile(envFile);
        Running running = Running.from(environment);
        Logging.configure(running.logLevel(), running.json());
        try {
            return new Configuration<>(running, environment.read(settings));
        } finally { // also when a setting is missing: a misspelt name may be why
            for (Problem warning : environment.problems().warnings()) {
                log.warn("{}", warning);
            }
        }
    }

    /** What both services know, and what is one service's own. */
    public record Configuration<T>(Running running, T settings) {}

    /**
     * What concerns neither database nor store.
     *
     * @param grace how long the process may live after it was asked to stop
     * @param healthMaxAge how old the last success may be for a healthy service; empty for two intervals
     */
    public record Running(
            Duration grace, String logLevel, boolean json, List<Path> binDirs, Optional<Duration> healthMaxAge) {
        /** What is wrong is recorded in the environment's problems. */
        private static Running from(Environment environment) {
            return new Running(
                    Duration.ofSeconds(environment.integer("SHUTDOWN_GRACE", DEFAULT_GRACE, 1, LONGEST_GRACE)),
                    environment.choice("LOG_LEVEL", "INFO", "DEBUG", "INFO", "WARNING", "ERROR"),
                    environment.choice("LOG_FORMAT", "text", "text", "json").equals("json"),
                    environment.paths("POSTGRES_BIN_DIRS"),
                    environment.optionalDuration("HEALTH_MAX_AGE", SHORTEST_AGE));
        }
    }
}
