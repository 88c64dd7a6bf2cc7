package org.pgproof.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class S3SettingsTest {
    private final Map<String, String> variables = new HashMap<>(Map.of(
            "S3_ENDPOINT", "https://s3.example.com",
            "S3_BUCKET", "shop-backups",
            "S3_ACCESS_KEY_ID", "AKIA1",
            "S3_SECRET_ACCESS_KEY", "s3cret/+="));
    private Problems problems = new Problems();

    @Test
    void readsEverythingWithItsDefaults() {
        S3Settings settings = settings();
        assertThat(problems.toString()).isEqualTo("errors [], warnings []");
        assertThat(settings.endpoint()).hasToString("https://s3.example.com");
        assertThat(settings.region()).isEqualTo("us-east-1");
        assertThat(settings.bucket()).isEqualTo("shop-backups");
        assertThat(settings.prefix()).isEqualTo("postgres-backups");
        assertThat(settings.secretAccessKey().value()).isEqualTo("s3cret/+=");
        assertThat(settings.toString()).doesNotContain("s3cret").doesNotContain("AKIA1");
    }

    @Test
    void namesEveryRequiredSettingThatIsMissing() {
        variables.clear();
        settings();
        assertThat(problems.errors())
                .extracting(Problem::variable)
                .containsExactlyInAnyOrder("S3_ENDPOINT", "S3_BUCKET", "S3_ACCESS_KEY_ID", "S3_SECRET_ACCESS_KEY");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://localhost:9000",
                "HTTPS://S3.example.com/",
                "http://[::1]:9000",
                "http://minio:9000",
                "https://host/with/path",
                "http://min-io.svc:9000",
                " https://s3.example.com "
            })
    void takesUrls(String url) {
        variables.put("S3_ENDPOINT", url);
        settings();
        assertThat(problems.errors()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"http://s3.example.com", "http://203.0.113.9:9000", "http://172.32.0.1", "http://[2001:db8::1]"})
    void warnsOfPlainTextToHostsThatAreNotLocal(String url) {
        variables.put("S3_ENDPOINT", url);
        settings();
        assertThat(problems.warnings())
                .singleElement()
                .satisfies(problem -> assertThat(problem.toString()).contains("https://"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://minio:9000",
                "http://10.1.2.3",
                "http://172.31.0.1",
                "http://192.168.1.1",
                "http://[fd00::1]",
                "http://store.internal",
                "http://127.0.0.1"
            })
    void doesNotWarnOfPlainTextOnOnesOwnNetwork(String url) {
        variables.put("S3_ENDPOINT", url);
        settings();
        assertThat(problems.warnings()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"S3_ENDPOINT", "S3_BUCKET", "S3_REGION", "BACKUP_PREFIX"})
    void refusesTheQuotesThatDockerKeeps(String name) {
        for (String quote : List.of("\"", "'")) {
            problems = new Problems();
            variables.put(name, quote + "shop-backups" + quote);
            settings();
            assertThat(problems.errors())
                    .singleElement()
                    .satisfies(problem -> assertThat(problem.toString()).contains(name, "quotes", "docker run"));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "s3.example.com",
                "minio:9000",
                "ftp://s3.example.com",
                "https://",
                "https:///path",
                "https://AKIA1:s3cret@host",
                "https://s3cret@host",
                "https://host?key=s3cret",
                "https://host#s3cret",
                "https://host:0",
                "http://under_score:9000",
                "https://host:99999",
                "https://host:s3cret",
                "https://ho st",
                "https://[::1",
                "//host",
                "s3cret",
                "https://us er:s3cret@host",
                "https://u:p%zzs3cret@host"
            })
    void refusesOtherEndpointsWithoutShowingThem(String url) {
        variables.put("S3_ENDPOINT", url);
        S3Settings settings = settings();
        assertThat(problems.errors()).extracting(Problem::variable).containsExactly("S3_ENDPOINT");
        assertThat(problems + " " + settings).doesNotContain("s3cret").doesNotContain("AKIA1");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://shop-backups.nyc3.digitaloceanspaces.com",
                "https://0a1b.r2.cloudflarestorage.com/shop-backups",
                "http://localhost:9000/shop-backups/"
            })
    void warnsOfABucketThatIsNamedTwice(String endpoint) {
        variables.put("S3_ENDPOINT", endpoint);
        settings();
        assertThat(problems.errors()).isEmpty();
        assertThat(problems.warnings()).extracting(Problem::variable).containsExactly("S3_ENDPOINT");
    }

    @ParameterizedTest
    @ValueSource(strings = {"abc", "a.b-c", "My_Bucket", "0-0"})
    void takesBucketNames(String bucket) {
        variables.put("S3_BUCKET", bucket);
        settings();
        assertThat(problems.errors()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ab",
                "s3://bucket",
                "bucket/folder",
                "-bucket",
                "bucket-",
                "a..b",
                "bück",
                "a b c",
                "..",
                "a\nb",
                "arn:aws:s3"
            })
    void refusesOtherBucketNames(String bucket) {
        variables.put("S3_BUCKET", bucket);
        settings();
        assertThat(problems.errors()).extracting(Problem::variable).containsExactly("S3_BUCKET");
        assertThat(problems.toString()).doesNotContain("\n");
    }

    @ParameterizedTest
    @CsvSource({
        "prefix,prefix",
        "/prefix/,prefix",
        "///a/b///,a/b",
        "/,''",
        "///,''",
        "a b/ü,a b/ü",
        "...,...",
        "a.b/..c,a.b/..c"
    })
    void toleratesSlashesAtTheEndsOfThePrefix(String given, String prefix) {
        variables.put("BACKUP_PREFIX", given);
        assertThat(settings().prefix()).isEqualTo(prefix);
        assertThat(problems.errors()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a//b",
                ".",
                "..",
                "a/../b",
                "a/.",
                "./a",
                "a\nb",
                "a\u0000b",
                "a\u202eb",
                " a",
                "a ",
                "a\t",
                "/../",
                "\ud800"
            })
    void refusesPrefixesThatStoresTreatDifferently(String prefix) {
        variables.put("BACKUP_PREFIX", prefix);
        settings();
        assertThat(problems.errors()).extracting(Problem::variable).containsExactly("BACKUP_PREFIX");
        assertThat(problems.toString()).doesNotContain("\n");
    }

    @Test
    void refusesAPrefixThatLeavesNoRoomForAKey() {
        variables.put("BACKUP_PREFIX", "ü".repeat(451));
        settings();
        assertThat(problems.errors()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"s3cret ", "s3\ncret", "\"s3cret\" ", "s3crét"})
    void refusesKeysThatWereCopiedWrongWithoutShowingThem(String key) {
        variables.put("S3_SECRET_ACCESS_KEY", key);
        settings();
        assertThat(problems.errors()).extracting(Problem::variable).containsExactly("S3_SECRET_ACCESS_KEY");
        assertThat(problems.toString()).doesNotContain("cret").doesNotContain("s3c");
    }

    @Test
    void refusesARegionThatIsNone() {
        variables.put("S3_REGION", "eu central 1");
        settings();
        assertThat(problems.errors()).extracting(Problem::variable).containsExactly("S3_REGION");
    }

    private S3Settings settings() {
        Environment environment = Environment.of(variables);
        problems = environment.problems();
        return S3Settings.from(environment);
    }
}
