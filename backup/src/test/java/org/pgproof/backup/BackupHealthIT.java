package org.pgproof.backup;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;
import org.pgproof.testkit.JarCommand;
import org.pgproof.testkit.JarProcess;
import org.pgproof.testkit.LocalS3;

/** What the health check says of what the service did; alone, as a service of another test that just began counts too. */
@Isolated
class BackupHealthIT {
    @Test
    void isUnhealthyWhenTheNewestBackupIsTooOld() throws Exception {
        Place place = Place.ofNotes();
        try (LocalS3 store = LocalS3.start()) {
            String bucket = store.freshBucket();
            JarCommand backup = place.backup(store.endpoint()).environment(store.environment(bucket));
            assertThat(backup.arguments("--once").run().awaitExit()).isZero();
            JarCommand health = place.backup(store.endpoint())
                    .environment(store.environment(bucket))
                    .arguments("healthcheck");
            JarProcess fresh = health.run();
            assertThat(fresh.awaitExit()).as(fresh.log()).isZero();

            String dump = store.keys(bucket).stream()
                    .filter(key -> key.endsWith(".sql.gz"))
                    .findFirst()
                    .orElseThrow();
            Files.setLastModifiedTime(
                    store.folder().resolve(bucket).resolve(dump),
                    FileTime.from(Instant.now().minus(Duration.ofHours(3))));
            JarProcess old = health.run();
            assertThat(old.awaitExit()).as(old.log()).isEqualTo(1);
            assertThat(old.stderr())
                    .contains("The newest backup is 3 h 0 min old")
                    .hasLineCount(1);
            JarProcess allowed = health.environment("HEALTH_MAX_AGE", "1d").run();
            assertThat(allowed.awaitExit()).as(allowed.log()).isZero();
        }
    }
}
