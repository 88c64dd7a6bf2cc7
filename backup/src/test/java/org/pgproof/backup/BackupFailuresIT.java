package org.pgproof.backup;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.pgproof.testkit.JarProcess;

/** Failures of the database and of {@code pg_dump}: nothing is published, the log says why, the daemon goes on. */
class BackupFailuresIT {
    @TempDir
    private Path folder = Path.of("");

    static Stream<Arguments> failingDumps() {
        return Stream.of(
                Arguments.of(
                        "exit 3 after bytes",
                        "\"$REAL\" \"$@\" | head -c 2000; echo 'pg_dump: error: out of luck' >&2; exit 3",
                        "exit code 3: pg_dump: error: out of luck"),
                Arguments.of(
                        "exit 1 after a whole dump",
                        "\"$REAL\" \"$@\"; echo 'pg_dump: error: could not close the output' >&2; exit 1",
                        "exit code 1: pg_dump: error: could not close the output"),
                Arguments.of("exit 0 with no bytes", "exit 0", "pg_dump wrote nothing"),
                Arguments.of("exit 0 without the trailer", "\"$REAL\" \"$@\" | head -n -8", "not whole"),
                Arguments.of("exit 0 in the middle of rows", "\"$REAL\" \"$@\" | head -c 900", "not whole"),
                Arguments.of("killed", "\"$REAL\" \"$@\" | head -c 2000; kill -9 $$", "exit code 137"),
                Arguments.of(
                        "exit 1 after a flood on stderr",
                        "yes noise | head -c 9000000 >&2; echo 'pg_dump: error: the last word' >&2; exit 1",
                        "the last word"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("failingDumps")
    void publishesNothingWhenPgDumpFails(String how, String body, String why) throws Exception {
        Place place = Place.ofNotes();
        JarProcess backup = place.once()
                .environment("POSTGRES_BIN_DIRS", FakePgDump.in(folder, body))
                .run();
        assertThat(backup.awaitExit()).as(how).isEqualTo(2);
        assertThat(backup.stderr()).contains("ERROR: Backup failed: ", why).hasLineCount(1);
        assertNothingLeft(place);
    }

    /** One that says when it is started, with the snapshot taken, and waits until it may begin. */
    private String waitingPgDump() throws IOException {
        return FakePgDump.in(
                folder,
                "touch '%1$s/snapshot'; while [ ! -e '%1$s/go' ]; do sleep 0.1; done; exec \"$REAL\" \"$@\""
                        .formatted(folder));
    }

    /** pg_dump asks for definitions after its snapshot was taken, and takes none for an answer. */
    @Test
    void triesAgainWhenDefinitionsAreDroppedWhilePgDumpBegins() throws Exception {
        Place place = Place.ofNotes();
        place.database().execute("""
                CREATE INDEX notes_note ON notes (note);
                CREATE FUNCTION stamp() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
                CREATE TRIGGER stamp BEFORE INSERT ON notes FOR EACH ROW EXECUTE FUNCTION stamp();
                CREATE STATISTICS both_columns ON id, note FROM notes;
                CREATE FUNCTION one() RETURNS int LANGUAGE sql AS 'SELECT 1';
                CREATE FUNCTION same(int) RETURNS int LANGUAGE sql AS 'SELECT $1';
                CREATE PROCEDURE rest(int) LANGUAGE sql AS 'SELECT $1';
                CREATE AGGREGATE total(int) (SFUNC = int4pl, STYPE = int);
                """);
        try (JarProcess backup =
                place.once().environment("POSTGRES_BIN_DIRS", waitingPgDump()).start()) {
            Awaitility.await().until(() -> Files.exists(folder.resolve("snapshot")));
            place.database().execute("""
                    DROP INDEX notes_note; DROP TRIGGER stamp ON notes; DROP STATISTICS both_columns;
                    DROP FUNCTION one(), same(int); DROP PROCEDURE rest(int); DROP AGGREGATE total(int);
                    """);
            Files.createFile(folder.resolve("go"));
            assertThat(backup.awaitExit()).as(backup.log()).isZero();
            assertThat(backup.stdout())
                    .containsOnlyOnce("trying again")
                    .contains(
                            "wrote no whole definition of",
                            "INDEX public.notes_note",
                            "TRIGGER public.notes stamp",
                            "STATISTICS public.both_columns",
                            "FUNCTION public.one()",
                            "FUNCTION public.same(integer)",
                            "PROCEDURE public.rest(integer)",
                            "AGGREGATE public.total(integer)")
                    .doesNotContain("stamp()");
        }
        assertThat(place.dumps()).hasSize(1);
        assertThat(place.dump()).doesNotContain("notes_note", "TRIGGER", "same").contains("stamp()");
        assertThat(place.openUploads()).isZero();
    }

    /** As a nightly load does; also with rows that move to a partition's root or become INSERT statements. */
    @ParameterizedTest
    @ValueSource(strings = {"", "--inserts", "--load-via-partition-root"})
    void triesAgainWhenTablesAreTruncatedWhilePgDumpBegins(String option) throws Exception {
        Place place = Place.ofNotes();
        place.database().execute("""
                CREATE TABLE parted (id int) PARTITION BY RANGE (id);
                CREATE TABLE part PARTITION OF parted FOR VALUES FROM (0) TO (100);
                INSERT INTO parted VALUES (1);
                CREATE TABLE left_out (id int);
                """);
        try (JarProcess backup = place.once()
                .environment("POSTGRES_BIN_DIRS", waitingPgDump())
                .environment("PG_DUMP_OPTIONS", "--exclude-table=left_out " + option)
                .start()) {
            Awaitility.await().until(() -> Files.exists(folder.resolve("snapshot")));
            place.database().execute("""
                    TRUNCATE notes, part, left_out;
                    INSERT INTO notes VALUES (1, 'note of today');
                    INSERT INTO parted VALUES (77);
                    """);
            Files.createFile(folder.resolve("go"));
            assertThat(backup.awaitExit()).as(backup.log()).isZero();
            assertThat(backup.stdout())
                    .containsOnlyOnce("trying again")
                    .contains("may lack the rows of public.notes; public.part, truncated or rewritten while it began");
        }
        assertThat(place.dumps()).hasSize(1);
        assertThat(place.dump()).contains("note of today", "77");
    }

    /** What is not dumped may be emptied at any time. */
    @Test
    void takesNoNoticeOfTablesWithoutTheirRows() throws Exception {
        Place place = Place.ofNotes();
        place.database().execute("CREATE TABLE staging (id int)");
        try (JarProcess backup = place.once()
                .environment("POSTGRES_BIN_DIRS", waitingPgDump())
                .environment("PG_DUMP_OPTIONS", "--exclude-table-data=staging")
                .start()) {
            Awaitility.await().until(() -> Files.exists(folder.resolve("snapshot")));
            place.database().execute("TRUNCATE staging");
            Files.createFile(folder.resolve("go"));
            assertThat(backup.awaitExit()).as(backup.log()).isZero();
            assertThat(backup.stdout()).doesNotContain("trying again");
        }
        assertThat(place.dump()).contains("note 10");
    }

    @Test
    void triesThreeTimesWhenTheSchemaDoesNotComeToRest() throws Exception {
        Place place = Place.ofNotes();
        String body = "echo 'pg_dump: error: query failed: ERROR:  relation \"public.t\" does not exist' >&2; exit 1";
        JarProcess backup = place.once()
                .environment("POSTGRES_BIN_DIRS", FakePgDump.in(folder, body))
                .run();
        assertThat(backup.awaitExit()).isEqualTo(2);
        assertThat(backup.stdout().split("trying again", -1)).hasSize(3);
        assertThat(backup.stderr())
                .contains("ERROR: Backup failed: pg_dump ended")
                .hasLineCount(1);
        assertNothingLeft(place);
    }

    @Test
    void isNotHeldUpByAFloodOnStderr() throws Exception {
        Place place = Place.ofNotes();
        String fake = FakePgDump.in(folder, "yes noise | head -c 9000000 >&2; exec \"$REAL\" \"$@\"");
        JarProcess backup = place.once().environment("POSTGRES_BIN_DIRS", fake).run();
        assertThat(backup.awaitExit()).as(backup.log()).isZero();
        assertThat(place.dump()).contains("note 10");
    }

    @Test
    void passesWarningsOfPgDumpOn() throws Exception {
        Place place = Place.ofNotes();
        String fake =
                FakePgDump.in(folder, "echo 'pg_dump: warning: subscriptions not dumped' >&2; exec \"$REAL\" \"$@\"");
        JarProcess backup = place.once().environment("POSTGRES_BIN_DIRS", fake).run();
        assertThat(backup.awaitExit()).isZero();
        assertThat(backup.stdout()).contains("WARNING: pg_dump: subscriptions not dumped");
        assertThat(place.manifest().warnings()).containsExactly("subscriptions not dumped");
    }

    @Test
    void namesTheTableItMayNotRead() throws SQLException {
        Place place = Place.ofNotes();
        String role = "poor_" + place.database().name();
        Place.server().createRole(role, "secret of the poor", "");
        JarProcess backup = place.once()
                .environment(
                        "DATABASE_URL",
                        Place.server()
                                .url(
                                        role,
                                        "secret of the poor",
                                        place.database().name()))
                .run();
        assertThat(backup.awaitExit()).isEqualTo(2);
        assertThat(backup.stderr()).contains("permission denied", "notes");
        assertThat(backup.log()).doesNotContain("secret of the poor");
        assertNothingLeft(place);
    }

    @Test
    void endsUnsuccessfullyWhenTheDatabaseIsUnreachable() throws SQLException {
        Place place = Place.ofEmptyDatabase();
        JarProcess backup = place.once()
                .environment("DATABASE_URL", "postgresql://somebody:hidden@127.0.0.1:1/shop")
                .run();
        assertThat(backup.awaitExit()).isEqualTo(2);
        assertThat(backup.stderr())
                .contains("ERROR: Database postgresql://127.0.0.1:1/shop is not reachable", "ERROR: Backup failed");
        assertThat(backup.stdout()).contains("INFO: Store ");
        assertThat(backup.log()).doesNotContain("hidden");
        assertNothingLeft(place);
    }

    @Test
    void doesNotRepeatAWrongPassword() throws SQLException {
        Place place = Place.ofEmptyDatabase();
        String user = Place.server().user();
        JarProcess backup = place.once()
                .environment(
                        "DATABASE_URL",
                        Place.server()
                                .url(user, "wrong-and-secret", place.database().name()))
                .environment("LOG_LEVEL", "DEBUG")
                .run();
        assertThat(backup.awaitExit()).isEqualTo(2);
        assertThat(backup.stderr()).contains("password authentication failed");
        assertThat(backup.log()).doesNotContain("wrong-and-secret");
    }

    @Test
    void goesOnAfterTheDatabaseBreaksOffADump() throws Exception {
        Place place = Place.ofNotes();
        String fake =
                FakePgDump.in(folder, "echo started > '" + folder + "/started'; sleep 0.2; exec \"$REAL\" \"$@\"");
        // The lock keeps pg_dump connected and waiting until its connection is cut.
        try (var connection = place.database().connect();
                var statement = connection.createStatement();
                JarProcess backup =
                        place.backup().environment("POSTGRES_BIN_DIRS", fake).start()) {
            connection.setAutoCommit(false);
            statement.execute("LOCK TABLE notes");
            backup.awaitLog("Starting backup");
            cutPgDump(place);
            backup.awaitLog("ERROR: Backup failed: pg_dump ended with exit code 1: .*terminating connection");
            backup.awaitLog("INFO: Next backup at");
            assertThat(backup.isAlive()).isTrue();
            assertThat(backup.orphans()).isEmpty();
            assertNothingLeft(place);
        }
    }

    @Test
    void refusesToRunTwiceIntoOnePrefix() throws Exception {
        Place place = Place.ofNotes();
        String fake = FakePgDump.in(
                folder, "while [ ! -e '%s/go' ]; do sleep 0.1; done; exec \"$REAL\" \"$@\"".formatted(folder));
        try (JarProcess first =
                place.once().environment("POSTGRES_BIN_DIRS", fake).start()) {
            first.awaitLog("Starting backup");
            awaitLock(place);
            JarProcess second = place.once().run();
            assertThat(second.awaitExit()).isEqualTo(2);
            assertThat(second.stderr()).contains("another backup into the same prefix is running");
            Files.createFile(folder.resolve("go"));
            assertThat(first.awaitExit()).isZero();
        }
        assertThat(place.dumps()).hasSize(1);
    }

    private static void assertNothingLeft(Place place) {
        assertThat(place.keys()).isEmpty();
        assertThat(place.openUploads()).isZero();
    }

    private static void cutPgDump(Place place) {
        Awaitility.await().until(() -> Integer.parseInt(place.database().value("""
                        SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity
                        WHERE datname = current_database() AND wait_event_type = 'Lock' AND query LIKE 'LOCK TABLE%'
                        """)) > 0);
    }

    private static void awaitLock(Place place) {
        Awaitility.await()
                .until(() -> place.database()
                        .value("SELECT count(*) > 0 FROM pg_locks WHERE locktype = 'advisory' AND database ="
                                + " (SELECT oid FROM pg_database WHERE datname = current_database())")
                        .equals("t"));
    }
}
