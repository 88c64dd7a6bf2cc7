package org.pgproof.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BackupKeyTest {
    @Test
    void isNamedAfterItsSecond() {
        BackupKey key = BackupKey.at(Instant.parse("2026-02-11T09:30:22.999Z"));
        assertThat(key).hasToString("backup_20260211_093022");
        assertThat(BackupKey.parse(key.toString())).contains(key);
        assertThat(key.next()).hasToString("backup_20260211_093023").isGreaterThan(key);
    }

    @Test
    void crossesMidnightAndYears() {
        assertThat(BackupKey.at(Instant.parse("2024-12-31T23:59:59Z")).next()).hasToString("backup_20250101_000000");
        assertThat(BackupKey.parse("backup_20240229_235959")).isPresent();
        assertThat(BackupKey.parse("backup_00000101_000000")).isPresent();
        assertThat(BackupKey.parse("backup_99991231_235959")).isPresent();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "backup_",
                "backup_20241301_000000",
                "backup_20240001_000000",
                "backup_20240230_000000",
                "backup_20230229_000000",
                "backup_20240101_240000",
                "backup_20240101_236000",
                "backup_20240101_235960",
                "backup_20240101_00000",
                "backup_20240101_0000000",
                "backup_20240101-000000",
                "Backup_20240101_000000",
                " backup_20240101_000000",
                "backup_20240101_000000\n",
                "backup_2024010१_000000",
                "backup_-2240101_000000"
            })
    void knowsNoOtherForm(String name) {
        assertThat(BackupKey.parse(name)).isEmpty();
    }

    @Test
    void isAWholeSecondOfAYearWithFourDigits() {
        assertThatThrownBy(() -> new BackupKey(Instant.parse("2026-02-11T09:30:22.5Z")))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> BackupKey.at(Instant.parse("+10000-01-01T00:00:00Z")))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void isFoundInTheNamesOfItsObjectsOnly() {
        BackupKey key = BackupKey.at(Instant.parse("2026-02-11T09:30:22Z"));
        for (ObjectKind kind : ObjectKind.values()) {
            assertThat(StoredObject.keyIn(StoredObject.nameOf(key, kind), kind)).contains(key);
            assertThat(StoredObject.keyIn(StoredObject.nameOf(key, kind) + ".bak", kind))
                    .isEmpty();
        }
        assertThat(StoredObject.keyIn("backup_20260211_093022.sql.gz", ObjectKind.MANIFEST))
                .isEmpty();
    }
}
