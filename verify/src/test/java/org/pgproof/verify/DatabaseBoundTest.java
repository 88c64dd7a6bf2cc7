package org.pgproof.verify;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.pgproof.store.BackupKey;
import org.pgproof.verify.restore.ChosenBackup;

class DatabaseBoundTest {
    private static final long GIBIBYTE = 1L << 30;

    private static ChosenBackup foreign(long size) {
        Instant made = Instant.parse("2026-02-11T09:30:22Z");
        return new ChosenBackup(BackupKey.at(made), made, size, false, Optional.empty(), false, true);
    }

    @Test
    void isWhatPeopleSet() {
        assertThat(new DatabaseBound(OptionalLong.of(5)).of(foreign(GIBIBYTE))).isEqualTo(5);
    }

    @Test
    void growsWithTheDumpAndIsNeverSmall() {
        DatabaseBound bound = new DatabaseBound(OptionalLong.empty());
        assertThat(bound.of(foreign(0))).isEqualTo(2 * GIBIBYTE);
        assertThat(bound.of(foreign(GIBIBYTE))).isGreaterThan(100 * GIBIBYTE);
    }

    @Test
    void doesNotOverflow() {
        assertThat(new DatabaseBound(OptionalLong.empty()).of(foreign(Long.MAX_VALUE)))
                .isEqualTo(Long.MAX_VALUE);
    }
}
