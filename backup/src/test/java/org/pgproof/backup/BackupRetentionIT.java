package org.pgproof.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.pgproof.testkit.FaultProxy.request;

import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.pgproof.backup.retention.Pruner;
import org.pgproof.backup.retention.Retention;
import org.pgproof.manifest.Manifest;
import org.pgproof.manifest.ManifestHead;
import org.pgproof.settings.S3Settings;
import org.pgproof.settings.Secret;
import org.pgproof.store.BackupKey;
import org.pgproof.store.BackupStore;
import org.pgproof.store.ObjectKind;
import org.pgproof.store.StoredObject;
import org.pgproof.store.s3.S3BackupStore;
import org.pgproof.testkit.Fault;
import org.pgproof.testkit.FaultProxy;
import org.pgproof.testkit.JarProcess;

/** What is pruned after a publish, and what never is. */
class BackupRetentionIT {
    private static final String DUMP = ".sql.gz";
    private static final String MANIFEST = ".manifest.json";
    private static final String RECEIPT = ".verification.json";

    @Test
    void prunesWhatHasExpiredWithItsCompanionsAndNothingElse() throws SQLException {
        Place place = Place.ofNotes();
        String expired = Place.keyAged(Duration.ofDays(9));
        String expiredAlone = Place.keyAged(Duration.ofDays(8));
        String floor = Place.keyAged(Duration.ofDays(6));
        String recent = Place.keyAged(Duration.ofDays(5));
        for (String key : List.of(expired, floor, recent)) {
            write(place, key, place.database().name());
        }
        place.write(expired + RECEIPT, receipt(expired, "FAILED"));
        place.write(expiredAlone + DUMP, "no manifest");
        List<String> others = List.of(
                "backup_20240101_000000.sql.gz.bak",
                "backup_20240101_000000.sql",
                "Backup_20240101_000000.sql.gz",
                "backup_20241399_000000.sql.gz",
                "backup_20240230_000000.sql.gz",
                "backup_20240101_250000.sql.gz",
                "backup_20240101_000000.sql.gz/",
                "backup_20240101_000000.sql.gz ",
                "backup_٢٠٢٤٠١٠١_000000.sql.gz",
                "my-backup_20240101_000000.sql.gz",
                "other/backup_20240101_000000.sql.gz",
                "other/backup_20240101_000000.manifest.json",
                "notes.txt");
        others.forEach(name -> place.write(name, "not ours"));
        Place.STORE.write(place.bucket(), "backup_20240101_000000.sql.gz", "above".getBytes(StandardCharsets.UTF_8));
        Place.STORE.write(
                place.bucket(),
                "postgres-backups-2/backup_20240101_000000.sql.gz",
                "beside".getBytes(StandardCharsets.UTF_8));

        JarProcess backup = place.once().run();
        assertThat(backup.awaitExit()).as(backup.log()).isZero();
        assertThat(backup.log())
                .contains("Pruned " + expired, "Pruned " + expiredAlone, "Retention: 2 expired backups pruned")
                .doesNotContain("WARNING: Expired");
        assertThat(place.keys()).noneMatch(key -> key.contains(expired) || key.contains(expiredAlone));
        assertThat(names(place)).containsAll(others);
        assertThat(names(place)).contains(floor + DUMP, floor + MANIFEST, recent + DUMP, recent + MANIFEST);
        assertThat(place.keys())
                .contains("backup_20240101_000000.sql.gz", "postgres-backups-2/backup_20240101_000000.sql.gz");
        assertThat(place.dumps()).hasSize(3 + 3); // ours, and three that only look like it
    }

    @Test
    void keepsTheNewestOldBackupsAfterALongOutage() throws SQLException {
        Place place = Place.ofNotes();
        List<String> keys = List.of(
                Place.keyAged(Duration.ofDays(400)),
                Place.keyAged(Duration.ofDays(300)),
                Place.keyAged(Duration.ofDays(200)),
                Place.keyAged(Duration.ofDays(100)));
        keys.forEach(key -> write(place, key, place.database().name()));
        place.write(keys.get(0) + RECEIPT, receipt(keys.get(0), "PASSED"));
        place.write(keys.get(3) + RECEIPT, receipt(keys.get(3), "FAILED"));
        JarProcess backup = place.once().run();
        assertThat(backup.awaitExit()).isZero();
        assertThat(place.dumps())
                .as("the only one that PASSED, the newest that did not fail, and the new one")
                .hasSize(3)
                .contains(keys.get(0) + DUMP, keys.get(2) + DUMP);
        assertThat(names(place)).contains(keys.get(0) + RECEIPT).doesNotContain(keys.get(3) + RECEIPT);
    }

    @Test
    void keepsBackupsOfAnotherSourceAndSaysSo() throws SQLException {
        Place place = Place.ofNotes();
        String other = Place.keyAged(Duration.ofDays(30));
        String unreadable = Place.keyAged(Duration.ofDays(29));
        String nameless = Place.keyAged(Duration.ofDays(28));
        write(place, other, "other_database");
        place.write(unreadable + DUMP, "whose?");
        place.write(unreadable + MANIFEST, "{ not JSON");
        place.write(nameless + DUMP, "whose?");
        place.write(nameless + MANIFEST, "{\"source\":{}}");
        String own = Place.keyAged(Duration.ofDays(27));
        write(place, own, place.database().name());
        place.write(own + RECEIPT, "{}");
        write(place, Place.keyAged(Duration.ofDays(26)), place.database().name());

        JarProcess backup = place.once().run();
        assertThat(backup.awaitExit()).as(backup.log()).isZero();
        assertThat(backup.stdout())
                .contains("WARNING: " + other + " has expired and is kept: it is of database other_database")
                .contains("WARNING: " + unreadable + " has expired and is kept")
                .contains("WARNING: " + nameless + " has expired and is kept");
        assertThat(names(place))
                .contains(other + DUMP, unreadable + DUMP, nameless + DUMP)
                .doesNotContain(own + DUMP, own + MANIFEST, own + RECEIPT);
    }

    @Test
    void deletesTheDumpBeforeItsCompanions() throws SQLException {
        Place place = Place.ofNotes();
        String expired = Place.keyAged(Duration.ofDays(30));
        write(place, expired, place.database().name());
        place.write(expired + RECEIPT, receipt(expired, "FAILED"));
        write(place, Place.keyAged(Duration.ofDays(20)), place.database().name());
        try (FaultProxy proxy = FaultProxy.to(Place.STORE.endpoint())) {
            assertThat(place.backup(proxy.endpoint()).arguments("--once").run().awaitExit())
                    .isZero();
            assertThat(proxy.requests().stream()
                            .filter(line -> line.startsWith("DELETE"))
                            .map(line -> line.replaceAll(".*/(backup_\\S+) .*", "$1")))
                    .startsWith(expired + DUMP)
                    .containsExactlyInAnyOrder(expired + DUMP, expired + MANIFEST, expired + RECEIPT);
        }
    }

    @Test
    void deletesCompanionsWhoseDumpDidNotAppearWithinADay() throws SQLException, IOException {
        Place place = Place.ofNotes();
        String stray = Place.keyAged(Duration.ofDays(2));
        place.write(stray + MANIFEST, manifest("gone"));
        place.write(stray + RECEIPT, receipt(stray, "FAILED"));
        BackupKey published = BackupKey.at(Instant.now());
        write(place, published.toString(), "kept");

        prune(place, published, Duration.ZERO, Duration.ofHours(23));
        assertThat(names(place)).hasSize(4);
        prune(place, published, Duration.ZERO, Duration.ofHours(25));
        assertThat(names(place)).containsExactlyInAnyOrder(published + DUMP, published + MANIFEST);
    }

    @Test
    void aClockThatIsAheadExpiresNothing() throws SQLException, IOException {
        Place place = Place.ofNotes();
        for (int days = 1; days <= 3; days++) {
            write(place, Place.keyAged(Duration.ofDays(days)), place.database().name());
        }
        BackupKey published = BackupKey.at(Instant.now().plus(Duration.ofDays(40)));
        write(place, published.toString(), place.database().name());
        prune(place, published, Duration.ofDays(40), Duration.ZERO);
        assertThat(place.dumps()).hasSize(4);
    }

    /** Prunes by a clock that is ahead, where the store has had all but the backup just published for so long. */
    private static void prune(Place place, BackupKey published, Duration ahead, Duration stored) throws IOException {
        S3Settings settings = new S3Settings(
                Place.STORE.endpoint(),
                Place.STORE.region(),
                place.bucket(),
                new Secret(Place.STORE.accessKey()),
                new Secret(Place.STORE.secretKey()),
                Place.PREFIX.replace("/", ""));
        Clock clock = Clock.offset(Clock.systemUTC(), ahead);
        try (BackupStore store = new S3BackupStore(settings, 1);
                InputStream manifest = store.open(published, ObjectKind.MANIFEST)) {
            Manifest.Source source = ManifestHead.read(manifest).source().orElseThrow();
            new Pruner(aged(store, published, stored), new Retention(7, 1), clock).prune(published, source);
        }
    }

    private static BackupStore aged(BackupStore store, BackupKey except, Duration age) {
        return (BackupStore) Proxy.newProxyInstance(
                BackupStore.class.getClassLoader(), new Class<?>[] {BackupStore.class}, (proxy, method, arguments) -> {
                    if (!method.getName().equals("list")) {
                        return method.invoke(store, arguments);
                    }
                    return store.list().stream()
                            .map(object -> object.key().equals(except)
                                    ? object
                                    : new StoredObject(
                                            object.key(),
                                            object.kind(),
                                            object.size(),
                                            object.lastModified().minus(age)))
                            .toList();
                });
    }

    @Test
    void goesOnPastWhatCannotBeDeleted() throws SQLException {
        Place place = Place.ofNotes();
        List<String> expired = List.of(
                Place.keyAged(Duration.ofDays(40)),
                Place.keyAged(Duration.ofDays(39)),
                Place.keyAged(Duration.ofDays(38)));
        expired.forEach(key -> write(place, key, place.database().name()));
        write(place, Place.keyAged(Duration.ofDays(20)), place.database().name());
        JarProcess backup =
                throughFault(place, request("DELETE", expired.get(0)), new Fault.Refused(403, "AccessDenied"));
        assertThat(names(place))
                .contains(expired.get(0) + DUMP, expired.get(0) + MANIFEST)
                .doesNotContain(expired.get(1) + DUMP, expired.get(2) + MANIFEST);
        assertThat(backup.stdout())
                .contains("1 object could not be deleted", "object lock", "Retention: 2 expired backups pruned")
                .doesNotContain("Pruned " + expired.get(0));
    }

    @Test
    void keepsWhatMayBeProvenWhereSomethingElseAnswersForTheReceipt() throws SQLException {
        Place place = Place.ofNotes();
        String proven = Place.keyAged(Duration.ofDays(40));
        write(place, proven, place.database().name());
        place.write(proven + RECEIPT, receipt(proven, "PASSED"));
        write(place, Place.keyAged(Duration.ofDays(20)), place.database().name());
        JarProcess backup =
                throughFault(place, request("GET", "/postgres-backups/", RECEIPT), Fault.Answered.page(404));
        assertThat(names(place)).contains(proven + DUMP, proven + MANIFEST, proven + RECEIPT);
        assertThat(backup.stdout()).contains("1 manifest or receipt cannot be read", "on the way to it");
    }

    @Test
    void nothingIsPrunedBecauseAPageSaysSo() throws SQLException {
        Place place = Place.ofNotes();
        String expired = Place.keyAged(Duration.ofDays(40));
        write(place, expired, place.database().name());
        write(place, Place.keyAged(Duration.ofDays(20)), place.database().name());
        JarProcess backup = throughFault(place, request("DELETE"), Fault.Answered.page(200));
        assertThat(names(place)).contains(expired + DUMP, expired + MANIFEST);
        assertThat(backup.stdout()).doesNotContain("Pruned").contains("1 object could not be deleted");
    }

    @Test
    void whatIsPlantedTakesNothingAway() throws SQLException {
        Place place = Place.ofNotes();
        String proven = Place.keyAged(Duration.ofDays(40));
        write(place, proven, place.database().name());
        place.write(proven + RECEIPT, receipt(proven, "PASSED"));
        String ours = Place.keyAged(Duration.ofDays(30));
        write(place, ours, place.database().name());
        place.write("backup_99991231_235959" + DUMP, "");
        place.write("backup_99991231_235959" + RECEIPT, receipt("backup_99991231_235959", "PASSED"));
        assertThat(place.once().run().awaitExit()).isZero();
        assertThat(names(place)).contains(proven + DUMP, ours + DUMP);
    }

    @Test
    void aReceiptThatWouldFillTheMemoryIsNotReadToItsEnd() throws SQLException {
        Place place = Place.ofNotes();
        String expired = Place.keyAged(Duration.ofDays(40));
        write(place, expired, place.database().name());
        place.write(expired + RECEIPT, "{\"checks\":[" + "0,".repeat(40_000_000));
        write(place, Place.keyAged(Duration.ofDays(20)), place.database().name());
        JarProcess backup = place.once().jvmOptions("-Xmx64m").run();
        assertThat(backup.awaitExit()).as(backup.log()).isZero();
        assertThat(names(place)).contains(expired + DUMP);
        assertThat(backup.stdout()).contains("1 manifest or receipt cannot be read");
    }

    private static JarProcess throughFault(Place place, Predicate<String> requests, Fault fault) {
        try (FaultProxy proxy = FaultProxy.to(Place.STORE.endpoint())) {
            proxy.fail(requests, fault);
            JarProcess backup =
                    place.backup(proxy.endpoint()).arguments("--once").run();
            assertThat(backup.awaitExit()).as(backup.log()).isZero();
            return backup;
        }
    }

    @Test
    void prunesNothingWhenTheBackupFails() throws SQLException {
        Place place = Place.ofNotes();
        String expired = Place.keyAged(Duration.ofDays(30));
        write(place, expired, place.database().name());
        write(place, Place.keyAged(Duration.ofDays(20)), place.database().name());
        JarProcess backup = place.once()
                .environment("PG_DUMP_OPTIONS", "--table=none.such --strict-names")
                .run();
        assertThat(backup.awaitExit()).isEqualTo(2);
        assertThat(place.dumps()).hasSize(2);
    }

    private static List<String> names(Place place) {
        return place.keys().stream()
                .filter(key -> key.startsWith(Place.PREFIX))
                .map(key -> key.substring(Place.PREFIX.length()))
                .toList();
    }

    private static void write(Place place, String key, String database) {
        place.write(key + DUMP, "old");
        place.write(key + MANIFEST, manifest(database));
    }

    private static String manifest(String database) {
        return """
                {"format": 1, "source": {"database": "%s", "serverVersion": "15.0", "encoding": "UTF8",
                 "locale": "C", "collation": "C", "characterType": "C", "localeProvider": "libc",
                 "textSettings": {}}}""".formatted(database);
    }

    private static String receipt(String key, String verdict) {
        return """
                {"format": 1, "key": "%s", "verdict": "%s", "reason": "", "verifiedAt": "2026-01-01T00:00:00Z",
                 "bytes": 3, "uncompressedBytes": 3, "checks": []}""".formatted(key, verdict);
    }
}
