package org.pgproof.store.s3;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Random;
import java.util.function.Consumer;
import org.pgproof.settings.S3Settings;
import org.pgproof.settings.Secret;
import org.pgproof.store.BackupKey;
import org.pgproof.store.BackupStore;
import org.pgproof.store.Content;
import org.pgproof.store.ObjectKind;
import org.pgproof.store.StorageException;
import org.pgproof.store.StorageException.Reason;
import org.pgproof.testkit.S3Server;

/** What the store's tests share: settings of a test server, short time limits, and content. */
final class Stores {
    static final BackupKey KEY = BackupKey.at(Instant.parse("2026-02-11T09:30:22Z"));
    static final int MEBIBYTE = 1024 * 1024;

    static final byte[] MANIFEST_BYTES = "{\"key\":\"backup_20260211_093022\"}".getBytes(StandardCharsets.UTF_8);

    /** Silence does not last long on one machine. */
    static final TimeLimits QUICK = new TimeLimits(
            Duration.ofMillis(300),
            Duration.ofMillis(700),
            Duration.ofMillis(400),
            Duration.ofSeconds(20),
            Duration.ofSeconds(30),
            Duration.ofSeconds(30),
            Duration.ofSeconds(40),
            Duration.ofSeconds(15),
            Duration.ofSeconds(5),
            Duration.ofSeconds(1),
            Duration.ofSeconds(2),
            Duration.ofMillis(10));

    private Stores() {}

    static byte[] read(BackupStore store, BackupKey key, ObjectKind kind) throws IOException {
        try (InputStream in = store.open(key, kind)) {
            return in.readAllBytes();
        }
    }

    static S3Settings settings(S3Server server, String bucket, String prefix) {
        return settings(server, server.endpoint(), bucket, prefix);
    }

    static S3Settings settings(S3Server server, URI endpoint, String bucket, String prefix) {
        return new S3Settings(
                endpoint,
                server.region(),
                bucket,
                new Secret(server.accessKey()),
                new Secret(server.secretKey()),
                prefix);
    }

    /** The manifest of an upload whose content does not matter. */
    static Content manifest() {
        return out -> out.write(MANIFEST_BYTES);
    }

    /** Bytes that no compression shortens and no shift repeats. */
    static byte[] noise(int length) {
        byte[] bytes = new byte[length];
        new Random(length).nextBytes(bytes);
        return bytes;
    }

    /** Holds of a failure for this reason. */
    static Consumer<Throwable> reason(Reason reason) {
        return failure -> assertThat(failure)
                .isInstanceOfSatisfying(
                        StorageException.class,
                        e -> assertThat(e.reason())
                                .as("%s caused by %s", e, e.getCause())
                                .isEqualTo(reason));
    }
}
