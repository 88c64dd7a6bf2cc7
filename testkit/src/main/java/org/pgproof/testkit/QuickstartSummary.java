package org.pgproof.testkit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/** Tells a person what the store now holds, from the manifest and the receipt in it. */
final class QuickstartSummary {
    static final String DUMP = ".sql.gz";

    private final PrintStream out;
    private final LocalS3 s3;
    private final String bucket;

    QuickstartSummary(PrintStream out, LocalS3 s3, String bucket) {
        this.out = out;
        this.s3 = s3;
        this.bucket = bucket;
    }

    void print(Duration backupTime, Duration verifyTime) throws IOException {
        String dump = dump();
        printBackup(dump, file(dump), read(dump, ".manifest.json"), backupTime);
        printVerification(read(dump, ".verification.json"), verifyTime);
    }

    private String dump() {
        List<String> keys = s3.keys(bucket);
        return keys.stream()
                .filter(key -> key.endsWith(DUMP) && !key.startsWith("damaged"))
                .findFirst()
                .orElseThrow(() -> new QuickstartFailure("There is no backup in the store, which holds " + keys + "."));
    }

    private Path file(String dump) {
        return s3.folder().resolve(bucket).resolve(dump);
    }

    private JsonNode read(String dump, String companion) throws IOException {
        String key = dump.substring(0, dump.length() - DUMP.length()) + companion;
        if (!s3.keys(bucket).contains(key)) {
            throw new QuickstartFailure("There is no " + key + " in the store.");
        }
        return new ObjectMapper().readTree(s3.read(bucket, key));
    }

    private void printBackup(String dump, Path file, JsonNode manifest, Duration time) {
        long rows = 0;
        for (JsonNode table : manifest.path("tables")) {
            rows += table.path("rows").asLong();
        }
        long packed = manifest.path("dump").path("bytes").asLong();
        long unpacked = manifest.path("dump").path("uncompressedBytes").asLong();
        out.printf("%nThe backup%n");
        line("where", "s3://" + bucket + "/" + dump);
        line("", file.toString());
        line(
                "holds",
                manifest.path("tables").size() + " tables, " + Words.count(rows) + " rows, "
                        + manifest.path("largeObjects").path("count").asInt() + " large objects, "
                        + manifest.path("objects").size() + " schema objects");
        line("size", Words.megabytes(packed) + ", of " + Words.megabytes(unpacked) + " of SQL");
        line("time", Words.seconds(time) + ", start of the JVM included");
    }

    private void printVerification(JsonNode receipt, Duration time) {
        out.printf("%nThe verification, by restoring it into a temporary database%n");
        for (JsonNode check : receipt.path("checks")) {
            line(
                    check.path("name").asText().toLowerCase(Locale.ROOT).replace('_', ' '),
                    check.path("result").asText() + "  " + check.path("detail").asText());
        }
        line("time", Words.seconds(time) + ", start of the JVM included");
        line("verdict", receipt.path("verdict").asText());
    }

    void printNext() {
        Path file = file(dump());
        Path here = Path.of("").toAbsolutePath();
        Path shown = file.startsWith(here) ? here.relativize(file) : file;
        out.printf("%nNext%n");
        out.printf("  gunzip -c %s | less%n      the backup is SQL that psql restores, with nothing of ours%n", shown);
        out.println("  ./quickstart --keep\n      leaves both servers running for you to play with");
        out.println(
                "  java -jar backup/target/backup.jar --help\n      every setting, for your own database and store");
        out.println("  ./mvnw verify\n      the tests");
    }

    private void line(String name, String text) {
        out.printf("  %-14s %s%n", name, text);
    }
}
