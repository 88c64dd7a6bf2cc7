package org.pgproof.backup;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pgproof.manifest.Layout;
import org.pgproof.manifest.Manifest;
import org.pgproof.manifest.TableContent;
import org.pgproof.store.BackupKey;
import org.pgproof.store.DumpMark;
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
    void describesTheDumpInItsManifest() throws Exception {
        Place place = Place.ofShop();
        place.database().execute("SELECT lo_from_bytea(0, decode(repeat('ab', 5000), 'hex'))");
        assertThat(place.once().run().awaitExit()).isZero();

        Manifest manifest = place.manifest();
        byte[] object = place.dumpObject();
        String dump = Place.unpack(object);
        assertThat(manifest.key() + ".sql.gz").isEqualTo(place.dumps().get(0));
        assertThat(manifest.dump())
                .isEqualTo(new Manifest.DumpFile(
                        object.length,
                        sha256(object),
                        dump.getBytes(StandardCharsets.UTF_8).length,
                        "UTF8",
                        manifest.dump().statementsDigest()));
        assertThat(manifest.rows()).isEqualTo(ShopDatabase.rows(place.database()));
        assertThat(manifest.tables())
                .allSatisfy(table ->
                        assertThat(table.rows()).as(table.display()).isEqualTo(count(place.database(), table)));
        assertThat(manifest.tables())
                .allSatisfy(
                        table -> assertThat(table.columns()).as(table.display()).isNotEmpty());
        assertThat(manifest.sequences()).isNotEmpty();
        assertThat(manifest.largeObjects().count())
                .isEqualTo(Long.parseLong(place.database().value("SELECT count(*) FROM pg_largeobject_metadata")));
        assertThat(manifest.source().database()).isEqualTo(place.database().name());
        assertThat(manifest.source().systemIdentifier())
                .isEqualTo(place.database().value("SELECT system_identifier::text FROM pg_control_system()"));
        assertThat(manifest.snapshotAt()).isBefore(manifest.publishedAt());
        assertThat(manifest.leftOut()).contains("owners", "grants", "roles and their passwords");
        assertThat(manifest.warnings()).isEmpty();
        assertThat(manifest.interval()).as("of a run on its own").isZero();
    }

    @Test
    void listsGzipMembersThatCanBeReadOnTheirOwn() throws Exception {
        Place place = Place.ofEmptyDatabase();
        place.database()
                .execute("CREATE TABLE wide AS SELECT n AS id, repeat(md5(n::text), 40) AS words"
                        + " FROM generate_series(1, 25000) n");
        assertThat(place.once().run().awaitExit()).isZero();

        byte[] object = place.dumpObject();
        byte[] dump = Place.unpack(object).getBytes(StandardCharsets.UTF_8);
        List<Layout.Member> members = place.manifest().layout().members();
        assertThat(members).hasSizeGreaterThan(2);
        assertThat(members.get(0)).isEqualTo(new Layout.Member(0, 0));
        for (Layout.Member member : members) {
            int position = (int) member.position();
            int offset = (int) member.offset();
            if (position > 0) {
                assertThat(dump[position - 1]).as("byte before %s", member).isEqualTo((byte) '\n');
            }
            InputStream rest = new GZIPInputStream(new ByteArrayInputStream(object, offset, object.length - offset));
            assertThat(rest.readNBytes(1000))
                    .isEqualTo(java.util.Arrays.copyOfRange(dump, position, Math.min(position + 1000, dump.length)));
        }
        TableContent wide = place.manifest().tables().get(0);
        assertThat(wide.data()).hasSize(1);
        Layout.Span rows = wide.data().get(0);
        assertThat(new String(dump, (int) rows.start(), 3, StandardCharsets.UTF_8))
                .isEqualTo("1\tc");
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
    void backsUpNamesWithQuotesNewlinesAndUnicode() throws Exception {
        String hostile = "o'clock \"%n\" = ü漢😀 \\ $x postgresql://";
        Place.server().createRole(hostile, hostile, "SUPERUSER");
        Place.server().createDatabase(hostile);
        Database database = new Database(Place.server(), hostile);
        database.execute("CREATE TABLE \"new\nline; -- \"\"ü漢\" (\"col\numn \\. \"\"x\" text);"
                + " INSERT INTO \"new\nline; -- \"\"ü漢\" VALUES (E'a\\nb\\t\\\\.'), (NULL), ('')");
        Place place = Place.of(database);
        JarProcess backup = place.once()
                .environment("DATABASE_URL", Place.server().url(hostile, hostile, hostile))
                .run();
        assertThat(backup.awaitExit()).as(backup.log()).isZero();
        assertThat(backup.log().lines()).allMatch(line -> line.matches("\\d{4}-.*Z (INFO|WARNING): .*"));

        TableContent table = place.manifest().tables().get(0);
        assertThat(table.name()).isEqualTo("new\nline; -- \"ü漢");
        assertThat(table.columns()).containsExactly("col\numn \\. \"x");
        assertThat(table.rows()).isEqualTo(3);
        assertThat(place.manifest().source().database()).isEqualTo(hostile);
        Restored.from(place.dumpObject(), Place.server().freshDatabase(), folder);
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

    @Test
    void keepsOwnersAndGrantsWhenAsked() throws SQLException {
        Place place = Place.ofNotes();
        String reader = "reader_" + place.database().name();
        Place.server().createRole(reader, "", "");
        place.database().execute("GRANT SELECT ON notes TO " + reader);
        assertThat(place.once().environment("BACKUP_PRIVILEGES", "true").run().awaitExit())
                .isZero();
        assertThat(place.dump()).contains("GRANT SELECT ON TABLE public.notes TO " + reader, "OWNER TO");
        assertThat(place.manifest().leftOut()).doesNotContain("owners", "grants");
        assertThat(place.manifest().roles()).contains(reader);
    }

    @Test
    void writesTheSameTextWhateverTheDatabaseSets() throws SQLException {
        Place place = Place.ofEmptyDatabase();
        String name = place.database().name();
        place.database()
                .execute("ALTER DATABASE " + name + " SET bytea_output = 'escape';"
                        + " ALTER DATABASE " + name + " SET quote_all_identifiers = on;"
                        + " ALTER DATABASE " + name + " SET timezone = 'Asia/Tokyo';"
                        + " ALTER DATABASE " + name + " SET datestyle = 'German';"
                        + " ALTER DATABASE " + name + " SET intervalstyle = 'iso_8601';"
                        + " ALTER DATABASE " + name + " SET extra_float_digits = -5;"
                        + " CREATE TABLE t AS SELECT '\\x00ff'::bytea, '2026-01-02 03:04Z'::timestamptz, '1 day'::interval,"
                        + " 0.1::float8 + 0.2");
        assertThat(place.once().run().awaitExit()).isZero();
        assertThat(place.dump())
                .contains("\\\\x00ff\t2026-01-02 03:04:00+00\t1 day\t0.30000000000000004\n", "COPY public.t (");
        assertThat(place.manifest().leftOut()).contains("ALTER DATABASE … SET");
    }

    @Test
    void leavesOwnersAndGrantsOutUnlessAsked() throws SQLException {
        Place place = Place.ofNotes();
        place.database().execute("GRANT SELECT ON notes TO pg_monitor");
        assertThat(place.once().run().awaitExit()).isZero();
        assertThat(place.dump()).doesNotContain("GRANT", "OWNER TO");
    }

    private static long count(Database database, TableContent table) {
        try {
            return Long.parseLong(
                    database.value("SELECT count(*) FROM ONLY \"" + table.schema() + "\".\"" + table.name() + '"'));
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static int indexOf(List<String> requests, String pattern) {
        for (int i = 0; i < requests.size(); i++) {
            if (requests.get(i).matches(pattern)) {
                return i;
            }
        }
        throw new AssertionError("no " + pattern + " in " + requests);
    }

    private static String sha256(byte[] bytes) throws NoSuchAlgorithmException {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    }
}
