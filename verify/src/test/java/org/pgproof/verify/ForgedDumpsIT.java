package org.pgproof.verify;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;
import org.pgproof.receipt.Receipt;
import org.pgproof.receipt.Verdict;
import org.pgproof.store.BackupKey;
import org.pgproof.testkit.ClientBinaries;
import org.pgproof.testkit.Database;
import org.pgproof.testkit.PostgresServer;

/** No dump makes the verifier's psql run a command, whatever its version, and no such dump is proven. */
class ForgedDumpsIT {
    private static final List<Integer> MAJORS = List.of(15, 17, 18);

    @TempDir
    private Path folder = Path.of("");

    @ParameterizedTest
    @EnumSource
    void runsNothing(ForgedDump forged) throws Exception {
        for (int major : MAJORS) {
            ClientBinaries.assumeClient(major);
            for (int jobs = 1; jobs <= 2; jobs++) {
                Path proof = folder.resolve("by-" + major + "-" + jobs);
                Receipt found = verify(PostgresServer.shared(major), forged, proof, jobs);
                assertThat(proof).as("%s with psql %d", forged, major).doesNotExist();
                assertThat(found.verdict())
                        .as("%s with psql %d: %s", forged, major, found)
                        .isIn(Verdict.FAILED, Verdict.COULD_NOT_VERIFY);
            }
        }
    }

    private static Receipt verify(PostgresServer server, ForgedDump forged, Path proof, int jobs) throws Exception {
        Site site = new Site(server);
        BackupFiles honest = site.putSmall();
        BackupKey key = BackupKey.parse(honest.parsedManifest().key()).orElseThrow();
        try (Drill drill = new Drill(
                Drill.connection(server.url("postgres")),
                Drill.settings(Site.S3, site.bucket()),
                Optional.of(jobs),
                Optional.empty())) {
            return drill.verify(key, honest.forged(forged.in(honest.sql(), proof)));
        }
    }

    /** Or else the test above would show nothing. */
    @ParameterizedTest
    @EnumSource(
            mode = Mode.MATCH_NONE,
            names = {"SETTING_BY_A_VIEW", "A_NUL", "A_KEY_IN_BACKQUOTES.*"})
    void runsSomethingInAnUnguardedPsql(ForgedDump forged) throws Exception {
        ClientBinaries.Client client = ClientBinaries.assumeClient(15);
        PostgresServer server = PostgresServer.shared(15);
        Database database = server.freshDatabase();
        Path proof = folder.resolve("unguarded");
        Path script = folder.resolve("dump.sql");
        Files.write(script, forged.in(new Site(server).putSmall().sql(), proof));
        new ProcessBuilder(client.psql().toString(), "--no-psqlrc", "--file=" + script, "--dbname=" + database.url())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("out").toFile())
                .start()
                .waitFor();
        assertThat(proof)
                .as(Files.readString(folder.resolve("out"), StandardCharsets.ISO_8859_1))
                .exists();
    }
}
