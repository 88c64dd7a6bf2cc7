package org.pgproof.backup.retention;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.pgproof.store.ObjectKind.DUMP;
import static org.pgproof.store.ObjectKind.MANIFEST;
import static org.pgproof.store.ObjectKind.RECEIPT;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.pgproof.manifest.Manifest;
import org.pgproof.manifest.ManifestHead;
import org.pgproof.store.BackupKey;
import org.pgproof.store.MemoryBackupStore;
import org.pgproof.store.ObjectKind;
import org.pgproof.store.StoredObject;
import org.pgproof.store.Upload;
import org.slf4j.LoggerFactory;

/** What is deleted after a publish, what stays, and what is said of it. */
class PrunerTest {
    private static final Instant NOW = Instant.parse("2026-02-11T09:30:22Z");
    private static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);
    private static final BackupKey PUBLISHED = BackupKey.at(NOW);
    private static final String DIGEST = "0123456789abcdef".repeat(4);
    private static final int DUMP_BYTES = 3;

    private final MemoryBackupStore store = new MemoryBackupStore("backups", CLOCK);
    private final Logger logger = (Logger) LoggerFactory.getLogger(Pruner.class);
    private final ListAppender<ILoggingEvent> log = new ListAppender<>();

    @BeforeEach
    void publishAndListen() {
        store(PUBLISHED, "shop");
        logger.setLevel(Level.DEBUG);
        log.start();
        logger.addAppender(log);
    }

    @AfterEach
    void stopListening() {
        logger.detachAppender(log);
        logger.setLevel(null);
    }

    @Test
    void whatHasExpiredGoesWithItsCompanionsAndYoungBackupsStay() throws IOException {
        BackupKey expired = backup(30);
        receipt(expired, expired, "COULD NOT VERIFY");
        BackupKey floor = backup(20);
        BackupKey young = backup(7);
        assertThat(prune(2)).isEqualTo(1);
        assertThat(prune(2)).isZero();
        assertThat(dumps()).containsExactly(floor, young, PUBLISHED).doesNotContain(expired);
        assertThat(store.list()).extracting(StoredObject::key).doesNotContain(expired);
    }

    @Test
    void theNewestStayWhateverTheirAge() throws IOException {
        BackupKey oldest = backup(300);
        BackupKey older = backup(200);
        BackupKey old = backup(100);
        assertThat(prune(2)).isEqualTo(1);
        assertThat(dumps()).containsExactly(older, old, PUBLISHED).doesNotContain(oldest);
    }

    @Test
    void theLastProvenStaysAndThoseProvenBeforeItGo() throws IOException {
        BackupKey provenBefore = backup(300);
        receipt(provenBefore, provenBefore, "PASSED");
        BackupKey proven = backup(200);
        receipt(proven, proven, "PASSED");
        BackupKey failed = backup(100);
        receipt(failed, failed, "FAILED");
        BackupKey floor = backup(90);
        assertThat(prune(1)).isEqualTo(2);
        assertThat(dumps()).containsExactly(proven, floor, PUBLISHED).doesNotContain(provenBefore, failed);
        assertThat(log(Level.DEBUG)).contains(proven + " stays: it is the newest that is proven");
    }

    @Test
    void aReceiptOfAnotherBackupNeverReplacesTheLastProof() throws IOException {
        BackupKey proven = backup(200);
        receipt(proven, proven, "PASSED");
        BackupKey claimed = backup(100);
        receipt(claimed, proven, "PASSED");
        backup(90);
        assertThat(prune(1)).isZero();
        assertThat(log(Level.DEBUG))
                .contains(
                        proven + " stays: it is the newest that is proven",
                        claimed + " stays: its receipt says PASSED, and that of no newer one does");
    }

    @Test
    void aBackupStaysWhoseReceiptCannotBeRead() throws IOException {
        BackupKey unknown = backup(200);
        plant(unknown, RECEIPT, "no JSON");
        BackupKey floor = backup(100);
        assertThat(prune(1)).isZero();
        assertThat(dumps()).containsExactly(unknown, floor, PUBLISHED);
        assertThat(log(Level.DEBUG)).contains(unknown + " stays: its receipt cannot be read");
        assertThat(log(Level.WARN))
                .singleElement()
                .asString()
                .startsWith("1 manifest or receipt cannot be read, and what may depend on them is kept: " + unknown
                        + ".verification.json: ");
    }

    @Test
    void aBackupStaysWhoseManifestDoesNotSayWhoseItIs() throws IOException {
        BackupKey nobodys = backup(200);
        plant(nobodys, MANIFEST, "no JSON");
        backup(100);
        assertThat(prune(1)).isZero();
        assertThat(dumps()).contains(nobodys);
        assertThat(log(Level.WARN))
                .containsExactly(
                        nobodys + " has expired and is kept: its manifest does not say which database it is of");
    }

    @Test
    void aBackupOfAnotherDatabaseStays() throws IOException {
        BackupKey others = key(200);
        store(others, "crm");
        backup(100);
        assertThat(prune(1)).isZero();
        assertThat(dumps()).contains(others);
        assertThat(log(Level.WARN))
                .containsExactly(others + " has expired and is kept: it is of database crm, not of shop; give each"
                        + " database a BACKUP_PREFIX of its own");
    }

    @Test
    void oneDumpThatCannotBeDeletedKeepsItsCompanionsAndDoesNotStopTheRest() throws IOException {
        BackupKey gone = backup(300);
        BackupKey locked = backup(250);
        receipt(locked, locked, "FAILED");
        BackupKey goneToo = backup(200);
        BackupKey floor = backup(100);
        store.lock(locked, DUMP);
        assertThat(prune(1)).isEqualTo(2);
        assertThat(dumps()).containsExactly(locked, floor, PUBLISHED);
        assertThat(store.size(locked, MANIFEST)).isPresent();
        assertThat(store.size(locked, RECEIPT)).isPresent();
        assertThat(log(Level.INFO)).containsExactly("Pruned " + gone, "Pruned " + goneToo);
        assertThat(log(Level.WARN))
                .containsExactly("Expired backups could not all be pruned: 1 object could not be deleted: " + locked
                        + ".sql.gz: Could not delete " + locked + ".sql.gz: it is locked; if object lock or a"
                        + " retention period of the bucket protects it, it goes when that ends, else allow"
                        + " s3:DeleteObject");
    }

    @Test
    void aPlantedBackupOfTimesToComeStaysAndTakesNobodysPlace() throws IOException {
        BackupKey planted = BackupKey.at(Instant.parse("9999-12-31T23:59:59Z"));
        plant(planted, DUMP, "xyz");
        BackupKey expired = backup(200);
        BackupKey floor = backup(100);
        assertThat(prune(1)).isEqualTo(1);
        assertThat(dumps()).containsExactly(floor, PUBLISHED, planted).doesNotContain(expired);
        assertThat(log(Level.DEBUG)).contains(planted + " stays: its name is of a time to come");
    }

    @Test
    void nothingGoesBecauseThisClockIsAheadOfTheStores() throws IOException {
        backup(3);
        backup(2);
        Clock ahead = Clock.offset(CLOCK, Duration.ofDays(1_000));
        assertThat(new Pruner(store, new Retention(7, 1), ahead).prune(PUBLISHED, source("shop")))
                .isZero();
        assertThat(dumps()).hasSize(3);
        assertThat(log(Level.WARN)).singleElement().asString().contains("what has expired by both goes");
    }

    @Test
    void nothingIsPrunedBeforeTheStoreListsTheNewBackup() throws IOException {
        backup(200);
        backup(100);
        store.delete(PUBLISHED, DUMP);
        assertThatThrownBy(() -> prune(1)).hasMessage("the store does not list " + PUBLISHED + " yet");
        assertThat(dumps()).hasSize(2);
    }

    @Test
    void everyDecisionIsLoggedWithItsReason() throws IOException {
        BackupKey expired = backup(200);
        BackupKey floor = backup(100);
        BackupKey young = backup(1);
        prune(2);
        prune(1);
        assertThat(log(Level.DEBUG))
                .containsExactly(
                        expired + " goes: it is older than 7 days",
                        floor + " stays: it is one of the newest 2 besides the new one",
                        young + " stays: it is not older than 7 days",
                        PUBLISHED + " stays: it was just published",
                        floor + " goes: it is older than 7 days",
                        young + " stays: it is not older than 7 days",
                        PUBLISHED + " stays: it was just published");
    }

    @Test
    void companionsGoOnceTheirDumpHasNotAppearedForADay() throws IOException {
        BackupKey stray = key(3);
        plant(stray, MANIFEST, manifest(stray, "shop"));
        BackupKey storedLate = key(2);
        store.put(storedLate, MANIFEST, "{}".getBytes(StandardCharsets.UTF_8));
        assertThat(prune(1)).isZero();
        assertThat(store.size(stray, MANIFEST)).isEmpty();
        assertThat(store.size(storedLate, MANIFEST)).isPresent();
        assertThat(log(Level.INFO)).containsExactly("Deleted " + stray + ".manifest.json: its dump never appeared");
    }

    @Test
    void touchesNothingOfAnotherNameOrPrefix() throws IOException {
        for (String name :
                List.of("backup_20240101_000000.sql.gz", "backups/notes.txt", "other/backup_20240101_000000.sql.gz")) {
            store.plant(name, new byte[DUMP_BYTES], Instant.EPOCH);
        }
        List<String> before = store.names();
        prune(1);
        assertThat(store.names()).isEqualTo(before);
    }

    @Test
    void leavesAnUploadThatIsStillRunning() throws IOException {
        try (Upload running = store.begin(key(0), 0)) {
            running.body().write(1);
            prune(1);
            running.publish(out -> out.write('{'));
            assertThat(running.outcome()).isEqualTo(Upload.Outcome.PUBLISHED);
        }
    }

    private int prune(int minimumKept) throws IOException {
        return new Pruner(store, new Retention(7, minimumKept), CLOCK).prune(PUBLISHED, source("shop"));
    }

    private static BackupKey key(int daysAgo) {
        return BackupKey.at(NOW.minus(Duration.ofDays(daysAgo)));
    }

    private BackupKey backup(int daysAgo) {
        BackupKey key = key(daysAgo);
        store(key, "shop");
        return key;
    }

    private void store(BackupKey key, String database) {
        plant(key, DUMP, "xyz");
        plant(key, MANIFEST, manifest(key, database));
    }

    /** Puts a receipt beside {@code beside} that says it is of {@code of}. */
    private void receipt(BackupKey beside, BackupKey of, String verdict) {
        plant(beside, RECEIPT, """
                {"format": 1, "key": "%s", "verdict": "%s", "bytes": %d, "sha256": "%s"}""".formatted(of, verdict, DUMP_BYTES, DIGEST));
    }

    private void plant(BackupKey key, ObjectKind kind, String content) {
        store.plant("backups/" + StoredObject.nameOf(key, kind), content.getBytes(StandardCharsets.UTF_8), made(key));
    }

    /** Nothing can have been stored in times to come. */
    private static Instant made(BackupKey key) {
        return key.instant().isAfter(NOW) ? NOW : key.instant();
    }

    private static String manifest(BackupKey key, String database) {
        return """
                {"format": 1, "key": "%s",
                 "source": {"database": "%s", "serverVersion": "15.0", "encoding": "UTF8", "locale": "C",
                  "collation": "C", "characterType": "C", "localeProvider": "libc", "textSettings": {}},
                 "dump": {"bytes": %d, "sha256": "%s", "uncompressedBytes": 3, "encoding": "UTF8",
                  "statementsDigest": ""}}""".formatted(key, database, DUMP_BYTES, DIGEST);
    }

    private Manifest.Source source(String database) throws IOException {
        try (InputStream in =
                new ByteArrayInputStream(manifest(PUBLISHED, database).getBytes(StandardCharsets.UTF_8))) {
            return ManifestHead.read(in).source().orElseThrow();
        }
    }

    private List<BackupKey> dumps() throws IOException {
        return store.list().stream()
                .filter(object -> object.kind() == DUMP)
                .map(StoredObject::key)
                .toList();
    }

    private List<String> log(Level level) {
        return log.list.stream()
                .filter(event -> event.getLevel() == level)
                .map(ILoggingEvent::getFormattedMessage)
                .toList();
    }
}
