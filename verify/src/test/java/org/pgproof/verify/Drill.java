package org.pgproof.verify;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.pgproof.manifest.Json;
import org.pgproof.manifest.Receipt;
import org.pgproof.postgres.ClientTools;
import org.pgproof.postgres.ConnectionSettings;
import org.pgproof.settings.Environment;
import org.pgproof.settings.S3Settings;
import org.pgproof.settings.Secret;
import org.pgproof.store.BackupKey;
import org.pgproof.store.ObjectKind;
import org.pgproof.store.S3BackupStore;
import org.pgproof.testkit.PostgresServer;
import org.pgproof.testkit.S3Server;

/** The whole verification of one backup after another, in this JVM; for one thread. */
final class Drill implements AutoCloseable {
    private final S3BackupStore store;
    private final VerifyCycle cycle;
    private final Path report;

    /** @param jobs sessions that restore and read at once */
    Drill(PostgresServer server, S3Server s3, int jobs) {
        S3Settings settings = settings(s3);
        this.store = new S3BackupStore(settings, 1);
        try {
            this.report = Files.createTempFile("report", ".json");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        VerifySettings verify = new VerifySettings(
                connection(server),
                settings,
                Duration.ofDays(1),
                Optional.empty(),
                Optional.empty(),
                false,
                Optional.of(jobs));
        this.cycle = new VerifyCycle(
                verify,
                store,
                new ClientTools(List.of()),
                new QueriesFile(Optional.empty()),
                new Receipts(store, Optional.of(report), "test", Clock.systemUTC()),
                Clock.systemUTC(),
                () -> false);
    }

    static S3Settings settings(S3Server s3) {
        return new S3Settings(
                s3.endpoint(),
                s3.region(),
                s3.freshBucket(),
                new Secret(s3.accessKey()),
                new Secret(s3.secretKey()),
                "");
    }

    static ConnectionSettings connection(PostgresServer server) {
        return ConnectionSettings.parse(Environment.of(Map.of("DATABASE_URL", server.url("postgres"))));
    }

    /** Puts the backup where the only one was and returns what the verification finds. */
    Receipt verify(BackupKey key, BackupFiles backup) throws IOException, InterruptedException {
        if (backup.manifest() == null) {
            store.delete(key, ObjectKind.MANIFEST);
        } else {
            store.put(key, ObjectKind.MANIFEST, backup.manifest());
        }
        store.put(key, ObjectKind.DUMP, backup.dump());
        cycle.run();
        try (InputStream json = Files.newInputStream(report)) {
            return Json.read(json, Receipt.class);
        }
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
