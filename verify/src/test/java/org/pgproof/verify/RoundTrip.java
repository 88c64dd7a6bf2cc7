package org.pgproof.verify;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.pgproof.backup.BackupRun;
import org.pgproof.manifest.Json;
import org.pgproof.manifest.Manifest;
import org.pgproof.receipt.Receipt;
import org.pgproof.receipt.Verdict;
import org.pgproof.service.Logging;
import org.pgproof.service.Outcome;
import org.pgproof.store.BackupKey;
import org.pgproof.testkit.PostgresServer;
import org.pgproof.testkit.S3Server;

/** Backs up and verifies in this JVM, which spares the start of two, with a bucket of its own. */
final class RoundTrip {
    private final S3Server s3 = S3Server.shared();
    private final String bucket = s3.freshBucket();

    RoundTrip() {
        Logging.configure("OFF", false); // the receipt says it
    }

    /** Backs a database up, which must succeed. */
    RoundTrip backUp(String databaseUrl, String... variables) throws Exception {
        Map<String, String> environment = new HashMap<>(s3.environment(bucket));
        environment.put("DATABASE_URL", databaseUrl);
        for (String variable : variables) {
            int equals = variable.indexOf('=');
            environment.put(variable.substring(0, equals), variable.substring(equals + 1));
        }
        assertThat(BackupRun.once(environment)).isEqualTo(Outcome.SUCCEEDED);
        return this;
    }

    /** Verifies the newest backup on a server, which must pass with nothing left out. */
    void passes(PostgresServer server) throws Exception {
        passes(server.url("postgres"));
    }

    /** Verifies the newest backup where a URI leads, which must pass with nothing left out. */
    void passes(String serverUrl) throws Exception {
        Receipt receipt = verify(serverUrl);
        assertThat(receipt.verdict()).as(receipt.reason()).isEqualTo(Verdict.PASSED);
        assertThat(receipt.checks())
                .allSatisfy(check -> assertThat(check.skipped()).isEmpty());
    }

    /** Verifies what was made of the only backup. */
    Receipt verify(PostgresServer server, UnaryOperator<BackupFiles> damage) throws Exception {
        List<String> keys = s3.keys(bucket);
        BackupFiles backup =
                new BackupFiles(s3.read(bucket, only(keys, ".sql.gz")), s3.read(bucket, only(keys, ".manifest.json")));
        try (Drill drill =
                new Drill(Drill.connection(server.url("postgres")), Drill.settings(s3, bucket), Optional.empty())) {
            return drill.verify(BackupKey.parse(backup.parsedManifest().key()).orElseThrow(), damage.apply(backup));
        }
    }

    private static String only(List<String> keys, String suffix) {
        return keys.stream().filter(key -> key.endsWith(suffix)).findFirst().orElseThrow();
    }

    /** Verifies the newest backup on several sessions. */
    Receipt verify(PostgresServer server, int jobs) throws Exception {
        try (Drill drill =
                new Drill(Drill.connection(server.url("postgres")), Drill.settings(s3, bucket), Optional.of(jobs))) {
            return drill.verify();
        }
    }

    /** Verifies the newest backup where a URI leads. */
    Receipt verify(String serverUrl) throws Exception {
        try (Drill drill = new Drill(Drill.connection(serverUrl), Drill.settings(s3, bucket), Optional.empty())) {
            return drill.verify();
        }
    }

    /** Returns the manifest of the only backup. */
    Manifest manifest() throws IOException {
        String key = s3.keys(bucket).stream()
                .filter(name -> name.endsWith(".manifest.json"))
                .findFirst()
                .orElseThrow();
        return Json.read(new ByteArrayInputStream(s3.read(bucket, key)), Manifest.class);
    }

    /**
     * Verifies the newest backup where a URI leads.
     *
     * @param isolation whether it must be restored as a role of its own
     */
    Receipt verify(String serverUrl, int jobs, Optional<Boolean> isolation) throws Exception {
        try (Drill drill =
                new Drill(Drill.connection(serverUrl), Drill.settings(s3, bucket), Optional.of(jobs), isolation)) {
            return drill.verify();
        }
    }
}
