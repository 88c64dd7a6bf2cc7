package org.pgproof.verify;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.pgproof.testkit.ClientBinaries;
import org.pgproof.testkit.Database;
import org.pgproof.testkit.JarCommand;
import org.pgproof.testkit.JarProcess;
import org.pgproof.testkit.Jars;
import org.pgproof.testkit.PostgresServer;
import org.pgproof.testkit.S3Server;

/** All features of each version are backed up and proven by the two jars, on that version and on later ones. */
@Order(1)
@Execution(ExecutionMode.CONCURRENT)
class VersionsIT {
    private final Map<String, String> store =
            S3Server.shared().environment(S3Server.shared().freshBucket());

    /** The second server is the next version; the newest is also reached from afar. */
    @ParameterizedTest(name = "{0}, {1}, {2}")
    @CsvSource({"13, 14, 18", "14, 15,", "15, 16, 18", "16, 17,", "17, 18,", "18,,"})
    void provesAllFeatures(int major, Integer next, Integer last) throws Exception {
        ClientBinaries.assumeClientFor(major);
        Database database = FeatureDatabase.create(PostgresServer.shared(major));
        JarProcess backup = once(Jars.backup(), database.url());
        assertThat(backup.awaitExit()).as(backup.log()).isZero();

        passesOn(major);
        if (next != null) {
            passesOn(next);
        }
        if (last != null) {
            passesOn(last);
        }
    }

    private void passesOn(int major) {
        ClientBinaries.assumeClientFor(major);
        JarProcess verify = once(
                Jars.verify().environment("VERIFY_REQUIRE_ISOLATION", "false"), // features hold what needs a superuser
                PostgresServer.shared(major).url("postgres"));
        assertThat(verify.awaitExit()).as(verify.log()).isZero();
        assertThat(verify.log())
                .contains("Verification PASSED: ", "definitions compared")
                .doesNotContain("did not compare");
    }

    private JarProcess once(JarCommand jar, String databaseUrl) {
        return jar.environment(store)
                .environment("DATABASE_URL", databaseUrl)
                .arguments("--once")
                .run();
    }
}
