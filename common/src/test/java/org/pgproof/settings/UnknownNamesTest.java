package org.pgproof.settings;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UnknownNamesTest {
    @ParameterizedTest
    @CsvSource({
        "BACKUP_RETENTION_DAY,BACKUP_RETENTION_DAYS",
        "BACKUP_RETENTION,BACKUP_RETENTION_DAYS",
        "backup_interval,BACKUP_INTERVAL",
        "BACKUP-INTERVAL,BACKUP_INTERVAL",
        "BACKUP_INTERVALL,BACKUP_INTERVAL",
        "BACKUP_INTERVAL_SECONDS,BACKUP_INTERVAL",
        "BACKUP_COMPRESSION_LEVEL,COMPRESSION_LEVEL",
        "S3_ACCESS_KEY,S3_ACCESS_KEY_ID",
        "S3_SECRET_KEY,S3_SECRET_ACCESS_KEY",
        "S3_BUCKET_NAME,S3_BUCKET",
        "S3_ENDPOINT_URL,S3_ENDPOINT",
        "DATABASE_URI,DATABASE_URL",
        "POSTGRES_BIN_DIR,POSTGRES_BIN_DIRS",
        "VERIFY_LATST,VERIFY_LATEST",
        "PGDUMP_OPTIONS,PG_DUMP_OPTIONS"
    })
    void findsTheNameThatWasMeant(String unknown, String meant) {
        assertThat(UnknownNames.nearest(unknown)).contains(meant);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "PATH",
                "HOME",
                "LANG",
                "LOG",
                "HOSTNAME",
                "POSTGRES_DB",
                "POSTGRES_PASSWORD",
                "PGDATA",
                "PGHOST",
                "AWS_REGION",
                "RAILWAY_SERVICE_NAME",
                "JAVA_TOOL_OPTIONS",
                "DATABASE_PUBLIC_URL",
                "S3",
                "BACKUP",
                "VERIFY",
                "INTERVAL",
                ""
            })
    void leavesOtherPeoplesNamesAlone(String other) {
        assertThat(UnknownNames.nearest(other)).isEmpty();
    }
}
