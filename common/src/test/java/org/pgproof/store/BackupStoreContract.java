package org.pgproof.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.pgproof.store.ObjectKind.DUMP;
import static org.pgproof.store.ObjectKind.MANIFEST;
import static org.pgproof.store.ObjectKind.RECEIPT;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import java.util.Random;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.pgproof.store.StorageException.Reason;
import org.pgproof.store.Upload.Outcome;

/** What every store of backups keeps to, whatever it stores them in. */
public abstract class BackupStoreContract {
    private static final BackupKey KEY = BackupKey.at(Instant.parse("2026-02-11T09:30:22Z"));
    private static final byte[] DESCRIPTION = "{}".getBytes(StandardCharsets.UTF_8);

    /** Opens the store under a prefix of the one bucket that this test has for itself. */
    protected abstract BackupStore open(String prefix);

    /** Puts an object of any name into that bucket, as somebody else might. */
    protected abstract void plant(String name, byte[] content);

    @Test
    void aDumpIsInvisibleUntilPublishIsCalledAndThenWholeWithItsManifest() throws IOException {
        BackupStore store = open("backups");
        byte[] dump = noise(100_000);
        try (Upload upload = store.begin(KEY, 0)) {
            upload.body().write(dump, 0, 70_000);
            upload.body().write(dump, 70_000, 30_000);
            upload.body().close();
            assertThat(upload.size()).isEqualTo(100_000);
            assertThat(upload.outcome()).isEqualTo(Outcome.OPEN);
            assertThat(store.list()).isEmpty();
            upload.publish(out -> out.write(DESCRIPTION));
            assertThat(upload.outcome()).isEqualTo(Outcome.PUBLISHED);
        }
        assertThat(store.list()).extracting(StoredObject::kind).containsExactly(DUMP, MANIFEST);
        assertThat(read(store, KEY, DUMP)).isEqualTo(dump);
        assertThat(read(store, KEY, MANIFEST)).isEqualTo(DESCRIPTION);
    }

    @Test
    void closingWithoutPublishingLeavesNothingAndFreesTheKey() throws IOException {
        BackupStore store = open("backups");
        Upload upload = store.begin(KEY, 0);
        upload.body().write(noise(100));
        upload.close();
        upload.close();
        assertThat(upload.outcome()).isEqualTo(Outcome.ABORTED);
        assertThat(store.list()).isEmpty();
        assertThatThrownBy(() -> upload.publish(out -> out.write(DESCRIPTION)))
                .isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> upload.body().write(1)).isInstanceOf(IOException.class);
        assertThat(publish(store, KEY, noise(10))).isEqualTo(KEY);
    }

    @Test
    void closingAfterPublishingKeepsTheDump() throws IOException {
        BackupStore store = open("backups");
        publish(store, KEY, noise(10));
        assertThat(store.size(KEY, DUMP)).hasValue(10);
    }

    @Test
    void anEmptyDumpIsRefused() throws IOException {
        BackupStore store = open("backups");
        try (Upload upload = store.begin(KEY, 0)) {
            assertReason(Reason.OTHER, () -> upload.publish(out -> out.write(DESCRIPTION)));
        }
        assertThat(store.list()).isEmpty();
    }

    @Test
    void aManifestThatCannotBeWrittenPublishesNothing() throws IOException {
        BackupStore store = open("backups");
        try (Upload upload = store.begin(KEY, 0)) {
            upload.body().write(noise(10));
            assertThatThrownBy(() -> upload.publish(out -> {
                        out.write(DESCRIPTION);
                        throw new IOException("no more of it");
                    }))
                    .isInstanceOf(IOException.class);
        }
        assertThat(store.list()).isEmpty();
    }

    @Test
    void aKeyThatHasADumpOrAManifestOrIsBeingWrittenIsTaken() throws IOException {
        BackupStore store = open("backups");
        publish(store, KEY, noise(5));
        store.put(KEY.later(1), MANIFEST, DESCRIPTION);
        store.put(KEY.later(2), RECEIPT, DESCRIPTION);
        try (Upload first = store.begin(KEY, 0);
                Upload second = store.begin(KEY, 0)) {
            assertThat(first.key()).isEqualTo(KEY.later(2));
            assertThat(second.key()).isGreaterThan(KEY.later(2));
        }
        assertThat(store.size(KEY, DUMP)).hasValue(5);
    }

    @Test
    void nothingIsOverwrittenThatAppearedUnderTheKeyMeanwhile() throws IOException {
        BackupStore store = open("backups");
        byte[] other = noise(5);
        try (Upload upload = store.begin(KEY, 0)) {
            upload.body().write(noise(10));
            plant("backups/" + StoredObject.nameOf(KEY, DUMP), other);
            assertReason(Reason.CHANGED, () -> upload.publish(out -> out.write(DESCRIPTION)));
        }
        assertThat(read(store, KEY, DUMP)).isEqualTo(other);
        assertThat(store.size(KEY, MANIFEST)).isEmpty();
    }

    @Test
    void listsByKeyThenDumpManifestReceipt() throws IOException {
        BackupStore store = open("backups");
        BackupKey later = KEY.later(86_400);
        for (BackupKey key : new BackupKey[] {later, KEY}) {
            store.put(key, RECEIPT, new byte[1]);
            store.put(key, MANIFEST, new byte[2]);
            store.put(key, DUMP, new byte[3]);
        }
        assertThat(store.list())
                .extracting(object -> object.name() + " " + object.size())
                .containsExactly(
                        "backup_20260211_093022.sql.gz 3",
                        "backup_20260211_093022.manifest.json 2",
                        "backup_20260211_093022.verification.json 1",
                        "backup_20260212_093022.sql.gz 3",
                        "backup_20260212_093022.manifest.json 2",
                        "backup_20260212_093022.verification.json 1");
    }

    @Test
    void seesNothingButItsOwnNamesDirectlyUnderItsPrefix() throws IOException {
        String name = StoredObject.nameOf(KEY, DUMP);
        for (String other : new String[] {
            name,
            "backups-2/" + name,
            "backups/deeper/" + name,
            "backups/my-" + name,
            "backups/" + name + ".bak",
            "backups/backup_20260230_000000.sql.gz",
            "backups/notes.txt"
        }) {
            plant(other, noise(7));
        }
        BackupStore store = open("backups");
        assertThat(store.list()).isEmpty();
        assertThat(store.size(KEY, DUMP)).isEmpty();
        store.delete(KEY, DUMP);
        assertThat(open("").size(KEY, DUMP)).hasValue(7);
        assertThat(open("backups-2").list()).hasSize(1);
        assertThat(open("backups/deeper").list()).hasSize(1);
    }

    @Test
    void companionsAreReplacedWhole() throws IOException {
        BackupStore store = open("backups");
        store.put(KEY, RECEIPT, noise(1_000));
        store.put(KEY, RECEIPT, DESCRIPTION);
        assertThat(read(store, KEY, RECEIPT)).isEqualTo(DESCRIPTION);
        assertThat(store.size(KEY, RECEIPT)).hasValue(2);
    }

    @Test
    void deletesTheOneObjectAndIsContentWhenThereIsNone() throws IOException {
        BackupStore store = open("backups");
        publish(store, KEY, noise(10));
        publish(store, KEY.next(), noise(10));
        store.put(KEY, RECEIPT, DESCRIPTION);
        store.delete(KEY, DUMP);
        store.delete(KEY, DUMP);
        assertThat(store.size(KEY, DUMP)).isEmpty();
        assertThat(store.list())
                .extracting(StoredObject::name)
                .containsExactly(
                        "backup_20260211_093022.manifest.json",
                        "backup_20260211_093022.verification.json",
                        "backup_20260211_093023.sql.gz",
                        "backup_20260211_093023.manifest.json");
    }

    @Test
    void readingWhatIsNotThereSaysSo() {
        BackupStore store = open("backups");
        for (ObjectKind kind : ObjectKind.values()) {
            assertReason(Reason.NOT_FOUND, () -> read(store, KEY, kind));
        }
        assertReason(Reason.NOT_FOUND, () -> store.open(KEY, 0, 1).close());
    }

    @Test
    void readsARangeOfTheDump() throws IOException {
        BackupStore store = open("backups");
        byte[] dump = noise(1_000);
        publish(store, KEY, dump);
        assertThat(range(store, 0, 1_000)).isEqualTo(dump);
        assertThat(range(store, 10, 20)).isEqualTo(Arrays.copyOfRange(dump, 10, 20));
        assertThat(range(store, 999, 1_000)).isEqualTo(Arrays.copyOfRange(dump, 999, 1_000));
        assertThat(range(store, 1_000, 1_000)).isEmpty();
        assertThatThrownBy(() -> store.open(KEY, 2, 1)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void neverMixesTwoObjectsWhenOneIsReplacedWhileItIsRead() throws IOException {
        BackupStore store = open("backups");
        byte[] before = noise(4_000_000);
        byte[] after = new byte[before.length];
        store.put(KEY, DUMP, before);
        ByteArrayOutputStream seen = new ByteArrayOutputStream();
        Optional<IOException> failure = Optional.empty();
        try (InputStream in = store.open(KEY, DUMP)) {
            seen.write(in.readNBytes(1_000));
            store.put(KEY, DUMP, after);
            in.transferTo(seen);
        } catch (IOException e) {
            failure = Optional.of(e);
        }
        if (failure.isPresent()) {
            assertHasReason(Reason.CHANGED, failure.get());
        } else {
            assertThat(seen.toByteArray()).isEqualTo(before);
        }
        assertThat(read(store, KEY, DUMP)).isEqualTo(after);
    }

    @Test
    void anInterruptIsToldAndStays() throws IOException {
        BackupStore store = open("backups");
        Upload upload = store.begin(KEY, 0);
        Thread.currentThread().interrupt();
        try {
            assertThatThrownBy(store::list).isInstanceOf(InterruptedIOException.class);
            upload.close();
            assertThat(Thread.currentThread().isInterrupted()).isTrue();
        } finally {
            Thread.interrupted();
        }
        assertThat(upload.outcome()).isEqualTo(Outcome.ABORTED);
    }

    @Test
    void abortsWhatWasBegunLongAgoAndNeverEnded() throws IOException {
        BackupStore store = open("backups");
        try (Upload upload = store.begin(KEY, 0)) {
            assertThat(store.abortAbandoned(Instant.EPOCH)).isZero();
            assertThat(open("other").abortAbandoned(Instant.parse("9999-01-01T00:00:00Z")))
                    .isZero();
            assertThat(store.abortAbandoned(Instant.parse("9999-01-01T00:00:00Z")))
                    .isEqualTo(1);
            assertThat(upload.outcome()).isEqualTo(Outcome.OPEN);
        }
        assertThat(store.list()).isEmpty();
    }

    private static BackupKey publish(BackupStore store, BackupKey key, byte[] dump) throws IOException {
        try (Upload upload = store.begin(key, dump.length)) {
            upload.body().write(dump);
            upload.publish(out -> out.write(DESCRIPTION));
            return upload.key();
        }
    }

    private static byte[] read(BackupStore store, BackupKey key, ObjectKind kind) throws IOException {
        try (InputStream in = store.open(key, kind)) {
            return in.readAllBytes();
        }
    }

    private static byte[] range(BackupStore store, long from, long to) throws IOException {
        try (InputStream in = store.open(KEY, from, to)) {
            return in.readAllBytes();
        }
    }

    private static void assertReason(Reason reason, ThrowingCallable call) {
        assertThatThrownBy(call).satisfies(failure -> assertHasReason(reason, failure));
    }

    private static void assertHasReason(Reason reason, Throwable failure) {
        assertThat(failure)
                .isInstanceOfSatisfying(
                        StorageException.class, e -> assertThat(e.reason()).isEqualTo(reason));
    }

    private static byte[] noise(int length) {
        byte[] bytes = new byte[length];
        new Random(length).nextBytes(bytes);
        return bytes;
    }
}
