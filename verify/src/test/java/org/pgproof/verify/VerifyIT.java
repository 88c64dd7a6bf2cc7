package org.pgproof.verify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.pgproof.testkit.FaultProxy.request;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.pgproof.manifest.Check;
import org.pgproof.manifest.Json;
import org.pgproof.manifest.Receipt;
import org.pgproof.manifest.Verdict;
import org.pgproof.testkit.Database;
import org.pgproof.testkit.Fault;
import org.pgproof.testkit.FaultProxy;
import org.pgproof.testkit.JarProcess;
import org.pgproof.testkit.Jars;

/** What verify.jar says and leaves behind, run as a user runs it. */
@ResourceLock(Site.LOCK)
class VerifyIT {
    @TempDir
    private Path folder = Path.of("");

    private final Site site = new Site();

    @AfterEach
    void leavesNoDatabaseBehind() throws Exception {
        assertThat(Site.temporaryDatabases()).isZero();
    }

    // Settings

    @Test
    void reportsEveryMissingSettingAtOnce() {
        JarProcess verify = Jars.verify().arguments("--once").run();
        assertThat(verify.awaitExit()).isEqualTo(1);
        assertThat(verify.stderr())
                .contains("DATABASE_URL", "S3_ENDPOINT", "S3_BUCKET", "S3_ACCESS_KEY_ID", "S3_SECRET_ACCESS_KEY");
    }

    @Test
    void refusesAnInvalidDatabaseUrl() {
        JarProcess verify = site.verify()
                .environment("DATABASE_URL", "mysql://user:hidden@host/db")
                .run();
        assertThat(verify.awaitExit()).isEqualTo(1);
        assertThat(verify.log()).contains("DATABASE_URL").doesNotContain("hidden");
    }

    // Backups and the store

    @Test
    void passesAndStoresWhatItLogs() throws Exception {
        site.backUpSmall();
        JarProcess verify = site.verify().run();
        assertThat(verify.awaitExit()).as(verify.log()).isZero();
        Receipt receipt = site.receipt().orElseThrow();
        assertThat(receipt.verdict()).isEqualTo(Verdict.PASSED);
        assertThat(lastLine(verify)).contains("Verification PASSED", receipt.key(), receipt.reason(), "restore ");
        assertThat(receipt.checks())
                .filteredOn(check -> check.name() == Check.Name.ROWS)
                .containsExactly(Check.passed(Check.Name.ROWS, "1 table, 100 rows compared"));
        assertThat(verify.log()).doesNotContain(Site.SERVER.password(), Site.S3.secretKey());
    }

    @Test
    void cannotVerifyWithoutBackups() {
        JarProcess verify = site.verify().run();
        assertThat(verify.awaitExit()).isEqualTo(2);
        assertThat(verify.stderr()).contains("COULD NOT VERIFY", "no backup");
    }

    @Test
    void verifiesTheNamedBackup() throws Exception {
        BackupFiles first = site.backUpSmall();
        String key = first.parsedManifest().key();
        site.put("backup_20991231_235959", first.withoutManifest());
        JarProcess verify = site.verify()
                .environment("VERIFY_LATEST", "false")
                .environment("VERIFY_BACKUP_FILE", key + ".sql.gz")
                .run();
        assertThat(verify.awaitExit()).as(verify.log()).isZero();
        assertThat(site.receipt().orElseThrow().key()).isEqualTo(key);
    }

    @Test
    void cannotVerifyANamedBackupThatIsNotThere() throws Exception {
        site.backUpSmall();
        JarProcess verify = site.verify()
                .environment("VERIFY_LATEST", "false")
                .environment("VERIFY_BACKUP_FILE", "backup_20010101_000000.sql.gz")
                .run();
        assertThat(verify.awaitExit()).isEqualTo(2);
        assertThat(verify.stderr()).contains("COULD NOT VERIFY", "backup_20010101_000000");
    }

    @Test
    void cannotVerifyWhenTheStoreIsDown() throws Exception {
        site.backUpSmall();
        try (FaultProxy proxy = FaultProxy.to(Site.S3.endpoint())) {
            proxy.fail(request("GET"), new Fault.Refused(403, "AccessDenied"));
            JarProcess verify = site.verify()
                    .environment("S3_ENDPOINT", proxy.endpoint().toString())
                    .run();
            assertThat(verify.awaitExit()).isEqualTo(2);
            assertThat(verify.stderr()).contains("COULD NOT VERIFY");
        }
    }

    @Test
    void cannotVerifyWhenTheDownloadFailsMidway() throws Exception {
        BackupFiles small = site.backUpSmall();
        assertThat(small.dump().length).isGreaterThan(700);
        try (FaultProxy proxy = FaultProxy.to(Site.S3.endpoint())) {
            proxy.fail(request("GET", ".sql.gz"), 2, new Fault.ResetInAnswer(500))
                    .fail(request("GET", ".sql.gz"), new Fault.Refused(403, "AccessDenied"));
            JarProcess verify = site.verify()
                    .environment("S3_ENDPOINT", proxy.endpoint().toString())
                    .run();
            assertThat(verify.awaitExit()).as(verify.log()).isEqualTo(2);
            assertThat(verify.stderr()).contains("COULD NOT VERIFY");
            assertThat(verify.orphans()).isEmpty();
        }
        assertThat(site.receipt()).isEmpty();
    }

    @Test
    void resumesADownloadThatBreaks() throws Exception {
        site.backUpSmall();
        try (FaultProxy proxy = FaultProxy.to(Site.S3.endpoint())) {
            proxy.fail(request("GET", ".sql.gz"), 2, new Fault.ResetInAnswer(500));
            JarProcess verify = site.verify()
                    .environment("S3_ENDPOINT", proxy.endpoint().toString())
                    .run();
            assertThat(verify.awaitExit()).as(verify.log()).isZero();
        }
    }

    @Test
    void verdictStandsWhenTheReceiptCannotBeStored() throws Exception {
        site.backUpSmall();
        try (FaultProxy proxy = FaultProxy.to(Site.S3.endpoint())) {
            proxy.fail(request("PUT"), new Fault.Refused(403, "AccessDenied"));
            JarProcess verify = site.verify()
                    .environment("S3_ENDPOINT", proxy.endpoint().toString())
                    .run();
            assertThat(verify.awaitExit()).as(verify.log()).isZero();
            assertThat(verify.stdout()).containsPattern("WARNING: The receipt of backup_\\d+_\\d+ could not be stored");
        }
    }

    @Test
    void runThatCouldNotVerifyKeepsTheEarlierReceipt() throws Exception {
        site.backUpSmall();
        assertThat(site.verify().run().awaitExit()).isZero();
        Site.SERVER.createRole("weak", "weak", "");
        JarProcess verify = site.verify()
                .environment("DATABASE_URL", Site.SERVER.url("weak", "weak", "postgres"))
                .run();
        assertThat(verify.awaitExit()).isEqualTo(2);
        assertThat(verify.stderr()).contains("COULD NOT VERIFY", "cannot be created", "permission denied");
        assertThat(site.receipt().orElseThrow().verdict()).isEqualTo(Verdict.PASSED);
    }

    @Test
    void warnsOfAnOldBackup() throws Exception {
        BackupFiles small = site.backUpSmall();
        BackupFiles old =
                small.withManifest(manifest -> Manifests.withKeyAndInterval(manifest, "backup_20200101_000000", 3600));
        Site next = new Site();
        next.put(old);
        JarProcess verify = next.verify().run();
        assertThat(verify.awaitExit()).as(verify.log()).isZero();
        assertThat(verify.stdout()).containsPattern("WARNING: The newest backup backup_20200101_000000 is .* old");
    }

    @Test
    void writesReports() throws Exception {
        site.backUpSmall();
        Path json = folder.resolve("report.json");
        Path xml = folder.resolve("report.xml");
        assertThat(site.verify().arguments("--report", json.toString()).run().awaitExit())
                .isZero();
        assertThat(site.verify().arguments("--report", xml.toString()).run().awaitExit())
                .isZero();
        assertThat(Json.read(Files.newInputStream(json), Receipt.class).verdict())
                .isEqualTo(Verdict.PASSED);
        assertThat(Files.readString(xml)).contains("<testsuite", "name=\"content\"");
    }

    // Restores

    @Test
    void failsWithTheFirstErrorAndItsStatement() throws Exception {
        BackupFiles small = site.backUpSmall();
        DumpText text = DumpText.of(small.sql());
        site.put(small.forged(text.with("TABLE", "small", "word text", "word txet")));
        JarProcess verify = site.verify().run();
        assertThat(verify.awaitExit()).isEqualTo(3);
        assertThat(verify.stderr())
                .contains(
                        "The restore stopped: type \"txet\" does not exist (SQLSTATE 42704) in: CREATE TABLE public.small");
        assertThat(lastLine(verify)).contains("Verification FAILED", "restore: type \"txet\"");
        assertThat(site.receipt().orElseThrow().verdict()).isEqualTo(Verdict.FAILED);
    }

    @Test
    void neverRunsACommandThatADumpBrings() throws Exception {
        Path proof = folder.resolve("executed");
        BackupFiles small = site.backUpSmall();
        DumpText text = DumpText.of(small.sql());
        int at = text.entry("TABLE", "small").start();
        site.put(small.forged(text.splice(at, at, "\\! touch " + proof + "\n")));
        JarProcess verify = site.verify().run();
        assertThat(verify.awaitExit()).isEqualTo(3);
        assertThat(verify.stderr()).contains("backslash command", "touch");
        assertThat(proof).doesNotExist();
    }

    @Test
    void markedDumpWithoutItsManifestFails() throws Exception {
        BackupFiles small = site.backUpSmall();
        Site.S3.delete(
                site.bucket(), "postgres-backups/" + small.parsedManifest().key() + ".manifest.json");
        JarProcess verify = site.verify().run();
        assertThat(verify.awaitExit()).isEqualTo(3);
        assertThat(verify.stderr()).contains("object FAILED", "manifest");
    }

    @Test
    void foreignDumpIsRestoredAndNotProven() throws Exception {
        site.putForeign(Site.foreignGzip(new Site().backUpSmall().sql()));
        JarProcess verify = site.verify().run();
        assertThat(verify.awaitExit()).as(verify.log()).isZero();
        assertThat(verify.log()).contains("Restored public.small: 100 rows");
        assertThat(lastLine(verify)).contains("WARNING: Verification RESTORED (not proven)");
        assertThat(site.receipt().orElseThrow().verdict()).isEqualTo(Verdict.RESTORED);
    }

    @Test
    void rowsDumpedAsStatementsAreNotProven() throws Exception {
        Database database = Site.SERVER.freshDatabase();
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
        assertThat(lastLine(verify)).contains("skipped: rows, content");
    }

    @Test
    void leavesOutWhatOlderServersDoNotKnow() throws Exception {
        String sql = new String(new Site().backUpSmall().sql(), StandardCharsets.UTF_8);
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
        Database database = Site.SERVER.freshDatabase();
        database.execute("CREATE TABLE hidden (id integer); INSERT INTO hidden VALUES (1), (2);"
                + " ALTER TABLE hidden ENABLE ROW LEVEL SECURITY; ALTER TABLE hidden FORCE ROW LEVEL SECURITY;"
                + " CREATE POLICY none ON hidden USING (false)");
        site.backUp(database);
        Site.SERVER.createRole("drill", "drill", "CREATEDB");
        JarProcess verify = site.verify()
                .environment("DATABASE_URL", Site.SERVER.url("drill", "drill", "postgres"))
                .run();
        assertThat(verify.awaitExit()).as(verify.log()).isZero();
        assertThat(lastLine(verify)).contains("PASSED");
    }

    @Test
    void subscriptionDoesNotKeepTheDatabase() throws Exception {
        Database database = Site.SERVER.freshDatabase();
        database.execute("CREATE TABLE t (id integer)");
        database.execute("CREATE SUBSCRIPTION news CONNECTION 'host=nowhere.invalid' PUBLICATION p"
                + " WITH (connect = false, slot_name = 'far_away')");
        site.backUp(database);
        JarProcess verify = site.verify().run();
        assertThat(verify.awaitExit()).as(verify.log()).isZero();
        database.execute("ALTER SUBSCRIPTION news SET (slot_name = NONE)");
        database.execute("DROP SUBSCRIPTION news");
    }

    @Test
    void rolesThatTheServerLacksAreMadeForTheDrillOnly() throws Exception {
        Database database = Site.SERVER.freshDatabase();
        Site.SERVER.execute("postgres", "CREATE ROLE absent_reader");
        database.execute("CREATE TABLE t (id integer); CREATE POLICY p ON t TO absent_reader USING (true)");
        site.backUp(database);
        database.execute("DROP POLICY p ON t");
        Site.SERVER.execute("postgres", "DROP ROLE absent_reader");
        JarProcess verify = site.verify().run();
        assertThat(verify.awaitExit()).as(verify.log()).isZero();
        assertThat(Site.SERVER.value("postgres", "SELECT count(*) FROM pg_roles WHERE rolname = 'absent_reader'"))
                .isEqualTo("0");
    }

    @Test
    void cannotVerifyWithoutAnExtension() throws Exception {
        BackupFiles small = site.backUpSmall();
        site.put(small.withManifest(manifest -> Manifests.withExtension(manifest, "no_such_extension")));
        JarProcess verify = site.verify().run();
        assertThat(verify.awaitExit()).isEqualTo(2);
        assertThat(verify.stderr()).contains("COULD NOT VERIFY", "no_such_extension");
    }

    static String lastLine(JarProcess process) {
        List<String> lines = process.log()
                .lines()
                .filter(line -> !line.contains("The newest backup"))
                .toList();
        return lines.get(lines.size() - 1);
    }
}
