package org.pgproof.verify;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.pgproof.testkit.Database;
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

    /** What a function of the backup writes while it is restored, in tables, and in files that the server sorts with. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "FOR i IN 1..100000 LOOP INSERT INTO public.filler SELECT repeat(md5(n::text), 50) FROM generate_series(1, 1000) n; END LOOP;",
                "PERFORM count(*) FROM (SELECT n, md5(n::text) || repeat('x', 100) AS t FROM generate_series(1, 1000000000) n ORDER BY 2) s;"
            })
    void fillsNoDisk(String code) throws Exception {
        PostgresServer server = PostgresServer.shared(15);
        Database database = server.freshDatabase();
        database.execute("""
                CREATE TABLE filler (a text);
                ALTER TABLE filler ALTER a SET STORAGE EXTERNAL;
                CREATE FUNCTION fills(integer) RETURNS boolean LANGUAGE plpgsql AS $f$ BEGIN
                    IF pg_catalog.current_database() LIKE 'verify%' THEN CODE END IF;
                    RETURN true;
                END $f$;
                CREATE TABLE fuller (id integer CHECK (fills(id)));
                INSERT INTO fuller VALUES (1);
                """.replace("CODE", code));
        site.backUp(database);
        JarProcess verify =
                site.verify().environment("VERIFY_MAX_DATABASE_BYTES", "60M").run();
        assertThat(verify.awaitExit()).as(verify.log()).isEqualTo(2);
        assertThat(Site.lastLine(verify))
                .contains("COULD NOT VERIFY", "the temporary database grew to", "set VERIFY_MAX_DATABASE_BYTES");
        String left =
                verify.awaitLog("temporary database (verify_\\d{8}_\\d{6})").group(1);
        assertThat(server.value("postgres", "SELECT count(*) FROM pg_database WHERE datname = '" + left + "'"))
                .isEqualTo("0");
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
