package org.pgproof.backup.retention;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.pgproof.backup.retention.Retention.Candidate;
import org.pgproof.backup.retention.Retention.Decision;
import org.pgproof.backup.retention.Retention.Proof;
import org.pgproof.store.BackupKey;

/** What becomes of each backup and why, as tables to read: day, time, manifest, proof, decision. */
class RetentionReasonsTest {
    private static final Instant NOW = Instant.parse("2026-02-11T09:30:22Z");

    @Test
    void keepsTheFloorTheYoungAndTheLastProven() throws IOException {
        assertDecisions(new Retention(7, 2), """
                20250101_030000 described proven  | goes because it is older than 7 days
                20251201_030000 described proven  | stays because it is the newest that is proven
                20251210_030000 described failed  | goes because it is older than 7 days
                20251215_030000 described none    | goes because it is older than 7 days
                20251220_030000 described none    | stays because it is one of the newest 2 besides the new one
                20260101_030000 described none    | stays because it is one of the newest 2 besides the new one
                20260110_030000 described failed  | goes because it is older than 7 days
                20260211_093022 described none    | stays because it was just published
                """);
    }

    @Test
    void anAgeOfExactlyTheRetentionIsNotOlder() throws IOException {
        assertDecisions(new Retention(7, 1), """
                20260204_093021 described none    | goes because it is older than 7 days
                20260204_093022 described none    | stays because it is not older than 7 days
                20260210_093022 described none    | stays because it is not older than 7 days
                20260211_093022 described none    | stays because it was just published
                """);
    }

    @Test
    void whatCannotBeKnownStaysAndNoClaimOutweighsAProof() throws IOException {
        assertDecisions(new Retention(7, 1), """
                20250101_030000 described proven  | stays because it is the newest that is proven
                20250201_030000 described claimed | goes because it is older than 7 days
                20250301_030000 described unknown | stays because its receipt cannot be read
                20260210_030000 described claimed | stays because it is not older than 7 days
                20260211_093022 described none    | stays because it was just published
                """);
    }

    @Test
    void aClaimCountsWhereNothingIsProven() throws IOException {
        assertDecisions(new Retention(7, 1), """
                20250101_030000 described claimed | goes because it is older than 7 days
                20250201_030000 described claimed | stays because its receipt says PASSED, and that of no newer one does
                20250301_030000 described none    | stays because it is one of the newest 1 besides the new one
                20260211_093022 described none    | stays because it was just published
                """);
    }

    @Test
    void foreignDumpsAndThoseOfTimesToComeTakeNobodysPlace() throws IOException {
        assertDecisions(new Retention(7, 1), """
                20250101_030000 described none    | goes because it is older than 7 days
                20250201_030000 described none    | stays because it is one of the newest 1 besides the new one
                20250301_030000 foreign   none    | goes because it is older than 7 days
                20250401_030000 foreign   none    | stays because it is one of the newest 1 besides the new one
                20260211_093022 described none    | stays because it was just published
                99991231_235959 foreign   none    | stays because its name is of a time to come
                """);
    }

    @Test
    void withoutAFloorOnlyTheProvenAndTheYoungStay() throws IOException {
        assertDecisions(new Retention(0, 0), """
                20250101_030000 described proven  | stays because it is the newest that is proven
                20250201_030000 described none    | goes because it is older than 0 days
                20260211_093021 described none    | goes because it is older than 0 days
                20260211_093022 described none    | stays because it was just published
                """);
    }

    private static void assertDecisions(Retention retention, String table) throws IOException {
        List<String> lines = table.lines().toList();
        List<Candidate> dumps =
                lines.stream().map(RetentionReasonsTest::candidate).toList();
        Map<BackupKey, Proof> proofs = new HashMap<>();
        lines.forEach(line -> proofs.put(key(line), proof(line)));
        Map<BackupKey, Decision> decided =
                retention.decide(dumps, BackupKey.at(NOW), NOW, key -> proofs.getOrDefault(key, Proof.NONE)).stream()
                        .collect(Collectors.toMap(Decision::key, decision -> decision));
        String found = lines.stream()
                .map(line -> line.substring(0, line.indexOf('|')) + "| "
                        + words(Objects.requireNonNull(decided.get(key(line)))) + "\n")
                .collect(Collectors.joining());
        assertThat(found).isEqualTo(table);
    }

    private static String words(Decision decision) {
        return (decision.goes() ? "goes" : "stays") + " because " + decision.reason();
    }

    private static Candidate candidate(String line) {
        BackupKey key = key(line);
        return new Candidate(key, key.instant(), line.contains(" described "));
    }

    private static BackupKey key(String line) {
        return BackupKey.parse("backup_" + line.substring(0, 15)).orElseThrow();
    }

    private static Proof proof(String line) {
        return Proof.valueOf(line.substring(26, line.indexOf('|')).strip().toUpperCase(Locale.ROOT));
    }
}
