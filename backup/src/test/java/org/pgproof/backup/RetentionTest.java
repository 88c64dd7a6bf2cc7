package org.pgproof.backup;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.pgproof.manifest.Verdict;
import org.pgproof.store.BackupKey;

class RetentionTest {
    private static final Instant NOW = Instant.parse("2026-02-11T09:30:22Z");
    private static final BackupKey PUBLISHED = BackupKey.at(NOW);

    private final List<BackupKey> dumps = new ArrayList<>(List.of(PUBLISHED));
    private final Map<BackupKey, Verdict> verdicts = new HashMap<>();
    private final List<BackupKey> asked = new ArrayList<>();

    @Test
    void expiresWhatIsOlderThanTheRetentionOldestFirst() throws IOException {
        BackupKey young = backup(1);
        BackupKey exactly = backup(7);
        BackupKey old = backup(8);
        BackupKey oldest = backup(30);
        assertThat(expired(new Retention(7, 1))).containsExactly(oldest, old).doesNotContain(young, exactly);
    }

    @Test
    void asksForNoVerdictWhenNothingIsOld() throws IOException {
        backup(1);
        assertThat(expired(new Retention(7, 1))).isEmpty();
        assertThat(asked).isEmpty();
    }

    @Test
    void asksForNoVerdictOfTheManyThatStayWhenWhatGoesProvesNothing() throws IOException {
        for (int days = 1; days < 7; days++) {
            backup(days, Verdict.FAILED);
        }
        BackupKey young = BackupKey.at(NOW.minusSeconds(60));
        dumps.add(young);
        verdicts.put(young, Verdict.COULD_NOT_VERIFY);
        BackupKey old = backup(100);
        assertThat(expired(new Retention(7, 1))).containsExactly(old);
        assertThat(asked).containsExactlyInAnyOrder(young, old);
    }

    @Test
    void keepsTheNewestBesidesThePublishedWhateverTheirAge() throws IOException {
        BackupKey newest = backup(100);
        BackupKey second = backup(200);
        BackupKey third = backup(300);
        assertThat(expired(new Retention(7, 1))).containsExactly(third, second);
        assertThat(expired(new Retention(7, 2))).containsExactly(third).doesNotContain(newest);
        assertThat(expired(new Retention(7, 5))).isEmpty();
    }

    @Test
    void doesNotCountTheFailedTowardsTheFloor() throws IOException {
        BackupKey failed = backup(100, Verdict.FAILED);
        BackupKey unknown = backup(200, Verdict.COULD_NOT_VERIFY);
        BackupKey older = backup(300);
        assertThat(expired(new Retention(7, 1))).containsExactly(older, failed).doesNotContain(unknown);
    }

    @Test
    void keepsTheNewestThatPassedHoweverOld() throws IOException {
        BackupKey unverified = backup(100);
        BackupKey restored = backup(200, Verdict.RESTORED);
        BackupKey passed = backup(300, Verdict.PASSED);
        BackupKey passedBefore = backup(400, Verdict.PASSED);
        assertThat(expired(new Retention(7, 1)))
                .containsExactly(passedBefore, restored)
                .doesNotContain(passed, unverified);
    }

    @Test
    void keepsNoOlderPassedThanAYoungOne() throws IOException {
        backup(1, Verdict.PASSED);
        BackupKey old = backup(100, Verdict.PASSED);
        assertThat(expired(new Retention(7, 1))).containsExactly(old);
    }

    @Test
    void keepsTheFailedWhereNothingElseIsLeftOnlyIfItIsYoung() throws IOException {
        BackupKey failed = backup(100, Verdict.FAILED);
        BackupKey youngFailed = backup(2, Verdict.FAILED);
        assertThat(expired(new Retention(7, 3))).containsExactly(failed).doesNotContain(youngFailed);
    }

    @Test
    void keepsThePublishedAndTheFloorWhenTheClockIsFarAhead() throws IOException {
        BackupKey yesterday = backup(1);
        BackupKey before = backup(2);
        List<BackupKey> expired =
                new Retention(7, 1).expired(dumps, PUBLISHED, NOW.plus(Duration.ofDays(36_500)), this::verdict);
        assertThat(expired).containsExactly(before).doesNotContain(yesterday, PUBLISHED);
    }

    @Test
    void expiresNothingOfTheFutureWhenTheClockWasBehind() throws IOException {
        BackupKey future = backup(-1000);
        BackupKey old = backup(100);
        assertThat(expired(new Retention(7, 1))).containsExactly(old).doesNotContain(future);
        assertThat(new Retention(7, 1).expired(dumps, PUBLISHED, Instant.EPOCH, this::verdict))
                .isEmpty();
    }

    private BackupKey backup(int daysAgo) {
        BackupKey key = BackupKey.at(NOW.minus(Duration.ofDays(daysAgo)));
        dumps.add(key);
        return key;
    }

    private BackupKey backup(int daysAgo, Verdict verdict) {
        BackupKey key = backup(daysAgo);
        verdicts.put(key, verdict);
        return key;
    }

    private List<BackupKey> expired(Retention retention) throws IOException {
        return retention.expired(dumps, PUBLISHED, NOW, this::verdict);
    }

    private Optional<Verdict> verdict(BackupKey key) {
        asked.add(key);
        return Optional.ofNullable(verdicts.get(key));
    }
}
