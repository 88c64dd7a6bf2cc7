package org.pgproof.settings;

import static org.pgproof.settings.Setting.Service.BACKUP;
import static org.pgproof.settings.Setting.Service.BOTH;
import static org.pgproof.settings.Setting.Service.VERIFY;

import java.util.List;
import java.util.Optional;

/** Every setting of both services: what {@code --help} shows and what a misspelt name is compared with. */
public final class Settings {
    /** All settings, in the order people should read them. */
    public static final List<Setting> ALL = List.of(
            new Setting(
                    "DATABASE_URL",
                    BOTH,
                    "required",
                    "postgresql://user:password@host:port/database?parameters, read as libpq reads it;"
                            + " or PGHOST, PGPORT, PGUSER, PGPASSWORD, PGDATABASE, PGSSLMODE … in its place"),
            new Setting("S3_ENDPOINT", BOTH, "required", "http or https URL of the S3-compatible store"),
            new Setting("S3_BUCKET", BOTH, "required", "name of the bucket"),
            new Setting("S3_ACCESS_KEY_ID", BOTH, "required", "access key of the store"),
            new Setting("S3_SECRET_ACCESS_KEY", BOTH, "required", "secret that belongs to the access key"),
            new Setting("S3_REGION", BOTH, "us-east-1", "region of the store"),
            new Setting(
                    "HTTPS_PROXY",
                    BOTH,
                    "",
                    "http://user:password@host:port of the proxy to an https store; for an http store HTTP_PROXY,"
                            + " for both ALL_PROXY; also in small letters"),
            new Setting(
                    "NO_PROXY",
                    BOTH,
                    "",
                    "names (with all below them), addresses and ranges such as 10.0.0.0/8, separated by commas, that are"
                            + " reached without the proxy; * for all"),
            new Setting(
                    "BACKUP_PREFIX",
                    BOTH,
                    "postgres-backups",
                    "key prefix of one database's backups; / for the root of the bucket"),
            new Setting(
                    "BACKUP_INTERVAL",
                    BACKUP,
                    "3600",
                    "from one backup's start to the next one's: seconds, or a number with s, m, h or d; at least 60"),
            new Setting("BACKUP_RETENTION_DAYS", BACKUP, "7", "days after which a backup is pruned; at least 1"),
            new Setting(
                    "BACKUP_RETENTION_MIN_KEEP",
                    BACKUP,
                    "1",
                    "backups besides the one just published that are never pruned, newest first; at least 1"),
            new Setting("COMPRESSION_LEVEL", BACKUP, "6", "gzip level, 1 (fast) to 9 (small)"),
            new Setting("BACKUP_COMPRESSION_THREADS", BACKUP, "the cores", "threads that compress a dump; at least 1"),
            new Setting("BACKUP_PRIVILEGES", BACKUP, "false", "true: the dump keeps owners and grants"),
            new Setting(
                    "PG_DUMP_OPTIONS",
                    BACKUP,
                    "",
                    "further options of pg_dump, quoted as in a shell; those that would break the backup are refused"),
            new Setting(
                    "BACKUP_LOCK_TIMEOUT",
                    BACKUP,
                    "5m, or the interval if that is shorter",
                    "how long a backup waits for a table that another session has locked, written as BACKUP_INTERVAL;"
                            + " at least 1"),
            new Setting("S3_MAX_PARTS", BACKUP, "10000", "parts that the store allows in one upload, 1 to 10000"),
            new Setting(
                    "VERIFY_INTERVAL",
                    VERIFY,
                    "86400",
                    "from one verification's start to the next one's, written as BACKUP_INTERVAL; at least 60"),
            new Setting("VERIFY_LATEST", VERIFY, "true", "false: verify VERIFY_BACKUP_FILE instead of the newest"),
            new Setting("VERIFY_BACKUP_FILE", VERIFY, "", "file name of one backup, when VERIFY_LATEST is false"),
            new Setting(
                    "VERIFY_QUERIES_FILE",
                    VERIFY,
                    "/app/test-queries.sql, else ./test-queries.sql",
                    "SQL file of your own checks"),
            new Setting(
                    "VERIFY_STRICT", VERIFY, "false", "true: a query of that file that errors fails the verification"),
            new Setting(
                    "VERIFY_MAX_AGE",
                    VERIFY,
                    "",
                    "how old the newest backup may be, written as BACKUP_INTERVAL; --once exits 3 when it is older"),
            new Setting(
                    "VERIFY_JOBS",
                    VERIFY,
                    "1 on the source's own server, else the cores",
                    "sessions that restore at once, at least 1; while indexes are built, as many again read rows back"),
            new Setting(
                    "VERIFY_TIMEOUT",
                    VERIFY,
                    "7d",
                    "how long one verification may take, written as BACKUP_INTERVAL; at least 60"),
            new Setting(
                    "VERIFY_MAX_BYTES",
                    VERIFY,
                    "1T",
                    "what a dump without a manifest may unpack to: bytes, or a number with K, M, G or T"),
            new Setting(
                    "VERIFY_MAX_DATABASE_BYTES",
                    VERIFY,
                    "by the backup's rows and bytes",
                    "how large the temporary database may become, written as VERIFY_MAX_BYTES"),
            new Setting(
                    "VERIFY_REQUIRE_ISOLATION",
                    VERIFY,
                    "",
                    "true: verify nothing where a dump could do harm; false: do not warn of it; by default a warning"),
            new Setting(
                    "POSTGRES_BIN_DIRS",
                    BOTH,
                    "",
                    "further folders, separated by :, to look for pg_dump and psql in before the usual ones"),
            new Setting("SHUTDOWN_GRACE", BOTH, "8", "seconds that a running step may take to finish after SIGTERM"),
            new Setting(
                    "HEALTH_MAX_AGE",
                    BOTH,
                    "two intervals",
                    "how old the newest backup, or verification, may be for healthcheck to succeed; at least 60"),
            new Setting("LOG_LEVEL", BOTH, "INFO", "DEBUG, INFO, WARNING or ERROR"),
            new Setting("LOG_FORMAT", BOTH, "text", "text, or json for one JSON object a line"));

    private Settings() {}

    /** The settings that concern one service, in the same order. */
    public static List<Setting> of(Setting.Service service) {
        return ALL.stream()
                .filter(setting -> setting.service().concerns(service))
                .toList();
    }

    /** The setting of that name, if it is one of ours. */
    public static Optional<Setting> named(String name) {
        return ALL.stream().filter(setting -> setting.name().equals(name)).findFirst();
    }
}
