package org.pgproof.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.pgproof.testkit.FaultProxy.request;

import java.net.URI;
import java.sql.SQLException;
import java.time.Duration;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.pgproof.testkit.Database;
import org.pgproof.testkit.Fault;
import org.pgproof.testkit.FaultProxy;
import org.pgproof.testkit.JarProcess;

/** Failures of the store: nothing half-made is visible, nothing stays open, the log names what mends it. */
class BackupStorageIT {
    private static final Predicate<String> PART = request("PUT", "partNumber=");
    private static final Predicate<String> COMPLETION = request("POST", "uploadId=");
    private static final Predicate<String> MANIFEST = request("PUT", ".manifest.json");

    private static Database large;

    private final FaultProxy proxy = FaultProxy.to(Place.STORE.endpoint());

    /** Fills several parts. */
    @BeforeAll
    static void fill() throws SQLException {
        large = Place.server().freshDatabase();
        large.execute("CREATE TABLE noise AS SELECT n, (SELECT string_agg(md5((n * 100 + m)::text), '')"
                + " FROM generate_series(1, 50) m) AS hex FROM generate_series(1, 20000) n");
    }

    @AfterEach
    void closeProxy() {
        proxy.close();
    }

    @Test
    void endsUnsuccessfullyWhenTheStoreIsUnreachable() throws SQLException {
        Place place = Place.ofNotes();
        JarProcess backup = place.backup(URI.create("http://127.0.0.1:1"))
                .arguments("--once")
                .run();
        assertThat(backup.awaitExit()).isEqualTo(2);
        assertThat(backup.stderr())
                .contains("ERROR: Store http://127.0.0.1:1 bucket ", "check S3_ENDPOINT", "ERROR: Backup failed");
        assertThat(backup.log()).doesNotContain(Place.STORE.secretKey());
    }

    @Test
    void namesTheBucketThatDoesNotExist() throws SQLException {
        JarProcess backup = Place.ofNotes()
                .once()
                .environment("S3_BUCKET", "no-such-bucket")
                .run();
        assertThat(backup.awaitExit()).isEqualTo(2);
        assertThat(backup.stderr()).contains("Backup failed", "no-such-bucket", "S3_BUCKET");
    }

    @Test
    void asksForTheRightKeysWithoutRepeatingThem() throws SQLException {
        JarProcess backup = Place.ofNotes()
                .once()
                .environment("S3_SECRET_ACCESS_KEY", "wrong-secret")
                .environment("LOG_LEVEL", "DEBUG")
                .run();
        assertThat(backup.awaitExit()).isEqualTo(2);
        assertThat(backup.stderr()).contains("Backup failed", "S3_SECRET_ACCESS_KEY");
        assertThat(backup.log()).doesNotContain("wrong-secret");
    }

    @Test
    void publishesNothingWhenTheQuotaIsExceededMidway() {
        Place place = Place.of(large);
        proxy.fail(request("PUT", "partNumber=2&"), new Fault.Refused(403, "QuotaExceeded"));
        JarProcess backup = once(place);
        assertThat(backup.awaitExit()).as(backup.log()).isEqualTo(2);
        assertThat(backup.stderr()).contains("Backup failed", "QuotaExceeded");
        assertNothingLeft(place);
    }

    @Test
    void getsOverErrorsOfTheStoreThatPass() {
        Place place = Place.of(large);
        proxy.fail(PART, 2, new Fault.Refused(500, "InternalError"));
        proxy.fail(PART, 1, new Fault.ResetInRequest(100_000));
        JarProcess backup = once(place);
        assertThat(backup.awaitExit()).as(backup.log()).isZero();
        assertThat(place.dump()).contains("PostgreSQL database dump complete");
        assertThat(place.openUploads()).isZero();
    }

    @Test
    void publishesWhenOnlyTheAnswerToTheCompletionIsLost() throws SQLException {
        Place place = Place.ofNotes();
        proxy.fail(COMPLETION, 1, new Fault.ResetInsteadOfAnswer());
        JarProcess backup = once(place);
        assertThat(backup.awaitExit()).as(backup.log()).isZero();
        assertThat(place.dump()).contains("note 10");
        assertThat(place.manifest().rows()).isEqualTo(10);
    }

    @Test
    void takesTheManifestBackWhenTheCompletionIsRefused() throws SQLException {
        Place place = Place.ofNotes();
        proxy.fail(COMPLETION, new Fault.Refused(403, "AccessDenied"));
        assertThat(once(place).awaitExit()).isEqualTo(2);
        assertNothingLeft(place);
    }

    @Test
    void publishesNoDumpWithoutItsManifest() throws SQLException {
        Place place = Place.ofNotes();
        proxy.fail(MANIFEST, new Fault.AnswerLost(403, "AccessDenied"));
        assertThat(once(place).awaitExit()).isEqualTo(2);
        assertNothingLeft(place);
    }

    @Test
    void succeedsWithAWarningWhenExpiredBackupsCannotBeDeleted() throws SQLException {
        Place place = Place.ofNotes();
        String expired = Place.keyAged(Duration.ofDays(30));
        place.write(expired + ".sql.gz", "old");
        place.write(Place.keyAged(Duration.ofDays(20)) + ".sql.gz", "kept");
        proxy.fail(request("DELETE", expired), new Fault.Refused(403, "AccessDenied"));
        JarProcess backup = once(place);
        assertThat(backup.awaitExit()).as(backup.log()).isZero();
        assertThat(backup.stderr()).isEmpty();
        assertThat(backup.stdout())
                .contains("INFO: Backup published", "WARNING: Expired backups could not all be pruned", "AccessDenied");
        assertThat(place.dumps()).hasSize(3);
    }

    private JarProcess once(Place place) {
        return place.backup(proxy.endpoint()).arguments("--once").run();
    }

    private static void assertNothingLeft(Place place) {
        assertThat(place.keys()).isEmpty();
        assertThat(place.openUploads()).isZero();
    }
}
