package org.pgproof.backup;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.pgproof.testkit.Database;
import org.pgproof.testkit.JarProcess;

/** The daemon from one run to the next. */
@Order(1)
class BackupScheduleIT {
    private static final String AT = "(\\S+Z) ";

    /** Takes the shortest interval there is: a minute. */
    @Test
    void outlivesADatabaseThatIsAwayAndRunsAgainAnIntervalAfterTheLastStart() throws SQLException {
        String name = "late_" + Long.toString(System.nanoTime(), 36);
        Place place = Place.of(new Database(Place.server(), name));
        try (JarProcess backup =
                place.backup().environment("BACKUP_INTERVAL", "60s").start()) {
            Instant first =
                    Instant.parse(backup.awaitLog(AT + "INFO: Starting backup").group(1));
            backup.awaitLog("ERROR: Backup failed: .*" + name);
            Instant next = Instant.parse(
                    backup.awaitLog("INFO: Next backup at (\\S+Z)").group(1));
            assertThat(Duration.between(first, next)).isBetween(Duration.ofSeconds(58), Duration.ofSeconds(62));

            Place.server().createDatabase(name);
            backup.awaitLog("INFO: Backup published");
            assertThat(place.manifest().snapshotAt()).isBetween(next.minusSeconds(2), next.plusSeconds(10));
            assertThat(place.manifest().interval()).isEqualTo(60);
            backup.awaitLog("WARNING: Not in this backup: ");
            backup.awaitLog("INFO: Not in this backup: "); // what was said once is no news
        }
    }
}
