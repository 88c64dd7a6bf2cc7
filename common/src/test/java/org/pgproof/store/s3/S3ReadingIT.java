package org.pgproof.store.s3;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.pgproof.store.ObjectKind.DUMP;
import static org.pgproof.store.ObjectKind.MANIFEST;
import static org.pgproof.store.ObjectKind.RECEIPT;
import static org.pgproof.store.s3.Stores.KEY;
import static org.pgproof.store.s3.Stores.MEBIBYTE;
import static org.pgproof.store.s3.Stores.noise;
import static org.pgproof.store.s3.Stores.reason;

import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.pgproof.store.BackupKey;
import org.pgproof.store.StorageException;
import org.pgproof.store.StorageException.Reason;
import org.pgproof.testkit.S3Server;

/** What the store lists and reads. */
class S3ReadingIT {
    private static final S3Server SERVER = S3Server.shared();

    private final String bucket = SERVER.freshBucket();
    private final S3BackupStore store = new S3BackupStore(Stores.settings(SERVER, bucket, "backups"), 10_000);

    @AfterEach
    void close() {
        store.close();
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
    void readsPageAfterPage() throws IOException {
        Instant start = KEY.instant();
        for (int i = 0; i < 1_003; i++) {
            SERVER.write(bucket, "backups/" + BackupKey.at(start.plusSeconds(i)) + ".sql.gz", noise(1));
        }
        assertThat(store.list())
                .hasSize(1_003)
                .isSortedAccordingTo((a, b) -> a.key().compareTo(b.key()));
    }

    @Test
    void readsSmallObjectsAndMissesAbsentOnes() throws IOException {
        byte[] receipt = "{\"verdict\":\"PASSED\"}".getBytes(UTF_8);
        store.put(KEY, RECEIPT, noise(9));
        store.put(KEY, RECEIPT, receipt);
        assertThat(Stores.read(store, KEY, RECEIPT)).isEqualTo(receipt);
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

    private byte[] read(long from, long to) throws IOException {
        try (InputStream body = store.open(KEY, from, to)) {
            return body.readAllBytes();
        }
    }

    private static byte[] slice(byte[] bytes, int from, int to) {
        return Arrays.copyOfRange(bytes, from, to);
    }
}
