package org.pgproof.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.pgproof.store.ObjectKind.DUMP;
import static org.pgproof.store.ObjectKind.MANIFEST;
import static org.pgproof.store.ObjectKind.RECEIPT;
import static org.pgproof.store.Stores.KEY;
import static org.pgproof.store.Stores.MEBIBYTE;
import static org.pgproof.store.Stores.noise;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.pgproof.settings.S3Settings;
import org.pgproof.settings.Secret;
import org.pgproof.store.StorageException.Reason;
import org.pgproof.testkit.S3Server;

class S3BackupStoreIT {
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

    @ParameterizedTest
    @ValueSource(ints = {1, 100_000, 8 * MEBIBYTE, 8 * MEBIBYTE + 1, 50 * MEBIBYTE + 17})
    void storesADumpOfAnySizeAsItWasWritten(int size) throws IOException {
        byte[] dump = noise(size);
        try (Upload upload = store.begin(KEY, 0)) {
            for (int from = 0; from < size; from += 70_000) {
                upload.body().write(dump, from, Math.min(70_000, size - from));
            }
            assertThat(upload.size()).isEqualTo(size);
            assertThat(SERVER.keys(bucket)).isEmpty();
            upload.publish();
            assertThat(upload.outcome()).isEqualTo(Upload.Outcome.PUBLISHED);
        }
        assertThat(SERVER.read(bucket, "backups/backup_20260211_093022.sql.gz")).isEqualTo(dump);
        assertThat(SERVER.openUploads(bucket)).isZero();
        assertThat(store.size(KEY, DUMP)).hasValue(size);
    }

    @Test
    void leavesNothingOfAnUploadThatWasNotPublished() throws IOException {
        Upload upload = store.begin(KEY, 0);
        upload.body().write(noise(20 * MEBIBYTE));
        assertThat(SERVER.openUploads(bucket)).isEqualTo(1);
        upload.close();
        upload.close();
        assertThat(upload.outcome()).isEqualTo(Upload.Outcome.ABORTED);
        assertThat(SERVER.openUploads(bucket)).isZero();
        assertThat(SERVER.keys(bucket)).isEmpty();
    }

    @Test
    void closingTheBodyPublishesNothing() throws IOException {
        try (Upload upload = store.begin(KEY, 0)) {
            upload.body().write(noise(100));
            upload.body().close();
            assertThatThrownBy(() -> upload.body().write(1)).isInstanceOf(IOException.class);
        }
        assertThat(SERVER.keys(bucket)).isEmpty();
    }

    @Test
    void publishesABodyThatWasClosed() throws IOException {
        try (Upload upload = store.begin(KEY, 0)) {
            try (var body = upload.body()) {
                body.write(noise(100));
            }
            upload.publish();
        }
        assertThat(store.size(KEY, DUMP)).hasValue(100);
    }

    @Test
    void refusesAnEmptyDump() throws IOException {
        try (Upload upload = store.begin(KEY, 0)) {
            assertThatThrownBy(upload::publish)
                    .isInstanceOf(StorageException.class)
                    .hasMessageContaining("empty");
        }
        assertThat(SERVER.openUploads(bucket)).isZero();
        assertThat(SERVER.keys(bucket)).isEmpty();
    }

    @Test
    void publishesNothingOfADumpThatNeedsMorePartsThanTheStoreAllows() throws IOException {
        S3BackupStore small = new S3BackupStore(Stores.settings(SERVER, bucket, "backups"), 2);
        opened.add(small);
        byte[] dump = noise(24 * MEBIBYTE);
        try (Upload upload = small.begin(KEY, 0)) {
            upload.body().write(dump);
            upload.publish();
        }
        assertThat(small.size(KEY, DUMP)).hasValue(dump.length);
        try (Upload upload = small.begin(KEY, 0)) {
            upload.body().write(dump);
            assertThatThrownBy(() -> upload.body().write(1))
                    .satisfies(reason(Reason.LIMIT))
                    .hasMessageContaining("24 MiB")
                    .hasMessageContaining("S3_MAX_PARTS");
        }
        assertThat(SERVER.openUploads(bucket)).isZero();
        assertThat(SERVER.keys(bucket)).hasSize(1);
    }

    @Test
    void takesTheNextSecondWhenAKeyIsTaken() throws IOException {
        SERVER.write(bucket, "backups/backup_20260211_093022.sql.gz", noise(5));
        SERVER.write(bucket, "backups/backup_20260211_093023.manifest.json", noise(5));
        try (Upload upload = store.begin(KEY, 0)) {
            upload.body().write(noise(10));
            upload.publish();
            assertThat(upload.key()).isEqualTo(KEY.next().next());
        }
        assertThat(store.size(KEY, DUMP)).hasValue(5);
        assertThat(store.size(KEY.next().next(), DUMP)).hasValue(10);
    }

    @Test
    void overwritesNothingThatAppearedUnderItsKeyMeanwhile() throws IOException {
        try (Upload upload = store.begin(KEY, 0)) {
            upload.body().write(noise(10));
            SERVER.write(bucket, "backups/backup_20260211_093022.sql.gz", noise(5));
            assertThatThrownBy(upload::publish).satisfies(reason(Reason.CHANGED));
        }
        assertThat(store.size(KEY, DUMP)).hasValue(5);
        assertThat(SERVER.openUploads(bucket)).isZero();
    }

    @Test
    void listsOnlyExactNamesDirectlyUnderThePrefix() throws IOException {
        store.put(KEY, RECEIPT, noise(3));
        store.put(KEY, MANIFEST, noise(2));
        SERVER.write(bucket, "backups/backup_20260211_093022.sql.gz", noise(7));
        SERVER.write(bucket, "backups/backup_20240229_000000.sql.gz", noise(1));
        for (String foreign : List.of(
                "backups/backup_20240101_000000.sql.gz.bak",
                "backups/backup_20241301_000000.sql.gz",
                "backups/backup_20230229_000000.sql.gz",
                "backups/backup_20240101_240000.sql.gz",
                "backups/backup_20240101_000000.sql",
                "backups/backup_20240101_000000.json",
                "backups/mybackup_20240101_000000.sql.gz",
                "backups/other/backup_20240101_000000.sql.gz",
                "backups/odd name é&<>+%20.sql.gz",
                "backups2/backup_20240101_000000.sql.gz",
                "other/backup_20240101_000000.sql.gz",
                "backup_20240101_000000.sql.gz")) {
            SERVER.write(bucket, foreign, noise(9));
        }
        assertThat(store.list())
                .extracting(object -> object.name() + " " + object.size())
                .containsExactly(
                        "backup_20240229_000000.sql.gz 1",
                        "backup_20260211_093022.sql.gz 7",
                        "backup_20260211_093022.manifest.json 2",
                        "backup_20260211_093022.verification.json 3");
    }

    @Test
    void worksWithoutAPrefixAndWithAnOddOne() throws IOException {
        for (String prefix : List.of("", "a/b", "späte Größe+1%/x")) {
            S3BackupStore other = open(prefix);
            try (Upload upload = other.begin(KEY, 0)) {
                upload.body().write(noise(10));
                upload.publish();
            }
            other.put(KEY, MANIFEST, noise(4));
            assertThat(other.list()).extracting(StoredObject::kind).containsExactly(DUMP, MANIFEST);
            assertThat(other.get(KEY, MANIFEST))
                    .hasValueSatisfying(read -> assertThat(read).isEqualTo(noise(4)));
            other.delete(KEY, DUMP);
            assertThat(other.list()).extracting(StoredObject::kind).containsExactly(MANIFEST);
        }
    }

    @Test
    void readsPageAfterPage() throws IOException {
        Instant start = KEY.instant();
        for (int i = 0; i < 1_234; i++) {
            SERVER.write(bucket, "backups/" + BackupKey.at(start.plusSeconds(i)) + ".sql.gz", noise(1));
        }
        assertThat(store.list())
                .hasSize(1_234)
                .isSortedAccordingTo((a, b) -> a.key().compareTo(b.key()));
    }

    @Test
    void readsSmallObjectsAndMissesAbsentOnes() throws IOException {
        byte[] receipt = "{\"verdict\":\"PASSED\"}".getBytes(UTF_8);
        store.put(KEY, RECEIPT, noise(9));
        store.put(KEY, RECEIPT, receipt);
        assertThat(store.get(KEY, RECEIPT))
                .hasValueSatisfying(read -> assertThat(read).isEqualTo(receipt));
        assertThat(store.get(KEY, MANIFEST)).isEmpty();
        assertThat(store.size(KEY, MANIFEST)).isEmpty();
        store.delete(KEY, MANIFEST);
        assertThatThrownBy(() -> store.open(KEY, DUMP)).satisfies(reason(Reason.NOT_FOUND));
    }

    @Test
    void readsRanges() throws IOException {
        byte[] dump = noise(1_000_000);
        SERVER.write(bucket, "backups/backup_20260211_093022.sql.gz", dump);
        assertThat(store.open(KEY, DUMP).readAllBytes()).isEqualTo(dump);
        assertThat(read(0, 1)).isEqualTo(slice(dump, 0, 1));
        assertThat(read(0, 1_000_000)).isEqualTo(dump);
        assertThat(read(500_000, 999_999)).isEqualTo(slice(dump, 500_000, 999_999));
        assertThat(read(7, 7)).isEmpty();
        assertThatThrownBy(() -> read(999_999, 1_000_001)).isInstanceOf(StorageException.class);
        assertThatThrownBy(() -> read(1_000_001, 1_000_002)).isInstanceOf(StorageException.class);
    }

    @Test
    void dropsTheRestOfABodyThatIsClosedEarly() throws IOException {
        SERVER.write(bucket, "backups/backup_20260211_093022.sql.gz", noise(30 * MEBIBYTE));
        for (int i = 0; i < 100; i++) {
            try (InputStream body = store.open(KEY, DUMP)) {
                assertThat(body.read()).isNotNegative();
            }
        }
    }

    @Test
    void abortsUploadsThatAKilledProcessLeft() throws IOException {
        SERVER.client()
                .createMultipartUpload(upload -> upload.bucket(bucket).key("backups/backup_20260211_093022.sql.gz"));
        SERVER.client().createMultipartUpload(upload -> upload.bucket(bucket).key("backups/other.sql.gz"));
        assertThat(store.abortAbandoned(Instant.now().minusSeconds(3_600))).isZero();
        assertThat(store.abortAbandoned(Instant.now().plusSeconds(3_600))).isEqualTo(1);
        assertThat(SERVER.openUploads(bucket)).isEqualTo(1);
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

    private byte[] read(long from, long to) throws IOException {
        try (InputStream body = store.open(KEY, from, to)) {
            return body.readAllBytes();
        }
    }

    private static byte[] slice(byte[] bytes, int from, int to) {
        return java.util.Arrays.copyOfRange(bytes, from, to);
    }

    private static String everyMessageOf(Throwable failure) {
        StringBuilder messages = new StringBuilder();
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            messages.append(cause).append('\n');
        }
        return messages.toString();
    }

    private static Consumer<Throwable> reason(Reason reason) {
        return failure -> assertThat(failure)
                .isInstanceOfSatisfying(
                        StorageException.class, e -> assertThat(e.reason()).isEqualTo(reason));
    }
}
