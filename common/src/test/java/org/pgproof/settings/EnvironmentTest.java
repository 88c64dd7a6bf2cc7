package org.pgproof.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EnvironmentTest {
    private static final Duration HOUR = Duration.ofHours(1);
    private static final Duration MINUTE = Duration.ofMinutes(1);

    @TempDir
    private Path folder;

    @Test
    void takesAnEmptyValueForNone() {
        Environment environment = Environment.of(Map.of("S3_REGION", "", "BACKUP_INTERVAL", "", "S3_BUCKET", ""));
        assertThat(environment.optional("S3_REGION")).isEmpty();
        assertThat(environment.duration("BACKUP_INTERVAL", HOUR, MINUTE)).isEqualTo(HOUR);
        assertThat(environment.required("S3_BUCKET")).isEmpty();
        assertThat(environment.problems().errors())
                .extracting(Problem::toString)
                .containsExactly("S3_BUCKET is not set: set it to the name of the bucket");
    }

    @Test
    void reportsAllProblemsTogether() {
        Environment environment = Environment.of(Map.of("BACKUP_INTERVAL", "1.5h", "COMPRESSION_LEVEL", "10"));
        assertThatThrownBy(() -> environment.read(settings -> {
                    settings.duration("BACKUP_INTERVAL", HOUR, MINUTE);
                    settings.integer("COMPRESSION_LEVEL", 6, 1, 9);
                    return settings.secret("S3_SECRET_ACCESS_KEY");
                }))
                .isInstanceOf(InvalidSettingsException.class)
                .hasMessage("BACKUP_INTERVAL \"1.5h\" is no length of time: use " + Durations.FORM + "\n"
                        + "COMPRESSION_LEVEL \"10\" is not right: use a whole number from 1 to 9\n"
                        + "S3_SECRET_ACCESS_KEY is not set: set it to the secret that belongs to the access key");
    }

    @Test
    void readsWhatIsRight() throws InvalidSettingsException {
        Environment environment = Environment.of(Map.of(
                "BACKUP_INTERVAL", " 15m ", "COMPRESSION_LEVEL", "9", "VERIFY_STRICT", "TRUE", "LOG_FORMAT", "JSON"));
        assertThat(environment.duration("BACKUP_INTERVAL", HOUR, MINUTE)).isEqualTo(Duration.ofMinutes(15));
        assertThat(environment.integer("COMPRESSION_LEVEL", 6, 1, 9)).isEqualTo(9);
        assertThat(environment.bool("VERIFY_STRICT", false)).isTrue();
        assertThat(environment.bool("VERIFY_LATEST", true)).isTrue();
        assertThat(environment.choice("LOG_FORMAT", "text", "text", "json")).isEqualTo("json");
        assertThat(environment.read(Environment::problems).errors()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"59", "0", "0s", "-60", "10 m", "1h30m", "999999999999999999999", "abc"})
    void refusesAnIntervalThatIsTooShortOrNone(String text) {
        Environment environment = Environment.of(Map.of("BACKUP_INTERVAL", text));
        assertThat(environment.duration("BACKUP_INTERVAL", HOUR, MINUTE)).isEqualTo(HOUR);
        assertThat(environment.problems().errors()).hasSize(1);
        assertThat(environment.problems().toString()).contains("BACKUP_INTERVAL", text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"0", "-1", "+1", "1.0", "1e3", "2147483648", "99999999999999999999", "١", "0x1", "seven", "1 0"})
    void refusesANumberOutOfItsBoundsOrNone(String text) {
        Environment environment = Environment.of(Map.of("BACKUP_RETENTION_DAYS", text));
        assertThat(environment.integer("BACKUP_RETENTION_DAYS", 7, 1, Integer.MAX_VALUE))
                .isEqualTo(7);
        assertThat(environment.problems().toString()).contains("use a whole number of at least 1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"yes", "1", "tru", "on"})
    void refusesWhatIsNeitherTrueNorFalse(String text) {
        Environment environment = Environment.of(Map.of("VERIFY_LATEST", text));
        assertThat(environment.bool("VERIFY_LATEST", true)).isTrue();
        assertThat(environment.problems().toString()).contains("use true or false");
    }

    @Test
    void showsAValueOnOneLine() {
        Environment environment = Environment.of(Map.of("LOG_LEVEL", "a\nb\u001b[2J\u202ec"));
        environment.choice("LOG_LEVEL", "INFO", "INFO", "ERROR");
        assertThat(environment.problems().errors().toString())
                .contains("LOG_LEVEL \"a\\nb\\x1b[2J\\u202ec\" is not known");
    }

    @Test
    void splitsPaths() {
        Environment environment = Environment.of(Map.of("POSTGRES_BIN_DIRS", "/a/bin::/b c/bin:"));
        assertThat(environment.paths("POSTGRES_BIN_DIRS")).isEqualTo(List.of(Path.of("/a/bin"), Path.of("/b c/bin")));
        assertThat(environment.paths("OTHER")).isEmpty();
    }

    @Test
    void readsAValueFromItsFileWithoutTheNewlineAtItsEnd() throws IOException {
        Path file = Files.writeString(folder.resolve("secret"), " s3cret \r\n");
        Environment environment = Environment.of(Map.of("S3_SECRET_ACCESS_KEY_FILE", file.toString()));
        assertThat(environment.secret("S3_SECRET_ACCESS_KEY").value()).isEqualTo(" s3cret ");
        assertThat(environment.problems().errors()).isEmpty();
    }

    @Test
    void readsTheVariablesOfLibpqFromFilesToo() throws IOException {
        Path file = Files.writeString(folder.resolve("secret"), "s3cret\n");
        Environment environment = Environment.of(Map.of("PGPASSWORD_FILE", file.toString(), "PGHOST", "h", "X", "y"));
        assertThat(environment.beginningWith("PG")).isEqualTo(Map.of("PGPASSWORD", "s3cret", "PGHOST", "h"));
    }

    @Test
    void refusesAValueAndItsFileAtOnce() throws IOException {
        Path file = Files.writeString(folder.resolve("secret"), "s3cret\n");
        Environment environment =
                Environment.of(Map.of("S3_BUCKET_FILE", file.toString(), "S3_BUCKET", "other-s3cret"));
        environment.required("S3_BUCKET");
        assertThat(environment.problems().toString())
                .contains("S3_BUCKET and S3_BUCKET_FILE are both set")
                .doesNotContain("s3cret");
    }

    @Test
    void refusesAFileThatIsMissingEmptyBinaryHugeOrAFolder() throws IOException {
        byte[] huge = "x".repeat(70_000).getBytes(StandardCharsets.UTF_8);
        Map<String, String> files = Map.of(
                "S3_ENDPOINT_FILE", folder.resolve("none").toString(),
                "S3_BUCKET_FILE",
                        Files.writeString(folder.resolve("empty"), "\n\n").toString(),
                "S3_REGION_FILE",
                        Files.write(folder.resolve("binary"), new byte[] {(byte) 0xc3})
                                .toString(),
                "BACKUP_PREFIX_FILE", Files.write(folder.resolve("huge"), huge).toString(),
                "PG_DUMP_OPTIONS_FILE",
                        Files.writeString(folder.resolve("nul"), "a\0b").toString(),
                "S3_ACCESS_KEY_ID_FILE", folder.toString());
        Environment environment = Environment.of(files);
        for (String file : files.keySet()) {
            assertThat(environment.optional(file.replace("_FILE", ""))).isEmpty();
        }
        assertThat(environment.problems().errors())
                .extracting(Problem::variable)
                .containsExactlyInAnyOrderElementsOf(files.keySet());
        assertThat(environment.required("S3_ENDPOINT")).isEmpty();
        assertThat(environment.problems().errors()).hasSize(6);
    }

    @Test
    void doesNotShowWhatAFileHolds() throws IOException {
        Path file = Files.writeString(folder.resolve("secret"), "s3cret\n");
        Environment environment = Environment.of(Map.of("BACKUP_INTERVAL_FILE", file.toString()));
        environment.duration("BACKUP_INTERVAL", HOUR, MINUTE);
        assertThat(environment.problems().toString())
                .contains("BACKUP_INTERVAL (from its file) is no length of time")
                .doesNotContain("s3cret");
    }

    @Test
    void takesTheTwoSettingsWhoseNamesEndInFileForThemselves() throws InvalidSettingsException {
        Environment environment = Environment.of(Map.of(
                "VERIFY_BACKUP_FILE", "backup_20260211_093022.sql.gz", "VERIFY_QUERIES_FILE", "/none/at-all.sql"));
        assertThat(environment.optional("VERIFY_BACKUP_FILE")).contains("backup_20260211_093022.sql.gz");
        assertThat(environment.optional("VERIFY_QUERIES_FILE")).contains("/none/at-all.sql");
        assertThat(environment.read(Environment::problems).toString()).isEqualTo("errors [], warnings []");
    }

    @Test
    void readsTheNameOfABackupFromAFile() throws IOException {
        Path file = Files.writeString(folder.resolve("name"), "backup_20260211_093022.sql.gz\n");
        Environment environment = Environment.of(Map.of("VERIFY_BACKUP_FILE_FILE", file.toString()));
        assertThat(environment.optional("VERIFY_BACKUP_FILE")).contains("backup_20260211_093022.sql.gz");
    }

    @Test
    void letsVariablesWinOverTheEnvFile() throws IOException {
        Path secret = Files.writeString(folder.resolve("secret"), "mounted\n");
        Path file = Files.writeString(folder.resolve(".env"), """
                S3_BUCKET=file
                S3_REGION=file
                BACKUP_PREFIX=file
                S3_ACCESS_KEY_ID_FILE=/none
                S3_SECRET_ACCESS_KEY=file
                VERIFY_BACKUP_FILE=file
                """);
        Environment environment = Environment.of(Map.of(
                        "S3_BUCKET", "variable",
                        "S3_REGION", "",
                        "VERIFY_BACKUP", "not a setting",
                        "S3_ACCESS_KEY_ID", "variable",
                        "S3_SECRET_ACCESS_KEY_FILE", secret.toString()))
                .withFile(file);
        assertThat(environment.optional("S3_BUCKET")).contains("variable");
        assertThat(environment.optional("S3_REGION")).contains("file");
        assertThat(environment.optional("BACKUP_PREFIX")).contains("file");
        assertThat(environment.optional("S3_ACCESS_KEY_ID")).contains("variable");
        assertThat(environment.optional("S3_SECRET_ACCESS_KEY")).contains("mounted");
        assertThat(environment.optional("VERIFY_BACKUP_FILE")).contains("file");
        assertThat(environment.problems().errors()).isEmpty();
    }

    @Test
    void warnsOfUnknownNamesThatLookLikeOurs() throws InvalidSettingsException {
        Environment environment =
                Environment.of(Map.of("BACKUP_RETENTION_DAY", "3", "PATH", "/bin", "S3_BUCKE_FILE", "x"));
        assertThat(environment.read(Environment::problems).warnings())
                .extracting(Problem::toString)
                .containsExactlyInAnyOrder(
                        "BACKUP_RETENTION_DAY is not a setting and has no effect: did you mean BACKUP_RETENTION_DAYS?",
                        "S3_BUCKE_FILE is not a setting and has no effect: did you mean S3_BUCKET_FILE?");
    }

    @Test
    void showsNoValueItself() {
        assertThat(Environment.of(Map.of("S3_SECRET_ACCESS_KEY", "s3cret")).toString())
                .isEqualTo("Environment[S3_SECRET_ACCESS_KEY]");
    }

    @Test
    void readsVariablesAsUtf8WhateverTheLocale() {
        byte[] block = "A=pä€\0B=1=2\0=C=x\0D\0E=\0".getBytes(StandardCharsets.UTF_8);
        assertThat(ProcessVariables.parse(block)).isEqualTo(Map.of("A", "pä€", "B", "1=2", "E", ""));
        assertThat(ProcessVariables.parse(new byte[] {'A', '=', (byte) 0xff, 0}))
                .isEmpty();
        assertThat(ProcessVariables.read()).containsKey("PATH");
    }

    /** Somebody pasted it into the line above or below. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "BACKUP_INTERVAL",
                "COMPRESSION_LEVEL",
                "LOG_LEVEL",
                "BACKUP_PRIVILEGES",
                "S3_REGION",
                "S3_BUCKET",
                "S3_ENDPOINT",
                "BACKUP_PREFIX"
            })
    void doesNotRepeatASecretThatWasGivenInTheWrongVariable(String name) {
        for (String secret : List.of("wJalrXUtnFEMI+K7MDENG/../bPxRfi", "pg://u:hunter2@db/..")) {
            Environment environment = Environment.of(Map.of(name, secret));
            environment.duration("BACKUP_INTERVAL", Duration.ofHours(1), Duration.ofSeconds(60));
            environment.integer("COMPRESSION_LEVEL", 6, 1, 9);
            environment.choice("LOG_LEVEL", "INFO", "INFO", "DEBUG");
            environment.bool("BACKUP_PRIVILEGES", false);
            S3Settings.from(environment);
            assertThat(environment.problems().errors())
                    .anyMatch(problem -> problem.variable().equals(name))
                    .noneMatch(problem -> problem.toString().contains("MDENG"))
                    .noneMatch(problem -> problem.toString().contains("hunter2"));
        }
    }

    @Test
    void namesTheFileThatGivesNoValueUnlessItMayBeTheSecretItself() throws IOException {
        Path empty = Files.createFile(folder.resolve("empty"));
        Environment environment = Environment.of(Map.of(
                "S3_BUCKET_FILE",
                folder.resolve("none").toString(),
                "S3_REGION_FILE",
                empty.toString(),
                "S3_ACCESS_KEY_ID_FILE",
                "wJalrXUtnFEMI",
                "S3_SECRET_ACCESS_KEY_FILE",
                "/wJalrXUtnFEMI/K7MDENG"));
        S3Settings.from(environment);
        assertThat(environment.problems().toString())
                .contains("S3_BUCKET_FILE names " + folder.resolve("none") + ", which does not exist")
                .contains("S3_REGION_FILE names " + empty + ", which is empty")
                .contains("S3_ACCESS_KEY_ID_FILE names a file, which does not exist")
                .doesNotContain("wJalrXUtnFEMI");
    }
}
