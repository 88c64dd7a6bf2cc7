package org.pgproof.backup;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pgproof.archive.DumpMark;
import org.pgproof.store.BackupKey;
import org.pgproof.testkit.Database;
import org.pgproof.testkit.FaultProxy;
import org.pgproof.testkit.JarProcess;
import org.pgproof.testkit.ShopDatabase;

/** What a backup that succeeds leaves in the store, and how it gets there. */
class BackupPublishIT {
    @TempDir
    private Path folder = Path.of("");

    @Test
    void publishesADumpThatRestoresWithGunzipAndPsqlAlone() throws Exception {
        Place place = Place.ofShop();
        JarProcess backup = place.once().run();
        assertThat(backup.awaitExit()).as(backup.log()).isZero();
        assertThat(backup.stderr()).isEmpty();
        assertThat(backup.log()).contains("INFO: Starting backup backup_", "INFO: Backup published backup_");

        Database restored = Place.server().freshDatabase();
        Restored.from(place.dumpObject(), restored, folder);
        assertThat(ShopDatabase.rows(restored)).isEqualTo(ShopDatabase.rows(place.database()));
        assertThat(place.openUploads()).isZero();
    }

    @Test
    void marksTheDumpAsOurs() throws SQLException {
        Place place = Place.ofNotes();
        assertThat(place.once().run().awaitExit()).isZero();
        assertThat(new String(place.dumpObject(), 0, 100, StandardCharsets.ISO_8859_1))
                .contains(DumpMark.COMMENT);
    }

    @Test
    void storesTheManifestBeforeTheDumpBecomesVisible() throws SQLException {
        Place place = Place.ofNotes();
        try (FaultProxy proxy = FaultProxy.to(Place.STORE.endpoint())) {
            assertThat(place.backup(proxy.endpoint()).arguments("--once").run().awaitExit())
                    .isZero();
            List<String> requests = proxy.requests();
            int manifest = indexOf(requests, "PUT .*\\.manifest\\.json .*");
            int completion = indexOf(requests, "POST .*\\.sql\\.gz\\?.*uploadId=.*");
            assertThat(manifest).isBetween(0, completion);
        }
    }

    @Test
    void publishesAnEmptyDatabaseWithAWarning() throws SQLException {
        Place place = Place.ofEmptyDatabase();
        JarProcess backup = place.once().run();
        assertThat(backup.awaitExit()).isZero();
        assertThat(backup.log()).contains("WARNING: The database has no tables");
        assertThat(place.dump()).contains("PostgreSQL database dump complete");
    }

    @Test
    void backsUpFiveThousandTables() throws SQLException {
        Place place = Place.ofEmptyDatabase();
        place.database().execute("""
                DO $$ BEGIN
                  FOR n IN 1..5000 LOOP
                    EXECUTE format('CREATE TABLE t%s (id int)', n);
                    IF n %% 500 = 0 THEN COMMIT; END IF;
                  END LOOP;
                END $$""".replace("%%", "%"));
        JarProcess backup = place.once().run();
        assertThat(backup.awaitExit()).as(backup.log()).isZero();
        assertThat(place.manifest().tables()).hasSize(5000);
    }

    @Test
    void takesTheNextSecondWhenAKeyIsTaken() throws SQLException {
        Place place = Place.ofNotes();
        BackupKey now = BackupKey.at(Instant.now());
        int seconds = 40;
        BackupKey key = now;
        for (int i = 0; i < seconds; i++) {
            place.write(key + ".sql.gz", "taken");
            key = key.next();
        }
        assertThat(place.once().run().awaitExit()).isZero();
        assertThat(place.dumps()).hasSize(seconds + 1).contains(key + ".sql.gz");
        assertThat(place.read(now + ".sql.gz")).as("taken before").hasSize(5);
    }

    @Test
    void writesNothingToDisk() throws Exception {
        Place place = Place.ofShop();
        JarProcess backup = place.once()
                .folder(folder)
                .jvmOptions("-Djava.io.tmpdir=" + folder, "-Djna.tmpdir=" + folder, "-XX:-UsePerfData")
                .run();
        assertThat(backup.awaitExit()).isZero();
        try (var files = Files.list(folder)) {
            assertThat(files).isEmpty();
        }
    }

    @Test
    void needsNoFolderToWriteTo() throws SQLException {
        Place place = Place.ofNotes();
        JarProcess backup = place.once()
                .jvmOptions("-Djava.io.tmpdir=/proc/none", "-Djna.tmpdir=/proc/none")
                .run();
        assertThat(backup.awaitExit()).as(backup.log()).isZero();
        assertThat(place.dump()).contains("note 10");
    }

    @Test
    void keepsPasswordsOffCommandLinesAndOutOfTheToolsReach() throws Exception {
        Place place = Place.ofNotes();
        String fake = FakePgDump.in(folder, """
                tr '\\0' '\\n' < /proc/$$/cmdline > '%1$s/arguments'
                tr '\\0' '\\n' < /proc/$PPID/cmdline >> '%1$s/arguments'
                env > '%1$s/environment'
                exec "$REAL" "$@\"""".formatted(folder));
        JarProcess backup = place.once()
                .environment("POSTGRES_BIN_DIRS", fake)
                .environment("LOG_LEVEL", "DEBUG")
                .run();
        assertThat(backup.awaitExit()).as(backup.log()).isZero();

        String password = Place.server().password();
        String storeSecret = Place.STORE.secretKey();
        assertThat(Files.readString(folder.resolve("arguments")))
                .contains("--format=plain", "--snapshot=", "backup.jar")
                .doesNotContain(password, storeSecret);
        assertThat(Files.readString(folder.resolve("environment")))
                .contains("PGPASSWORD=" + password, "PGTZ=UTC")
                .doesNotContain(storeSecret, "DATABASE_URL");
        assertThat(backup.log()).doesNotContain(password, storeSecret);
        assertThat(new String(place.read(place.manifest().key() + ".manifest.json"), StandardCharsets.UTF_8))
                .doesNotContain(password, storeSecret);
    }

    private static int indexOf(List<String> requests, String pattern) {
        for (int i = 0; i < requests.size(); i++) {
            if (requests.get(i).matches(pattern)) {
                return i;
            }
        }
        throw new AssertionError("no " + pattern + " in " + requests);
    }
}
