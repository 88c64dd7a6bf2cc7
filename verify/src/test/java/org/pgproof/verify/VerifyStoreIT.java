package org.pgproof.verify;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.pgproof.testkit.FaultProxy.request;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.pgproof.receipt.Receipt;
import org.pgproof.testkit.Fault;
import org.pgproof.testkit.FaultProxy;
import org.pgproof.testkit.JarProcess;
import org.pgproof.testkit.PostgresServer;
import org.pgproof.testkit.Signal;

/** What verify.jar says when the store fails in the middle of something. */
class VerifyStoreIT {
    /** Nobody else verifies here: what a test sees and drops is its own. */
    private static final PostgresServer SERVER = PostgresServer.start(15);

    private final Site site = new Site(SERVER);

    @AfterEach
    void leavesNoDatabaseBehind() throws Exception {
        assertThat(site.temporaryDatabases()).isZero();
    }

    @Test
    void cannotVerifyWhenTheStoreIsDown() throws Exception {
        site.putSmall();
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
        BackupFiles small = site.putSmall();
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
        site.putSmall();
        try (FaultProxy proxy = FaultProxy.to(Site.S3.endpoint())) {
            proxy.fail(request("GET", ".sql.gz"), 2, new Fault.ResetInAnswer(500));
            JarProcess verify = site.verify()
                    .environment("S3_ENDPOINT", proxy.endpoint().toString())
                    .run();
            assertThat(verify.awaitExit()).as(verify.log()).isZero();
        }
    }

    @Test
    void neverCallsFailedWhatOnlyArrivedChanged() throws Exception {
        site.putSmall();
        try (FaultProxy proxy = FaultProxy.to(Site.S3.endpoint())) {
            proxy.fail(request("GET", ".sql.gz"), 1, new Fault.FlippedInAnswer(400));
            JarProcess verify = through(proxy);
            assertThat(verify.awaitExit()).as(verify.log()).isEqualTo(2);
            assertThat(verify.stderr())
                    .contains("COULD NOT VERIFY", "does not give the same bytes each time")
                    .doesNotContain("FAILED");
        }
        assertThat(site.receipt()).isEmpty();
    }

    @Test
    void readsADamagedDumpTwiceAndSaysSo() throws Exception {
        BackupFiles small = site.putSmall();
        byte[] damaged = small.dump().clone();
        damaged[400] ^= 1;
        site.put(small.parsedManifest().key(), small.withDump(damaged));
        JarProcess verify = site.verify().run();
        assertThat(verify.awaitExit()).as(verify.log()).isEqualTo(3);
        assertThat(site.receipt().orElseThrow().reason()).contains("(read twice, the same both times)");
    }

    @Test
    void readsAManifestOnceMoreThatArrivedChanged() throws Exception {
        site.putSmall();
        try (FaultProxy proxy = FaultProxy.to(Site.S3.endpoint())) {
            proxy.fail(request("GET", "/postgres-backups/", ".manifest.json"), 1, new Fault.FlippedInAnswer(300));
            JarProcess verify = through(proxy);
            assertThat(verify.awaitExit()).as(verify.log()).isZero();
        }
        Receipt receipt = site.receipt().orElseThrow();
        assertThat(receipt.sha256())
                .isEqualTo(site.putSmall().parsedManifest().dump().sha256());
    }

    @Test
    void saysTheVerdictBeforeTheStoreTakesTheReceipt() throws Exception {
        site.putSmall();
        try (FaultProxy proxy = FaultProxy.to(Site.S3.endpoint())) {
            proxy.fail(request("PUT"), new Fault.SilentInRequest(0));
            try (JarProcess verify = site.verify()
                    .environment("S3_ENDPOINT", proxy.endpoint().toString())
                    .start()) {
                verify.awaitLog("Verification PASSED");
                assertThat(verify.terminate(Signal.TERM)).as(verify.log()).isZero();
            }
        }
    }

    @Test
    void aForeignDumpAmongOursIsAFindingAndNotRestored() throws Exception {
        site.putSmall();
        site.put("backup_99991231_235959", new BackupFiles(Site.foreignGzip("SELECT 1;\n".getBytes(UTF_8)), null));
        JarProcess verify = site.verify().run();
        assertThat(verify.awaitExit()).as(verify.log()).isEqualTo(2);
        assertThat(verify.stderr()).contains("COULD NOT VERIFY", "backup_99991231_235959.sql.gz, is none of pgproof's");
    }

    @Test
    void aManifestThatWouldFillTheMemoryIsRefused() throws Exception {
        String key = site.putSmall().parsedManifest().key();
        Site.S3.write(site.bucket(), "postgres-backups/" + key + ".manifest.json", new byte[80_000_000]);
        JarProcess verify = site.verify().jvmOptions("-Xmx64m").run();
        assertThat(verify.awaitExit()).as(verify.log()).isEqualTo(2);
        assertThat(verify.stderr()).contains("COULD NOT VERIFY", "has 80.0 MB, and this process reads at most");
    }

    private JarProcess through(FaultProxy proxy) {
        return site.verify()
                .environment("S3_ENDPOINT", proxy.endpoint().toString())
                .run();
    }

    @Test
    void verdictStandsWhenTheReceiptCannotBeStored() throws Exception {
        site.putSmall();
        try (FaultProxy proxy = FaultProxy.to(Site.S3.endpoint())) {
            proxy.fail(request("PUT"), new Fault.Refused(403, "AccessDenied"));
            JarProcess verify = site.verify()
                    .environment("S3_ENDPOINT", proxy.endpoint().toString())
                    .run();
            assertThat(verify.awaitExit()).as(verify.log()).isZero();
            assertThat(verify.stdout()).containsPattern("WARNING: The receipt of backup_\\d+_\\d+ could not be stored");
        }
    }
}
