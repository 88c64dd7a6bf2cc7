package org.pgproof.verify;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.pgproof.backup.BackupRun;
import org.pgproof.manifest.Json;
import org.pgproof.postgres.ConnectionSettings;
import org.pgproof.receipt.Receipt;
import org.pgproof.settings.Environment;
import org.pgproof.settings.S3Settings;
import org.pgproof.settings.Secret;
import org.pgproof.store.BackupKey;
import org.pgproof.store.ObjectKind;
import org.pgproof.store.s3.S3BackupStore;
import org.pgproof.testkit.S3Server;
import org.pgproof.verify.queries.QueriesFile;

/** The whole verification of one backup after another, in this JVM; for one thread. */
final class Drill implements AutoCloseable {
    private static final String PREFIX = "postgres-backups";

    private final S3BackupStore store;
    private final VerifyCycle cycle;
    private final VerifyCycle asSuperuser;
    private final boolean acceptsSuperuser;
    private final Path report;

    /**
     * Accepts that a backup is restored as a superuser, and only where it needs one.
     *
     * @param jobs sessions that restore and read at once, if they are not to be chosen
     */
    Drill(ConnectionSettings server, S3Settings bucket, Optional<Integer> jobs) {
        this(server, bucket, jobs, Optional.empty(), true);
    }

    Drill(ConnectionSettings server, S3Settings bucket, Optional<Integer> jobs, Optional<Boolean> isolation) {
        this(server, bucket, jobs, isolation, false);
    }

    private Drill(
            ConnectionSettings server,
            S3Settings bucket,
            Optional<Integer> jobs,
            Optional<Boolean> isolation,
            boolean acceptsSuperuser) {
        this.store = new S3BackupStore(bucket, 1);
        this.acceptsSuperuser = acceptsSuperuser;
        try {
            this.report = Files.createTempFile("report", ".json");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        this.cycle = cycle(store, report, server, bucket, jobs, isolation);
        this.asSuperuser = cycle(store, report, server, bucket, jobs, Optional.of(false));
    }

    private static VerifyCycle cycle(
            S3BackupStore store,
            Path report,
            ConnectionSettings server,
            S3Settings bucket,
            Optional<Integer> jobs,
            Optional<Boolean> isolation) {
        VerifySettings verify = new VerifySettings(
                server,
                bucket,
                Duration.ofDays(1),
                Optional.empty(),
                Optional.empty(),
                false,
                Optional.empty(),
                jobs,
                Duration.ofDays(7),
                1L << 40,
                new DatabaseBound(OptionalLong.empty()),
                isolation);
        return new VerifyCycle(
                verify,
                store,
                BackupRun.clientTools(),
                new QueriesFile(Optional.empty()),
                new Receipts(store, Optional.of(report), "test", Clock.systemUTC()),
                Clock.systemUTC(),
                () -> false);
    }

    static S3Settings settings(S3Server s3, String bucket) {
        return new S3Settings(
                s3.endpoint(), s3.region(), bucket, new Secret(s3.accessKey()), new Secret(s3.secretKey()), PREFIX);
    }

    static ConnectionSettings connection(String url) {
        return ConnectionSettings.parse(Environment.of(Map.of("DATABASE_URL", url)));
    }

    /** Verifies the newest backup and returns what is found. */
    Receipt verify() throws IOException, InterruptedException {
        Receipt receipt = run(cycle);
        return acceptsSuperuser && receipt.reason().contains("only a superuser can restore")
                ? run(asSuperuser)
                : receipt;
    }

    private Receipt run(VerifyCycle verification) throws IOException, InterruptedException {
        verification.run();
        try (InputStream json = Files.newInputStream(report)) {
            return Json.read(json, Receipt.class);
        }
    }

    /** Puts the backup where the only one was and returns what the verification finds. */
    Receipt verify(BackupKey key, BackupFiles backup) throws IOException, InterruptedException {
        if (backup.manifest() == null) {
            store.delete(key, ObjectKind.MANIFEST);
        } else {
            store.put(key, ObjectKind.MANIFEST, backup.manifest());
        }
        store.put(key, ObjectKind.DUMP, backup.dump());
        return verify();
    }

    @Override
    public void close() {
        store.close();
        try {
            Files.delete(report);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
