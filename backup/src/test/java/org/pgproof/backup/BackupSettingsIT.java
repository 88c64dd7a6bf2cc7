package org.pgproof.backup;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.pgproof.testkit.JarProcess;
import org.pgproof.testkit.Jars;
import org.pgproof.testkit.LocalPostgres;

/** What the service says of its settings, and the ways to give them. */
class BackupSettingsIT {
    private static final List<String> REQUIRED =
            List.of("DATABASE_URL", "S3_ENDPOINT", "S3_BUCKET", "S3_ACCESS_KEY_ID", "S3_SECRET_ACCESS_KEY");

    @TempDir
    private Path folder = Path.of("");

    @Test
    void namesEveryMissingVariableAtOnce() {
        JarProcess backup = Jars.backup().run();
        assertThat(backup.awaitExit()).isEqualTo(1);
        assertThat(backup.stdout()).isEmpty();
        assertThat(backup.stderr()).contains(REQUIRED).hasLineCount(REQUIRED.size());
        assertThat(backup.stderr().lines()).allMatch(line -> line.matches("\\d{4}-\\d\\d-\\d\\dT[\\d:]+Z ERROR: .*"));
    }

    @Test
    void namesEveryWrongValueAtOnceAndEchoesNoSecret() {
        JarProcess backup = Jars.backup()
                .environment("DATABASE_URL", "mysql://root:hidden-one@db/shop")
                .environment("S3_ENDPOINT", "minio:9000")
                .environment("S3_BUKCET", "backups")
                .environment("S3_ACCESS_KEY_ID", "key")
                .environment("S3_SECRET_ACCESS_KEY", "hidden two")
                .environment("BACKUP_INTERVAL", "59")
                .environment("BACKUP_RETENTION_DAYS", "0")
                .environment("BACKUP_RETENTION_MIN_KEEP", "none")
                .environment("COMPRESSION_LEVEL", "10")
                .environment("BACKUP_PRIVILEGES", "yes")
                .environment("PG_DUMP_OPTIONS", "--table=x -Fc")
                .environment("LOG_LEVEL", "LOUD")
                .run();
        assertThat(backup.awaitExit()).isEqualTo(1);
        assertThat(backup.stderr())
                .contains("DATABASE_URL", "S3_ENDPOINT", "S3_BUCKET is not set", "S3_SECRET_ACCESS_KEY")
                .contains("BACKUP_INTERVAL", "BACKUP_RETENTION_DAYS", "BACKUP_RETENTION_MIN_KEEP", "COMPRESSION_LEVEL")
                .contains("BACKUP_PRIVILEGES", "PG_DUMP_OPTIONS -F is not possible", "LOG_LEVEL");
        assertThat(backup.stdout()).contains("WARNING: S3_BUKCET", "did you mean S3_BUCKET?");
        assertThat(backup.log()).doesNotContain("hidden-one", "hidden two");
    }

    /** The library for it must find its version and its native part in the jar. */
    @Test
    void backsUpOverAUnixSocket() throws SQLException {
        Assumptions.assumeTrue(Place.server() instanceof LocalPostgres, "the server's socket is on this machine");
        LocalPostgres server = (LocalPostgres) Place.server();
        Place place = Place.ofNotes();
        String folder = server.socketDirectory().toString().replace("/", "%2F");
        String url = place.database().url().replace(server.host() + ":", folder + ":");
        JarProcess backup = place.once().environment("DATABASE_URL", url).run();
        assertThat(backup.awaitExit()).as(backup.log()).isZero();
        assertThat(place.dumps()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "not a url",
                "http://user:hidden@host/db",
                "postgresql://user:hidden@host:99999/db",
                "postgresql://user:hidden@host/db?sslmode=perhaps",
                "postgresql://user:hidden%zz@host/db"
            })
    void refusesAnInvalidDatabaseUrl(String url) throws SQLException {
        JarProcess backup =
                Place.ofEmptyDatabase().once().environment("DATABASE_URL", url).run();
        assertThat(backup.awaitExit()).as(backup.log()).isEqualTo(1);
        assertThat(backup.stderr()).contains("ERROR: DATABASE_URL");
        assertThat(backup.log()).doesNotContain("hidden");
    }

    @Test
    void readsAnEnvironmentFileValueFilesAndLibpqVariables() throws Exception {
        Place place = Place.ofNotes();
        Path password =
                Files.writeString(folder.resolve("password"), Place.server().password() + "\n");
        Path secret = Files.writeString(folder.resolve("secret"), Place.STORE.secretKey() + "\n");
        Path environment = Files.writeString(folder.resolve(".env"), """
                # as Compose reads it
                PGHOST=%s
                PGPORT=%d
                PGUSER=%s
                PGDATABASE="%s"
                BACKUP_PREFIX='/nightly/shop/'
                S3_BUCKET=overruled
                """.formatted(
                        Place.server().host(),
                        Place.server().port(),
                        Place.server().user(),
                        place.database().name()));
        JarProcess backup = place.once()
                .without("DATABASE_URL")
                .without("S3_SECRET_ACCESS_KEY")
                .environment("PGPASSWORD_FILE", password.toString())
                .environment("S3_SECRET_ACCESS_KEY_FILE", secret.toString())
                .arguments("--env-file", environment.toString())
                .run();
        assertThat(backup.awaitExit()).as(backup.log()).isZero();
        assertThat(place.keys()).hasSize(2).allMatch(key -> key.startsWith("nightly/shop/backup_"));
    }

    @Test
    void refusesAValueAndItsFileAtOnce() throws SQLException {
        JarProcess backup = Place.ofEmptyDatabase()
                .once()
                .environment("S3_SECRET_ACCESS_KEY_FILE", "/dev/null")
                .run();
        assertThat(backup.awaitExit()).isEqualTo(1);
        assertThat(backup.stderr()).contains("S3_SECRET_ACCESS_KEY and S3_SECRET_ACCESS_KEY_FILE are both set");
    }

    @Test
    void writesJsonOneObjectALine() throws SQLException, IOException {
        Place place = Place.ofEmptyDatabase();
        JarProcess backup = place.once().environment("LOG_FORMAT", "json").run();
        assertThat(backup.awaitExit()).isZero();
        for (String line : backup.log().lines().toList()) {
            JsonNode event = new ObjectMapper().readTree(line);
            assertThat(Instant.parse(event.get("time").asText())).isBeforeOrEqualTo(Instant.now());
            assertThat(event.get("level").asText()).isIn("INFO", "WARNING");
            assertThat(event.get("message").asText()).isNotEmpty();
        }
    }

    @Test
    void writesJsonAlsoOfWrongSettings() {
        JarProcess backup = Jars.backup().environment("LOG_FORMAT", "json").run();
        assertThat(backup.awaitExit()).isEqualTo(1);
        assertThat(backup.stderr().lines()).hasSize(REQUIRED.size()).allMatch(line -> line.startsWith("{\"time\""));
    }

    @Test
    void logsOnlyWhatWasAskedFor() throws SQLException {
        JarProcess backup =
                Place.ofNotes().once().environment("LOG_LEVEL", "ERROR").run();
        assertThat(backup.awaitExit()).isZero();
        assertThat(backup.log()).isEmpty();
    }

    @Test
    void explainsItself() {
        JarProcess help = Jars.backup().arguments("--help").run();
        assertThat(help.awaitExit()).isZero();
        assertThat(help.stdout())
                .contains("--once", "--env-file", "healthcheck", "Exit codes")
                .contains(REQUIRED)
                .contains("BACKUP_INTERVAL (default: 3600)", "COMPRESSION_LEVEL (default: 6)", "PG_DUMP_OPTIONS")
                .doesNotContain("VERIFY_INTERVAL");
        JarProcess version = Jars.backup().arguments("--version").run();
        assertThat(version.awaitExit()).isZero();
        assertThat(version.stdout()).matches("pgproof \\d+\\.\\d+\\.\\d+");
        JarProcess unknown = Jars.backup().arguments("--twice").run();
        assertThat(unknown.awaitExit()).isEqualTo(1);
        assertThat(unknown.stderr()).contains("--twice", "--help");
    }

    @Test
    void doesNotRepeatASecretThatIsGivenInTheWrongPlace() {
        JarProcess argument = Jars.backup()
                .arguments("--once", "--password=hunter2", "postgresql://u:hunter2@db/shop")
                .run();
        assertThat(argument.awaitExit()).isEqualTo(1);
        assertThat(argument.log()).contains("--password").doesNotContain("hunter2");
    }

    @Test
    void givesAToolThatIsAskedForItsVersionNoSecret() throws Exception {
        Path tool = Files.writeString(
                folder.resolve("pg_dump"), """
                #!/bin/sh
                [ "$1" = --version ] && env >> '%s/seen'
                exec '%s' "$@"
                """.formatted(folder, Place.client().pgDump()));
        assertThat(tool.toFile().setExecutable(true)).isTrue();
        JarProcess backup = Place.ofNotes()
                .once()
                .environment("PGPASSWORD", "hunter2")
                .environment("AWS_SECRET_ACCESS_KEY", "hunter2")
                .environment("POSTGRES_BIN_DIRS", folder.toString())
                .run();
        assertThat(backup.awaitExit()).as(backup.log()).isZero();
        assertThat(Files.readString(folder.resolve("seen")))
                .contains("PATH=")
                .doesNotContain("S3_SECRET_ACCESS_KEY", "S3_ACCESS_KEY_ID", "DATABASE_URL", "hunter2");
    }

    @Test
    void isHealthyWhenDatabaseAndStoreAnswer() throws Exception {
        Place place = Place.ofEmptyDatabase();
        Path environment = Files.writeString(folder.resolve(".env"), "LOG_FORMAT=json\n");
        JarProcess check = place.backup()
                .arguments("healthcheck", "--env-file", environment.toString())
                .run();
        assertThat(check.awaitExit()).as(check.log()).isZero();
        assertThat(check.stdout().lines()).hasSize(2).allMatch(line -> line.startsWith("{"));
        assertThat(place.keys()).isEmpty();
    }

    @Test
    void isUnhealthyWhenTheStoreRefuses() throws SQLException {
        JarProcess check = Place.ofEmptyDatabase()
                .backup()
                .environment("S3_BUCKET", "no-such-bucket")
                .arguments("healthcheck")
                .run();
        assertThat(check.awaitExit()).isEqualTo(1);
        assertThat(check.stdout()).contains("Database ");
        assertThat(check.stderr()).contains("Store ").hasLineCount(1);
    }

    /** Who accepts connections and never says a word. */
    @Test
    void isUnhealthyWithinHalfAMinuteWhenNobodyAnswers() throws SQLException, IOException {
        Place place = Place.ofEmptyDatabase();
        try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            Instant started = Instant.now();
            JarProcess check = place.backup()
                    .environment("DATABASE_URL", "postgresql://u:hidden@127.0.0.1:" + silent.getLocalPort() + "/shop")
                    .environment("S3_ENDPOINT", "http://127.0.0.1:" + silent.getLocalPort())
                    .arguments("healthcheck")
                    .run();
            assertThat(check.awaitExit()).isEqualTo(1);
            assertThat(Duration.between(started, Instant.now())).isLessThan(Duration.ofSeconds(30));
            assertThat(check.stderr().lines())
                    .hasSize(2)
                    .allMatch(line -> line.contains("not reachable"))
                    .noneMatch(line -> line.contains("hidden"));
        }
    }
}
