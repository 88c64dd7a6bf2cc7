package org.pgproof.backup;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.pgproof.manifest.Manifest;
import org.pgproof.settings.S3Settings;
import org.pgproof.settings.Secret;
import org.pgproof.testkit.JarProcess;

/** Two services that write into one prefix at the same time, by mistake. */
class BackupTogetherIT {
    private static final URI SPELT_OTHERWISE =
            URI.create(Place.STORE.endpoint().toString().replace("127.0.0.1", "localhost"));

    @RepeatedTest(4)
    void servicesOfTwoDatabasesLeaveEachOthersBackupsWhole() throws Exception {
        Place one = Place.ofNotes();
        Place other = new Place(Place.ofNotes().database(), one.bucket());
        try (JarProcess first = one.once().start();
                JarProcess second =
                        other.backup(SPELT_OTHERWISE).arguments("--once").start()) {
            assertThat(first.awaitExit()).as(first.log()).isZero();
            assertThat(second.awaitExit()).as(second.log()).isZero();
        }
        List<String> dumps = one.dumps();
        assertThat(dumps).hasSize(2);
        assertThat(one.keys()).hasSize(4);
        assertThat(one.openUploads()).isZero();
        for (String dump : dumps) {
            Manifest manifest = one.manifest(dump);
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(one.read(dump));
            assertThat(dump).startsWith(manifest.key());
            assertThat(manifest.dump().sha256()).isEqualTo(HexFormat.of().formatHex(digest));
        }
        assertThat(dumps.stream().map(dump -> one.manifest(dump).source().database()))
                .containsExactlyInAnyOrder(
                        one.database().name(), other.database().name());
    }

    @Test
    void theLockDoesNotDependOnHowTheEndpointIsSpelt() {
        assertThat(BackupCommand.lock(settings("http://localhost:9000", "shop")))
                .isEqualTo(BackupCommand.lock(settings("http://127.0.0.1:9000/", "shop")))
                .isNotEqualTo(BackupCommand.lock(settings("http://localhost:9000", "orders")));
    }

    private static S3Settings settings(String endpoint, String prefix) {
        return new S3Settings(
                URI.create(endpoint), "us-east-1", "backups", new Secret("id"), new Secret("secret"), prefix);
    }
}
