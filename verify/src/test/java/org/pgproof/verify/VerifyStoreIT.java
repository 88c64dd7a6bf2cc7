package org.pgproof.verify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.pgproof.testkit.FaultProxy.request;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.pgproof.testkit.Fault;
import org.pgproof.testkit.FaultProxy;
import org.pgproof.testkit.JarProcess;
import org.pgproof.testkit.PostgresServer;

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
