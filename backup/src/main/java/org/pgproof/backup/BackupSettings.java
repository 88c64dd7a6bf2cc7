package org.pgproof.backup;

import java.time.Duration;
import java.util.List;
import org.pgproof.backup.source.DumpOptions;
import org.pgproof.backup.source.WaitLimits;
import org.pgproof.postgres.ConnectionSettings;
import org.pgproof.settings.Environment;
import org.pgproof.settings.S3Settings;

/**
 * What the backup service was told.
 *
 * @param interval from the start of one backup to the start of the next
 * @param retentionDays age in days from which a backup may be pruned
 * @param minimumKept backups besides the one just published that are never pruned
 * @param compressionLevel 1 (fast) to 9 (small)
 * @param privileges whether the dump keeps owners and grants
 * @param dumpOptions further options of {@code pg_dump}
 * @param maxParts parts the store allows in one upload
 * @param limits how long a backup waits
 */
record BackupSettings(
        ConnectionSettings connection,
        S3Settings store,
        Duration interval,
        int retentionDays,
        int minimumKept,
        int compressionLevel,
        int compressionThreads,
        boolean privileges,
        List<String> dumpOptions,
        int maxParts,
        WaitLimits limits) {

    private static final Duration SHORTEST_INTERVAL = Duration.ofSeconds(60);
    /** Blocks in flight for each thread must fit into a small heap. */
    private static final int MOST_THREADS = 16;

    /** Reads the settings; what is wrong is recorded in the environment's problems. */
    static BackupSettings from(Environment environment) {
        Duration interval = environment.duration("BACKUP_INTERVAL", Duration.ofHours(1), SHORTEST_INTERVAL);
        int cores = Math.min(MOST_THREADS, Runtime.getRuntime().availableProcessors());
        return new BackupSettings(
                ConnectionSettings.parse(environment),
                S3Settings.from(environment),
                interval,
                environment.integer("BACKUP_RETENTION_DAYS", 7, 1, 36_500),
                environment.integer("BACKUP_RETENTION_MIN_KEEP", 1, 1, 1_000_000),
                environment.integer("COMPRESSION_LEVEL", 6, 1, 9),
                environment.integer("BACKUP_COMPRESSION_THREADS", cores, 1, MOST_THREADS),
                environment.bool("BACKUP_PRIVILEGES", false),
                dumpOptions(environment),
                environment.integer("S3_MAX_PARTS", 10_000, 1, 10_000),
                limits(environment, interval));
    }

    private static WaitLimits limits(Environment environment, Duration interval) {
        Duration byDefault = WaitLimits.byDefault(interval);
        return new WaitLimits(environment.duration("BACKUP_LOCK_TIMEOUT", byDefault, Duration.ofSeconds(1)), byDefault);
    }

    private static List<String> dumpOptions(Environment environment) {
        String name = "PG_DUMP_OPTIONS";
        try {
            List<String> options = DumpOptions.split(environment.optional(name).orElse(""));
            DumpOptions.problem(options)
                    .ifPresent(problem -> environment.problems().error(name, problem, "leave it out"));
            return options;
        } catch (IllegalArgumentException e) {
            environment.problems().error(name, String.valueOf(e.getMessage()), "close the quote");
            return List.of();
        }
    }
}
