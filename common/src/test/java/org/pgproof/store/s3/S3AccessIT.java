package org.pgproof.store.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.pgproof.store.s3.Stores.KEY;
import static org.pgproof.store.s3.Stores.reason;

import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.pgproof.settings.S3Settings;
import org.pgproof.settings.Secret;
import org.pgproof.store.StorageException.Reason;
import org.pgproof.testkit.S3Server;

/** What the store says of a service that it cannot use. */
class S3AccessIT {
    private static final S3Server SERVER = S3Server.shared();

    private final String bucket = SERVER.freshBucket();
    private final List<S3BackupStore> opened = new ArrayList<>();
    private final S3BackupStore store = open("backups");

    @AfterEach
    void close() {
        opened.forEach(S3BackupStore::close);
    }

    private S3BackupStore open(String prefix) {
        return open(Stores.settings(SERVER, bucket, prefix));
    }

    private S3BackupStore open(S3Settings settings) {
        S3BackupStore store = new S3BackupStore(settings, 10_000);
        opened.add(store);
        return store;
    }

    @Test
    void saysWhichBucketDoesNotExist() {
        S3BackupStore nowhere = open(Stores.settings(SERVER, "no-such-bucket", "backups"));
        assertThatThrownBy(nowhere::check)
                .satisfies(reason(Reason.NO_SUCH_BUCKET))
                .hasMessageContaining("bucket no-such-bucket does not exist at http://")
                .hasMessageContaining("S3_BUCKET");
        assertThatThrownBy(() -> nowhere.begin(KEY, 0)).satisfies(reason(Reason.NO_SUCH_BUCKET));
        assertThatThrownBy(nowhere::list).satisfies(reason(Reason.NO_SUCH_BUCKET));
    }

    @Test
    void saysThatTheCredentialsAreWrongWithoutShowingThem() throws IOException {
        store.check();
        S3BackupStore thief = open(withKeys(SERVER.accessKey(), "a wrong secret"));
        assertThatThrownBy(thief::check)
                .satisfies(reason(Reason.DENIED))
                .hasMessageContaining("S3_SECRET_ACCESS_KEY")
                .satisfies(e -> assertThat(everyMessageOf(e)).doesNotContain("a wrong secret", SERVER.accessKey()));
        assertThatThrownBy(() -> thief.begin(KEY, 0))
                .as("in answer to a HEAD, which has no words, too")
                .satisfies(reason(Reason.DENIED))
                .hasMessageContaining("S3_SECRET_ACCESS_KEY");
        S3BackupStore stranger = open(withKeys("STRANGER", "a wrong secret"));
        assertThatThrownBy(stranger::check)
                .satisfies(reason(Reason.DENIED))
                .satisfies(e -> assertThat(everyMessageOf(e)).doesNotContain("a wrong secret", "STRANGER"));
    }

    @Test
    void saysThatAHostIsUnknownOrRefuses() {
        S3Settings good = Stores.settings(SERVER, bucket, "backups");
        assertThatThrownBy(open(Stores.settings(SERVER, URI.create("http://no-such-host.invalid"), bucket, ""))::check)
                .satisfies(reason(Reason.UNREACHABLE))
                .hasMessageContaining("S3_ENDPOINT");
        assertThatThrownBy(open(Stores.settings(SERVER, URI.create("http://127.0.0.1:1"), bucket, ""))::check)
                .satisfies(reason(Reason.UNREACHABLE))
                .hasMessageContaining("http://127.0.0.1:1");
        URI tls = URI.create("https://127.0.0.1:" + good.endpoint().getPort());
        assertThatThrownBy(open(Stores.settings(SERVER, tls, bucket, ""))::check)
                .satisfies(reason(Reason.UNREACHABLE))
                .hasMessageContaining("TLS");
    }

    private S3Settings withKeys(String accessKey, String secretKey) {
        S3Settings good = Stores.settings(SERVER, bucket, "backups");
        return new S3Settings(
                good.endpoint(), good.region(), bucket, new Secret(accessKey), new Secret(secretKey), good.prefix());
    }

    private static String everyMessageOf(Throwable failure) {
        StringBuilder messages = new StringBuilder();
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            messages.append(cause).append('\n');
        }
        return messages.toString();
    }
}
