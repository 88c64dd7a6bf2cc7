package org.pgproof.backup.retention;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.pgproof.backup.retention.Retention.Candidate;
import org.pgproof.backup.retention.Retention.Decision;
import org.pgproof.backup.retention.Retention.Proof;
import org.pgproof.receipt.Verdict;
import org.pgproof.store.BackupKey;

class RetentionTest {
    private static final Instant NOW = Instant.parse("2026-02-11T09:30:22Z");
    private static final BackupKey PUBLISHED = BackupKey.at(NOW);

    private final List<BackupKey> dumps = new ArrayList<>(List.of(PUBLISHED));
    private final Map<BackupKey, Proof> proofs = new HashMap<>();
    private final Set<BackupKey> undescribed = new HashSet<>();
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
        proofs.put(young, Proof.NONE);
        BackupKey old = backup(100);
        assertThat(expired(new Retention(7, 1))).containsExactly(old);
        assertThat(Set.copyOf(asked)).containsExactlyInAnyOrder(young, old);
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
        assertThat(expired(new Retention(7, 1), NOW.plus(Duration.ofDays(36_500))))
                .containsExactly(before)
                .doesNotContain(yesterday, PUBLISHED);
    }

    @Test
    void expiresNothingOfTheFutureWhenTheClockWasBehind() throws IOException {
        BackupKey future = backup(-1000);
        backup(50);
        BackupKey old = backup(100);
        assertThat(expired(new Retention(7, 1))).containsExactly(old).doesNotContain(future);
        assertThat(expired(new Retention(7, 1), Instant.EPOCH)).isEmpty();
    }

    private BackupKey backup(int daysAgo) {
        BackupKey key = BackupKey.at(NOW.minus(Duration.ofDays(daysAgo)));
        dumps.add(key);
        return key;
    }

    private BackupKey backup(int daysAgo, Verdict verdict) {
        BackupKey key = backup(daysAgo);
        switch (verdict) {
            case PASSED -> proofs.put(key, Proof.PROVEN);
            case FAILED -> proofs.put(key, Proof.FAILED);
            default -> proofs.put(key, Proof.NONE);
        }
        return key;
    }

    @Test
    void aPlantedKeyNeitherTakesAPlaceAmongTheNewestNorHidesThem() throws IOException {
        BackupKey ours = backup(100);
        BackupKey future = BackupKey.at(Instant.parse("9999-12-31T23:59:59Z"));
        dumps.add(future);
        BackupKey foreign = backup(90);
        undescribed.addAll(List.of(future, foreign));
        assertThat(expired(new Retention(7, 1))).isEmpty();
        assertThat(why(future)).contains("time to come");
        assertThat(why(ours)).contains("newest 1");
    }

    @Test
    void aPlantedReceiptLetsNothingProvenGo() throws IOException {
        BackupKey planted = backup(100);
        proofs.put(planted, Proof.CLAIMED);
        BackupKey unproven = backup(99);
        BackupKey proven = backup(200, Verdict.PASSED);
        BackupKey young = backup(2);
        proofs.put(young, Proof.CLAIMED);
        assertThat(expired(new Retention(7, 1))).containsExactly(planted, unproven);
        assertThat(why(proven)).contains("newest that is proven");
    }

    @Test
    void keepsWhatClaimsToBeProvenWhereNothingIs() throws IOException {
        backup(50);
        BackupKey claimed = backup(100);
        proofs.put(claimed, Proof.CLAIMED);
        BackupKey claimedBefore = backup(200);
        proofs.put(claimedBefore, Proof.CLAIMED);
        assertThat(expired(new Retention(7, 1))).containsExactly(claimedBefore);
    }

    @Test
    void keepsWhatCannotBeKnown() throws IOException {
        backup(50);
        BackupKey unknown = backup(100);
        proofs.put(unknown, Proof.UNKNOWN);
        BackupKey old = backup(200);
        assertThat(expired(new Retention(7, 1))).containsExactly(old);
        assertThat(why(unknown)).contains("cannot be read");
    }

    private String why(BackupKey key) throws IOException {
        return new Retention(7, 1)
                .decide(candidates(), PUBLISHED, NOW, this::proof).stream()
                        .filter(decision -> decision.key().equals(key))
                        .map(Decision::reason)
                        .findFirst()
                        .orElseThrow();
    }

    private List<BackupKey> expired(Retention retention) throws IOException {
        return expired(retention, NOW);
    }

    private List<BackupKey> expired(Retention retention, Instant now) throws IOException {
        return retention.decide(candidates(), PUBLISHED, now, this::proof).stream()
                .filter(Decision::goes)
                .map(Decision::key)
                .toList();
    }

    private List<Candidate> candidates() {
        return dumps.stream()
                .map(key -> new Candidate(key, key.instant(), !undescribed.contains(key)))
                .toList();
    }

    private Proof proof(BackupKey key) {
        asked.add(key);
        return proofs.getOrDefault(key, Proof.NONE);
    }
}
