package org.pgproof.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.pgproof.archive.Layout;
import org.pgproof.definition.SchemaObject;
import org.pgproof.dump.SequenceValue;
import org.pgproof.manifest.contents.TableContent;
import org.pgproof.receipt.Check;
import org.pgproof.receipt.Receipt;
import org.pgproof.receipt.Verdict;

/** The schemas in {@code docs/} describe what is written, field by field: a new field must be added to them. */
class SchemaTest {
    private static final Path DOCUMENTS = Path.of("..", "docs");
    private static final Instant NOW = Instant.parse("2026-02-11T09:30:22.125Z");
    private static final String FINGERPRINT = "xxh3-128-sum:" + "0".repeat(32);

    @Test
    void describesEveryFieldOfAManifest() throws IOException {
        assertThat(problems("manifest.schema.json", json(manifest("7300000000000000000", "und"))))
                .isEmpty();
    }

    @Test
    void allowsWhatAServerDoesNotSay() throws IOException {
        assertThat(problems("manifest.schema.json", json(manifest(null, null)))).isEmpty();
    }

    @Test
    void describesEveryFieldOfAReceipt() throws IOException {
        for (Verdict verdict : Verdict.values()) {
            assertThat(problems("receipt.schema.json", json(receipt(verdict)))).isEmpty();
        }
    }

    @Test
    void refusesAFieldThatIsNotDescribed() throws IOException {
        String grown = json(receipt(Verdict.PASSED)).replaceFirst("\\{", "{\"unheardOf\":1,");

        assertThat(problems("receipt.schema.json", grown)).contains("unheardOf");
    }

    @Test
    void writesTheWordsThatTheLogUses() {
        assertThat(json(receipt(Verdict.COULD_NOT_VERIFY)))
                .contains("\"verdict\":\"COULD NOT VERIFY\"")
                .contains("\"name\":\"large objects\",\"result\":\"SKIPPED\"");
    }

    @Test
    void readsWhatItWrites() throws IOException {
        Receipt receipt = receipt(Verdict.RESTORED);

        assertThat(Json.read(new ByteArrayInputStream(Json.bytes(receipt)), Receipt.class))
                .isEqualTo(receipt);
    }

    private static String problems(String schema, String document) throws IOException {
        Schema rules = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(Files.readString(DOCUMENTS.resolve(schema)), InputFormat.JSON);
        return String.join(
                "\n",
                rules.validate(document, InputFormat.JSON).stream()
                        .map(Object::toString)
                        .toList());
    }

    private static String json(Object value) {
        byte[] bytes = value instanceof Manifest manifest ? ManifestFile.bytes(manifest) : Json.bytes(value);
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private static Manifest manifest(@Nullable String server, @Nullable String locale) {
        Layout.Span span = new Layout.Span(0, 10);
        return new Manifest(
                Manifest.FORMAT,
                "backup_20260211_093022",
                NOW,
                NOW,
                NOW,
                3600,
                new Manifest.Source(
                        "shop",
                        server,
                        "15.18",
                        "UTF8",
                        "C",
                        "C",
                        "C",
                        "libc",
                        locale,
                        new TreeMap<>(Map.of("TimeZone", "UTC"))),
                "15.18",
                "1.0.0",
                List.of("--no-owner"),
                new Manifest.DumpFile(1, "0".repeat(64), 2, "UTF8", "0".repeat(32)),
                List.of(new TableContent("public", "orders", List.of("id"), 1, 2, FINGERPRINT, List.of(span))),
                List.of(new SchemaObject("INDEX", "public", "orders_pkey", "0".repeat(32))),
                new TreeMap<>(Map.of("INDEX", 1)),
                List.of(new SequenceValue("public", "orders_id_seq", 1, true)),
                new Manifest.LargeObjects(1, 2, FINGERPRINT),
                List.of(new Manifest.Extension("citext", "1.6", "public")),
                List.of("reader"),
                List.of(new Manifest.RowType("public", "orders", List.of("id"))),
                List.of("CAST (json AS bytea)"),
                List.of("public.written"),
                new Layout(span, span, span, List.of(span), List.of(new Layout.Member(0, 0))),
                List.of("grants"),
                List.of("a warning"));
    }

    private static Receipt receipt(Verdict verdict) {
        return new Receipt(
                Receipt.FORMAT,
                "backup_20260211_093022",
                verdict,
                "why",
                NOW,
                "15.18",
                "15.18",
                "1.0.0",
                1,
                verdict == Verdict.PASSED ? "ab".repeat(32) : null,
                2,
                verdict == Verdict.PASSED ? 3L : null,
                new TreeMap<>(Map.of("restore", 1.5)),
                List.of(
                        Check.passed(Check.Name.CONTENT, "1 table").withSkipped(List.of("a table: why")),
                        Check.failed(Check.Name.ROWS, "one too many"),
                        Check.skipped(Check.Name.LARGE_OBJECTS, "no manifest")));
    }
}
