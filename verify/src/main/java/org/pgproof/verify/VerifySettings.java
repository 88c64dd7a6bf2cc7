package org.pgproof.verify;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import org.pgproof.postgres.ConnectionSettings;
import org.pgproof.settings.Environment;
import org.pgproof.settings.S3Settings;
import org.pgproof.store.BackupKey;
import org.pgproof.store.ObjectKind;
import org.pgproof.store.StoredObject;

/**
 * What the verify service was told.
 *
 * @param interval from the start of one verification to the start of the next
 * @param backup the one backup to verify; empty for the newest
 * @param queries the named file of custom queries; empty for the default one
 * @param strict whether a custom query that errors fails the verification
 * @param maxAge how old the newest backup may be; empty for as old as it is
 * @param jobs sessions that restore and read at once; empty to choose by the server
 * @param timeout how long one verification may take
 * @param maxBytes what a dump without a manifest may unpack to
 * @param maxDatabase how large the temporary database may become
 * @param requireIsolation whether nothing is verified where a dump could do harm; empty to warn of it
 */
record VerifySettings(
        ConnectionSettings connection,
        S3Settings store,
        Duration interval,
        Optional<BackupKey> backup,
        Optional<Path> queries,
        boolean strict,
        Optional<Duration> maxAge,
        Optional<Integer> jobs,
        Duration timeout,
        long maxBytes,
        DatabaseBound maxDatabase,
        Optional<Boolean> requireIsolation) {

    private static final Duration SHORTEST_INTERVAL = Duration.ofSeconds(60);
    private static final Duration LONGEST = Duration.ofDays(7);
    private static final int MOST_JOBS = 64;
    private static final long MAX_BYTES = 1L << 40;

    /** Reads the settings; what is wrong is recorded in the environment's problems. */
    static VerifySettings from(Environment environment) {
        OptionalInt jobs = environment.optionalInteger("VERIFY_JOBS", 1, MOST_JOBS);
        return new VerifySettings(
                ConnectionSettings.parse(environment),
                S3Settings.from(environment),
                environment.duration("VERIFY_INTERVAL", Duration.ofDays(1), SHORTEST_INTERVAL),
                backup(environment),
                queries(environment),
                environment.bool("VERIFY_STRICT", false),
                environment.optionalDuration("VERIFY_MAX_AGE", SHORTEST_INTERVAL),
                jobs.isPresent() ? Optional.of(jobs.getAsInt()) : Optional.empty(),
                environment.duration("VERIFY_TIMEOUT", LONGEST, SHORTEST_INTERVAL),
                environment.bytes("VERIFY_MAX_BYTES", MAX_BYTES),
                new DatabaseBound(environment.optionalBytes("VERIFY_MAX_DATABASE_BYTES")),
                environment.optionalBool("VERIFY_REQUIRE_ISOLATION"));
    }

    private static Optional<BackupKey> backup(Environment environment) {
        String name = "VERIFY_BACKUP_FILE";
        Optional<String> file = environment.optional(name).map(String::strip);
        if (environment.bool("VERIFY_LATEST", true)) {
            file.ifPresent(ignored -> environment
                    .problems()
                    .warning(
                            name,
                            "is not used, because VERIFY_LATEST is true",
                            "set VERIFY_LATEST=false to verify that backup"));
            return Optional.empty();
        }
        Optional<BackupKey> key = file.flatMap(VerifySettings::key);
        if (key.isEmpty()) {
            environment
                    .problems()
                    .error(
                            name,
                            file.isEmpty() ? "is not set, and VERIFY_LATEST is false" : "is no name of a backup",
                            "use a name such as backup_20260211_093022.sql.gz");
        }
        return key;
    }

    private static Optional<BackupKey> key(String file) {
        String name = file.substring(file.lastIndexOf('/') + 1);
        return StoredObject.keyIn(name, ObjectKind.DUMP).or(() -> BackupKey.parse(name));
    }

    private static Optional<Path> queries(Environment environment) {
        String name = "VERIFY_QUERIES_FILE";
        Optional<Path> file = environment.optional(name).map(Path::of);
        if (file.isPresent() && !Files.isReadable(file.get())) {
            environment.problems().error(name, "names a file that cannot be read", "correct the path");
        }
        return file;
    }
}
