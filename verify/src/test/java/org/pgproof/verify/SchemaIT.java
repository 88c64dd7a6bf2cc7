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
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.pgproof.testkit.JarCommand;
import org.pgproof.testkit.Jars;
import org.pgproof.testkit.PostgresServer;
import org.pgproof.testkit.S3Server;
import org.pgproof.testkit.ShopDatabase;

/** The schemas in {@code docs/} hold for what the two jars store. */
class SchemaIT {
    private static final Path DOCUMENTS = Path.of("..", "docs");
    private static final String DATABASE = "described";

    @Test
    void describesTheManifestAndTheReceiptOfABackup() throws IOException, SQLException {
        PostgresServer server = PostgresServer.shared(15);
        ShopDatabase.create(server, DATABASE);
        try (S3Server s3 = S3Server.start()) {
            String bucket = s3.freshBucket();
            for (JarCommand jar : List.of(Jars.backup(), Jars.verify())) {
                assertThat(jar.environment("DATABASE_URL", server.url(DATABASE))
                                .environment(s3.environment(bucket))
                                .arguments("--once")
                                .run()
                                .awaitExit())
                        .isZero();
            }
            assertValid(s3, bucket, ".manifest.json", "manifest.schema.json");
            assertValid(s3, bucket, ".verification.json", "receipt.schema.json");
        }
    }

    private static void assertValid(S3Server s3, String bucket, String suffix, String schema) throws IOException {
        Schema rules = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(Files.readString(DOCUMENTS.resolve(schema)), InputFormat.JSON);
        String key = s3.keys(bucket).stream()
                .filter(name -> name.endsWith(suffix))
                .findFirst()
                .orElseThrow();
        assertThat(rules.validate(new String(s3.read(bucket, key), StandardCharsets.UTF_8), InputFormat.JSON))
                .isEmpty();
    }
}
