package org.pgproof.verify;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.pgproof.testkit.JarProcess;
import org.pgproof.testkit.PostgresServer;

/** However much a dump unpacks to, the verifier's memory holds little of it, and the verdict is clear. */
class VerifyBoundsIT {
    private static final int LARGE = 70 * 1000 * 1000;

    private final Site site = new Site(PostgresServer.shared(15));

    @ParameterizedTest
    @ValueSource(strings = {"1", "2"})
    void holdsNoLongStatement(String jobs) throws Exception {
        String statement = "COMMENT ON TABLE public.small IS '" + "x".repeat(LARGE) + "';\n";
        assertThat(verify(statement, true, jobs)).contains("Verification FAILED");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "2"})
    void holdsNoRunOfNewlines(String jobs) throws Exception {
        assertThat(verify("\n".repeat(LARGE), true, jobs)).contains("Verification");
    }

    @Test
    void readsNoMoreThanTheManifestSays() throws Exception {
        assertThat(verify("-- x\n".repeat(LARGE / 5), false, "2"))
                .contains("Verification FAILED", "unpacks to more than the");
    }

    /** Puts text at the end of a small backup and returns the verdict. */
    private String verify(String text, boolean known, String jobs) throws Exception {
        BackupFiles small = site.putSmall();
        DumpText dump = DumpText.of(small.sql());
        int at = dump.text().lastIndexOf("--\n-- PostgreSQL database dump complete");
        byte[] sql = dump.splice(at, at, text);
        site.put(known ? small.forged(sql) : small.withSql(sql));
        JarProcess verify = site.verify()
                .environment("VERIFY_JOBS", jobs)
                .jvmOptions("-Xmx64m")
                .run();
        assertThat(verify.log()).doesNotContain("OutOfMemoryError");
        assertThat(verify.awaitExit()).as(verify.log()).isIn(0, 2, 3);
        return Site.lastLine(verify);
    }
}
