package org.pgproof.verify;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.pgproof.store.BackupKey;
import org.pgproof.verify.restore.ChosenBackup;

/** When the newest backup is too old, whatever its verdict. */
class FreshnessTest {
    private static final Instant MADE = Instant.parse("2026-02-11T09:30:22Z");
    private static final BackupKey KEY = BackupKey.at(MADE);

    private static Freshness hourly(Duration age, Optional<Duration> maxAge) {
        return new Freshness(KEY, age, Duration.ofHours(1), maxAge);
    }

    @Test
    void isLateWhenAnotherBackupShouldHaveBeenMadeSince() {
        assertThat(hourly(Duration.ofHours(2), Optional.empty()).late()).isEmpty();
        assertThat(hourly(Duration.ofHours(3), Optional.empty()).late())
                .contains("The newest backup " + KEY
                        + " is 3 h 0 min old, and one is due every 1 h 0 min: is the backup service running?");
    }

    @Test
    void isOutdatedWhenItIsOlderThanWasAllowed() {
        Freshness outdated = hourly(Duration.ofHours(3), Optional.of(Duration.ofHours(2)));
        assertThat(outdated.outdated().orElseThrow()).contains(KEY.toString(), "VERIFY_MAX_AGE");
        assertThat(outdated.late()).isEmpty();
        assertThat(hourly(Duration.ofHours(2), Optional.of(Duration.ofHours(2))).outdated())
                .isEmpty();
    }

    @Test
    void isNotAskedOfABackupThatIsNotTheNewest() {
        ChosenBackup older = new ChosenBackup(KEY, MADE, 1, true, Optional.empty(), true, false);
        assertThat(Freshness.of(older, Optional.of(Duration.ofHours(1)), MADE.plusSeconds(99_999)))
                .isEmpty();
        ChosenBackup newest =
                new ChosenBackup(KEY, MADE, 1, true, Optional.of(Manifests.ofTables(List.of())), true, true);
        assertThat(Freshness.of(newest, Optional.empty(), MADE.plusSeconds(99_999)))
                .hasValueSatisfying(freshness -> assertThat(freshness.late()).isEmpty());
    }
}
