package org.pgproof.verify;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pgproof.manifest.Json;
import org.pgproof.receipt.Check;
import org.pgproof.receipt.Receipt;
import org.pgproof.receipt.Verdict;
import org.pgproof.testkit.JarProcess;
import org.pgproof.testkit.Jars;
import org.pgproof.testkit.PostgresServer;

/** What verify.jar says and leaves behind, run as a user runs it. */
class VerifyIT {
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

    @Test
    void passesAndStoresWhatItLogs() throws Exception {
        site.putSmall();
        JarProcess verify = site.verify().run();
        assertThat(verify.awaitExit()).as(verify.log()).isZero();
        Receipt receipt = site.receipt().orElseThrow();
        assertThat(receipt.verdict()).isEqualTo(Verdict.PASSED);
        assertThat(Site.lastLine(verify)).contains("Verification PASSED", receipt.key(), receipt.reason(), "restore ");
        assertThat(receipt.checks())
                .filteredOn(check -> check.name() == Check.Name.ROWS)
                .containsExactly(Check.passed(Check.Name.ROWS, "1 table, 100 rows compared"));
        assertThat(verify.log()).doesNotContain(SERVER.password(), Site.S3.secretKey());
    }

    @Test
    void cannotVerifyWithoutBackups() {
        JarProcess verify = site.verify().run();
        assertThat(verify.awaitExit()).isEqualTo(2);
        assertThat(verify.stderr()).contains("COULD NOT VERIFY", "no backup");
    }

    @Test
    void verifiesTheNamedBackup() throws Exception {
        BackupFiles first = site.putSmall();
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
        site.putSmall();
        JarProcess verify = site.verify()
                .environment("VERIFY_LATEST", "false")
                .environment("VERIFY_BACKUP_FILE", "backup_20010101_000000.sql.gz")
                .run();
        assertThat(verify.awaitExit()).isEqualTo(2);
        assertThat(verify.stderr()).contains("COULD NOT VERIFY", "backup_20010101_000000");
    }

    @Test
    void runThatCouldNotVerifyKeepsTheEarlierReceipt() throws Exception {
        site.putSmall();
        assertThat(site.verify().run().awaitExit()).isZero();
        SERVER.createRole("weak", "weak", "");
        JarProcess verify = site.verify()
                .environment("DATABASE_URL", SERVER.url("weak", "weak", "postgres"))
                .run();
        assertThat(verify.awaitExit()).isEqualTo(2);
        assertThat(verify.stderr()).contains("COULD NOT VERIFY", "cannot be created", "permission denied");
        assertThat(site.receipt().orElseThrow().verdict()).isEqualTo(Verdict.PASSED);
    }

    @Test
    void warnsOfAnOldBackup() throws Exception {
        BackupFiles small = site.putSmall();
        BackupFiles old =
                small.withManifest(manifest -> Manifests.withKeyAndInterval(manifest, "backup_20200101_000000", 3600));
        Site next = new Site(SERVER);
        next.put(old);
        JarProcess verify = next.verify().run();
        assertThat(verify.awaitExit()).as(verify.log()).isZero();
        assertThat(verify.stdout()).containsPattern("WARNING: The newest backup backup_20200101_000000 is .* old");
    }

    @Test
    void isDoneAndExitsAsFailedWhereTheNewestBackupIsOlderThanItMayBe() throws Exception {
        BackupFiles old = site.putSmall()
                .withManifest(manifest -> Manifests.withKeyAndInterval(manifest, "backup_20200101_000000", 3600));
        Site next = new Site(SERVER);
        next.put(old);
        Path json = folder.resolve("report.json");
        JarProcess verify = next.verify()
                .environment("VERIFY_MAX_AGE", "2d")
                .arguments("--report", json.toString())
                .run();
        assertThat(verify.awaitExit()).as(verify.log()).isEqualTo(3);
        assertThat(verify.stdout()).contains("Verification PASSED");
        assertThat(verify.stderr()).contains("ERROR: The newest backup backup_20200101_000000", "VERIFY_MAX_AGE");
        assertThat(Files.readString(json)).contains("\"outdated\" : \"The newest backup");
        assertThat(next.receipt().orElseThrow().verdict()).isEqualTo(Verdict.PASSED);

        assertThat(site.verify().environment("VERIFY_MAX_AGE", "2d").run().awaitExit())
                .isZero();
    }

    @Test
    void warnsOfABackupWithoutTables() throws Exception {
        site.backUp(SERVER.freshDatabase());
        Path json = folder.resolve("report.json");
        JarProcess verify = site.verify().arguments("--report", json.toString()).run();
        assertThat(verify.awaitExit()).as(verify.log()).isZero();
        assertThat(verify.stdout()).contains("WARNING: The backup holds no table");
        assertThat(Files.readString(json)).contains("The backup holds no table");

        Site other = new Site(SERVER);
        other.putSmall();
        assertThat(other.verify().run().log()).doesNotContain("holds no table");
    }

    @Test
    void namesTheBackupForWhichThereIsNoPsql() throws Exception {
        Site newer = new Site(PostgresServer.shared(18));
        BackupFiles small = site.putSmall();
        newer.put(small);
        JarProcess verify = newer.verify().without("POSTGRES_BIN_DIRS").run();
        Assumptions.assumeTrue(verify.awaitExit() == 2, "a psql 18 is installed");
        assertThat(Site.lastLine(verify))
                .contains("COULD NOT VERIFY: " + small.parsedManifest().key() + ", No psql for");
    }

    @Test
    void writesReports() throws Exception {
        site.putSmall();
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

    @Test
    void refusesAReportThatCannotBeWrittenBeforeTheRun() throws Exception {
        site.putSmall();
        Path report = folder.resolve("no such folder/report.xml");
        JarProcess verify =
                site.verify().arguments("--report", report.toString()).run();
        assertThat(verify.awaitExit()).as(verify.log()).isEqualTo(1);
        assertThat(verify.stderr())
                .contains("ERROR: --report names " + report + ", which cannot be written (its folder does not exist)")
                .hasLineCount(1);
        assertThat(site.receipt()).isEmpty();
    }
}
