package org.pgproof.verify;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.pgproof.receipt.Verdict;
import org.pgproof.testkit.PostgresServer;
import org.pgproof.testkit.S3Server;

/** The schemas in {@code docs/} hold for what the two services store. */
class SchemaIT {
    private static final Path DOCUMENTS = Path.of("..", "docs");
    private static final S3Server S3 = S3Server.shared();

    @Test
    void describesTheManifestAndTheReceiptOfABackup() throws Exception {
        PostgresServer server = PostgresServer.shared(15);
        Corpus corpus = Corpus.create(server, S3);
        String bucket = S3.freshBucket();
        try (Drill drill =
                new Drill(Drill.connection(server.url("postgres")), Drill.settings(S3, bucket), Optional.empty())) {
            assertThat(drill.verify(corpus.key(), corpus.backup()).verdict()).isEqualTo(Verdict.PASSED);
        }
        assertValid(bucket, ".manifest.json", "manifest.schema.json");
        assertValid(bucket, ".verification.json", "receipt.schema.json");
    }

    private static void assertValid(String bucket, String suffix, String schema) throws IOException {
        Schema rules = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(Files.readString(DOCUMENTS.resolve(schema)), InputFormat.JSON);
        String key = S3.keys(bucket).stream()
                .filter(name -> name.endsWith(suffix))
                .findFirst()
                .orElseThrow();
        assertThat(rules.validate(new String(S3.read(bucket, key), StandardCharsets.UTF_8), InputFormat.JSON))
                .isEmpty();
    }
}
