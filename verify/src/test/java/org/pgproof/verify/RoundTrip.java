package org.pgproof.verify;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import org.pgproof.testkit.JarCommand;
import org.pgproof.testkit.JarProcess;
import org.pgproof.testkit.Jars;
import org.pgproof.testkit.PostgresServer;
import org.pgproof.testkit.S3Server;

/** Backs up with backup.jar into a bucket of its own, and verifies with verify.jar, each once. */
final class RoundTrip {
    private final Map<String, String> store;

    RoundTrip() {
        S3Server s3 = S3Server.shared();
        store = s3.environment(s3.freshBucket());
    }

    /** Backs a database up, which must succeed. */
    RoundTrip backUp(String databaseUrl, String... variables) {
        JarProcess ended = run(Jars.backup(), databaseUrl, variables);
        assertThat(ended.awaitExit()).as(ended.log()).isZero();
        return this;
    }

    /** Verifies the newest backup on a server, which must pass. */
    JarProcess passes(PostgresServer server, String... variables) {
        return passes(server.url("postgres"), variables);
    }

    /** Verifies the newest backup where a URI leads, which must pass. */
    JarProcess passes(String serverUrl, String... variables) {
        JarProcess ended = verify(serverUrl, variables);
        assertThat(ended.log()).contains("Verification PASSED: ");
        assertThat(ended.awaitExit()).as(ended.log()).isZero();
        return ended;
    }

    /** Verifies the newest backup where a URI leads. */
    JarProcess verify(String serverUrl, String... variables) {
        return run(Jars.verify(), serverUrl, variables);
    }

    private JarProcess run(JarCommand jar, String databaseUrl, String... variables) {
        Map<String, String> environment = new HashMap<>(store);
        environment.put("DATABASE_URL", databaseUrl);
        for (String variable : variables) {
            int equals = variable.indexOf('=');
            environment.put(variable.substring(0, equals), variable.substring(equals + 1));
        }
        return jar.environment(environment).arguments("--once").run();
    }
}
