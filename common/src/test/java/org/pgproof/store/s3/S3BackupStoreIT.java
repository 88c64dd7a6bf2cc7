package org.pgproof.store.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.pgproof.store.ObjectKind.DUMP;
import static org.pgproof.store.ObjectKind.MANIFEST;
import static org.pgproof.store.s3.Stores.KEY;
import static org.pgproof.store.s3.Stores.MEBIBYTE;
import static org.pgproof.store.s3.Stores.noise;
import static org.pgproof.store.s3.Stores.reason;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.pgproof.settings.S3Settings;
import org.pgproof.store.StorageException;
import org.pgproof.store.StorageException.Reason;
import org.pgproof.store.StoredObject;
import org.pgproof.store.Upload;
import org.pgproof.testkit.S3Server;

/** What becomes of a dump that is uploaded, and of what lies beside it. */
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
            upload.publish(Stores.manifest());
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
            upload.publish(Stores.manifest());
        }
        assertThat(store.size(KEY, DUMP)).hasValue(100);
    }

    @Test
    void refusesAnEmptyDump() throws IOException {
        try (Upload upload = store.begin(KEY, 0)) {
            assertThatThrownBy(() -> upload.publish(Stores.manifest()))
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
            upload.publish(Stores.manifest());
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
        assertThat(SERVER.keys(bucket)).hasSize(2);
    }

    @Test
    void takesTheNextSecondWhenAKeyIsTaken() throws IOException {
        SERVER.write(bucket, "backups/backup_20260211_093022.sql.gz", noise(5));
        SERVER.write(bucket, "backups/backup_20260211_093023.manifest.json", noise(5));
        try (Upload upload = store.begin(KEY, 0)) {
            upload.body().write(noise(10));
            upload.publish(Stores.manifest());
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
            assertThatThrownBy(() -> upload.publish(Stores.manifest())).satisfies(reason(Reason.CHANGED));
        }
        assertThat(store.size(KEY, DUMP)).hasValue(5);
        assertThat(SERVER.openUploads(bucket)).isZero();
    }

    @Test
    void worksWithoutAPrefixAndWithAnOddOne() throws IOException {
        for (String prefix : List.of("", "a/b", "späte Größe+1%/x")) {
            S3BackupStore other = open(prefix);
            try (Upload upload = other.begin(KEY, 0)) {
                upload.body().write(noise(10));
                upload.publish(Stores.manifest());
            }
            assertThat(other.list()).extracting(StoredObject::kind).containsExactly(DUMP, MANIFEST);
            assertThat(Stores.read(other, KEY, MANIFEST)).isEqualTo(Stores.MANIFEST_BYTES);
            other.delete(KEY, DUMP);
            assertThat(other.list()).extracting(StoredObject::kind).containsExactly(MANIFEST);
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
}
