package org.pgproof.verify;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.pgproof.receipt.Check;
import org.pgproof.receipt.Receipt;
import org.pgproof.receipt.Verdict;
import org.pgproof.testkit.Database;
import org.pgproof.testkit.JarProcess;
import org.pgproof.testkit.Jars;
import org.pgproof.testkit.PostgresServer;

/** What verify.jar makes of dumps and servers of many kinds. */
class VerifyRestoreIT {
    /** Nobody else verifies here: what a test sees and drops is its own. */
    private static final PostgresServer SERVER = PostgresServer.start(15);

    @TempDir
    private Path folder = Path.of("");

    private final Site site = new Site(SERVER);

    @AfterEach
    void leavesNoDatabaseBehind() throws Exception {
        assertThat(site.temporaryDatabases()).isZero();
    }

    @Test
    void failsWithTheFirstErrorAndItsStatement() throws Exception {
        BackupFiles small = site.putSmall();
        DumpText text = DumpText.of(small.sql());
        site.put(small.forged(text.with("TABLE", "small", "word text", "word txet")));
        JarProcess verify = site.verify().run();
        assertThat(verify.awaitExit()).isEqualTo(3);
        assertThat(verify.stderr())
                .contains(
                        "The restore stopped: type \"txet\" does not exist (SQLSTATE 42704) in: CREATE TABLE public.small");
        assertThat(Site.lastLine(verify)).contains("Verification FAILED", "restore: type \"txet\"");
        assertThat(site.receipt().orElseThrow().verdict()).isEqualTo(Verdict.FAILED);
    }

    @Test
    void neverRunsACommandThatADumpBrings() throws Exception {
        Path proof = folder.resolve("executed");
        BackupFiles small = site.putSmall();
        DumpText text = DumpText.of(small.sql());
        int at = text.entry("TABLE", "small").start();
        site.put(small.forged(text.splice(at, at, "\\! touch " + proof + "\n")));
        JarProcess verify = site.verify().run();
        assertThat(verify.awaitExit()).isEqualTo(3);
        assertThat(verify.stderr()).contains("backslash command", "touch");
        assertThat(proof).doesNotExist();
    }

    /** The file is what was dumped: it is psql that does not find the function's end. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            CREATE FUNCTION begin() RETURNS int LANGUAGE sql AS 'SELECT 1'                       | public.begin()     | 1
            CREATE FUNCTION first_day() RETURNS date BEGIN ATOMIC SELECT begin FROM span; END    | public.first_day() | 1
            CREATE FUNCTION begin() RETURNS int LANGUAGE sql AS 'SELECT 1'                       | public.begin()     | 3
            """)
    void namesTheFunctionThatPsqlCannotRead(String function, String named, int jobs) throws Exception {
        Database database = SERVER.freshDatabase();
        database.execute("CREATE TABLE span (begin date, note text); INSERT INTO span VALUES ('2026-01-01', NULL)");
        database.execute(function);
        site.backUp(database);
        JarProcess verify =
                site.verify().environment("VERIFY_JOBS", String.valueOf(jobs)).run();
        assertThat(verify.awaitExit()).as(verify.log()).isEqualTo(3);
        assertThat(verify.stderr())
                .contains("restore FAILED: psql cannot read the definition of FUNCTION " + named, "another name")
                .doesNotContain("damaged");
        Receipt receipt = site.receipt().orElseThrow();
        assertThat(receipt.verdict()).isEqualTo(Verdict.FAILED);
        assertThat(receipt.checks())
                .filteredOn(check -> check.result() == Check.Result.FAILED)
                .extracting(Check::name)
                .containsExactly(Check.Name.RESTORE);
    }

    @Test
    void markedDumpWithoutItsManifestFails() throws Exception {
        BackupFiles small = site.putSmall();
        Site.S3.delete(
                site.bucket(), "postgres-backups/" + small.parsedManifest().key() + ".manifest.json");
        JarProcess verify = site.verify().run();
        assertThat(verify.awaitExit()).isEqualTo(3);
        assertThat(verify.stderr()).contains("object FAILED", "manifest");
    }

    @Test
    void foreignDumpIsRestoredAndNotProven() throws Exception {
        site.putForeign(Site.foreignGzip(new Site(SERVER).putSmall().sql()));
        JarProcess verify = site.verify().run();
        assertThat(verify.awaitExit()).as(verify.log()).isZero();
        assertThat(verify.log()).contains("Restored public.small: 100 rows");
        assertThat(Site.lastLine(verify)).contains("WARNING: Verification RESTORED (not proven)");
        assertThat(site.receipt().orElseThrow().verdict()).isEqualTo(Verdict.RESTORED);
    }

    @Test
    void rowsDumpedAsStatementsAreNotProven() throws Exception {
        Database database = SERVER.freshDatabase();
        database.execute("CREATE TABLE t (id integer); INSERT INTO t VALUES (1)");
        JarProcess backup = Jars.backup()
                .environment(Site.S3.environment(site.bucket()))
                .environment("DATABASE_URL", database.url())
                .environment("PG_DUMP_OPTIONS", "--inserts")
                .arguments("--once")
                .run();
        assertThat(backup.awaitExit()).as(backup.log()).isZero();
        JarProcess verify = site.verify().run();
        assertThat(verify.awaitExit()).as(verify.log()).isZero();
        assertThat(site.receipt().orElseThrow().verdict()).isEqualTo(Verdict.RESTORED);
        assertThat(Site.lastLine(verify)).contains("skipped: rows, content");
    }

    @Test
    void leavesOutWhatOlderServersDoNotKnow() throws Exception {
        String sql = new String(new Site(SERVER).putSmall().sql(), StandardCharsets.UTF_8);
        String newer =
                sql.replaceFirst("SET idle_in_transaction", "SET transaction_timeout = 0;\nSET idle_in_transaction");
        assertThat(newer).isNotEqualTo(sql);
        site.putForeign(Site.foreignGzip(newer.getBytes(StandardCharsets.UTF_8)));
        JarProcess verify = site.verify().run();
        assertThat(verify.awaitExit()).as(verify.log()).isZero();
        assertThat(verify.stdout()).contains("WARNING: Left out for this older server: SET transaction_timeout = 0;");
    }

    @Test
    void rowsThatPoliciesHideFromTheirOwnerAreCompared() throws Exception {
        Database database = SERVER.freshDatabase();
        database.execute("CREATE TABLE hidden (id integer); INSERT INTO hidden VALUES (1), (2);"
                + " ALTER TABLE hidden ENABLE ROW LEVEL SECURITY; ALTER TABLE hidden FORCE ROW LEVEL SECURITY;"
                + " CREATE POLICY none ON hidden USING (false)");
        site.backUp(database);
        SERVER.createRole("drill", "drill", "CREATEDB");
        JarProcess verify = site.verify()
                .environment("DATABASE_URL", SERVER.url("drill", "drill", "postgres"))
                .run();
        assertThat(verify.awaitExit()).as(verify.log()).isZero();
        assertThat(Site.lastLine(verify)).contains("PASSED");
    }

    @Test
    void subscriptionDoesNotKeepTheDatabase() throws Exception {
        Database database = SERVER.freshDatabase();
        database.execute("CREATE TABLE t (id integer)");
        database.execute("CREATE SUBSCRIPTION news CONNECTION 'host=nowhere.invalid' PUBLICATION p"
                + " WITH (connect = false, slot_name = 'far_away')");
        site.backUp(database);
        JarProcess verify =
                site.verify().environment("VERIFY_REQUIRE_ISOLATION", "false").run();
        assertThat(verify.awaitExit()).as(verify.log()).isZero();
        database.execute("ALTER SUBSCRIPTION news SET (slot_name = NONE)");
        database.execute("DROP SUBSCRIPTION news");
    }

    @Test
    void rolesThatTheServerLacksAreMadeForTheDrillOnly() throws Exception {
        Database database = SERVER.freshDatabase();
        SERVER.execute("postgres", "CREATE ROLE absent_reader");
        database.execute("CREATE TABLE t (id integer); CREATE POLICY p ON t TO absent_reader USING (true)");
        site.backUp(database);
        database.execute("DROP POLICY p ON t");
        SERVER.execute("postgres", "DROP ROLE absent_reader");
        JarProcess verify = site.verify().run();
        assertThat(verify.awaitExit()).as(verify.log()).isZero();
        assertThat(SERVER.value("postgres", "SELECT count(*) FROM pg_roles WHERE rolname = 'absent_reader'"))
                .isEqualTo("0");
    }

    @Test
    void cannotVerifyWithoutAnExtension() throws Exception {
        BackupFiles small = site.putSmall();
        site.put(small.withManifest(manifest -> Manifests.withExtension(manifest, "no_such_extension")));
        JarProcess verify = site.verify().run();
        assertThat(verify.awaitExit()).isEqualTo(2);
        assertThat(verify.stderr()).contains("COULD NOT VERIFY", "no_such_extension");
    }
}
