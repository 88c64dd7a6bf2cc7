package org.pgproof.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.pgproof.settings.Environment;
import org.pgproof.settings.InvalidSettingsException;

class BackupSettingsTest {
    private static final Map<String, String> REQUIRED = Map.of(
            "DATABASE_URL", "postgresql://shop:hidden@db.example/shop",
            "S3_ENDPOINT", "https://s3.example",
            "S3_BUCKET", "backups",
            "S3_ACCESS_KEY_ID", "key",
            "S3_SECRET_ACCESS_KEY", "concealed");

    @Test
    void hasTheDefaultsThatTheHelpPromises() throws InvalidSettingsException {
        BackupSettings settings = read(Map.of());
        assertThat(settings.interval()).isEqualTo(Duration.ofHours(1));
        assertThat(settings.retentionDays()).isEqualTo(7);
        assertThat(settings.minimumKept()).isEqualTo(1);
        assertThat(settings.compressionLevel()).isEqualTo(6);
        assertThat(settings.compressionThreads()).isPositive();
        assertThat(settings.privileges()).isFalse();
        assertThat(settings.dumpOptions()).isEmpty();
        assertThat(settings.maxParts()).isEqualTo(10_000);
        assertThat(settings.store().prefix()).isEqualTo("postgres-backups");
    }

    @Test
    void readsWhatIsGiven() throws InvalidSettingsException {
        BackupSettings settings = read(Map.of(
                "BACKUP_INTERVAL", "6h",
                "BACKUP_RETENTION_DAYS", "30",
                "BACKUP_RETENTION_MIN_KEEP", "3",
                "COMPRESSION_LEVEL", "9",
                "BACKUP_PRIVILEGES", "TRUE",
                "PG_DUMP_OPTIONS", "-n 'my schema'",
                "S3_MAX_PARTS", "1000"));
        assertThat(settings.interval()).isEqualTo(Duration.ofHours(6));
        assertThat(settings.retentionDays()).isEqualTo(30);
        assertThat(settings.minimumKept()).isEqualTo(3);
        assertThat(settings.compressionLevel()).isEqualTo(9);
        assertThat(settings.privileges()).isTrue();
        assertThat(settings.dumpOptions()).containsExactly("-n", "my schema");
        assertThat(settings.maxParts()).isEqualTo(1000);
        assertThat(settings.toString()).doesNotContain("hidden", "concealed");
    }

    @Test
    void tellsAllProblemsAtOnce() {
        assertThatThrownBy(() -> read(Map.of(
                        "BACKUP_INTERVAL", "59",
                        "BACKUP_RETENTION_DAYS", "0",
                        "BACKUP_RETENTION_MIN_KEEP", "0",
                        "COMPRESSION_LEVEL", "0",
                        "BACKUP_COMPRESSION_THREADS", "0",
                        "BACKUP_PRIVILEGES", "1",
                        "PG_DUMP_OPTIONS", "'",
                        "S3_MAX_PARTS", "10001")))
                .isInstanceOfSatisfying(
                        InvalidSettingsException.class,
                        invalid -> assertThat(invalid.problems())
                                .extracting(problem -> problem.variable())
                                .containsExactly(
                                        "BACKUP_INTERVAL",
                                        "BACKUP_RETENTION_DAYS",
                                        "BACKUP_RETENTION_MIN_KEEP",
                                        "COMPRESSION_LEVEL",
                                        "BACKUP_COMPRESSION_THREADS",
                                        "BACKUP_PRIVILEGES",
                                        "PG_DUMP_OPTIONS",
                                        "S3_MAX_PARTS"));
    }

    private static BackupSettings read(Map<String, String> more) throws InvalidSettingsException {
        Map<String, String> variables = new HashMap<>(REQUIRED);
        variables.putAll(more);
        return Environment.of(variables).read(BackupSettings::from);
    }
}
