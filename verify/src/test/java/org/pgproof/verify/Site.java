package org.pgproof.verify;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.zip.GZIPOutputStream;
import org.awaitility.Awaitility;
import org.pgproof.manifest.Json;
import org.pgproof.receipt.Receipt;
import org.pgproof.store.BackupKey;
import org.pgproof.testkit.Database;
import org.pgproof.testkit.JarCommand;
import org.pgproof.testkit.JarProcess;
import org.pgproof.testkit.Jars;
import org.pgproof.testkit.PostgresServer;
import org.pgproof.testkit.S3Server;

/** Where verify.jar runs: a server to restore into and a bucket of its own with backups in it. */
final class Site {
    static final S3Server S3 = S3Server.shared();

    /** The connection limit that marks a database as ours, whichever version made it. */
    static final int MARK = 20_747;

    private static final String PREFIX = "postgres-backups/";

    private static final Map<String, BackupFiles> MADE = new ConcurrentHashMap<>();

    private final PostgresServer server;
    private final String bucket = S3.freshBucket();

    Site(PostgresServer server) {
        this.server = server;
    }

    /** Returns a command that verifies the newest backup here once. */
    JarCommand verify() {
        return Jars.verify()
                .environment(S3.environment(bucket))
                .environment("DATABASE_URL", server.url("postgres"))
                .arguments("--once");
    }

    /** Puts a backup under the key that its manifest names. */
    void put(BackupFiles backup) {
        put(backup.parsedManifest().key(), backup);
    }

    void put(String key, BackupFiles backup) {
        S3.write(bucket, PREFIX + key + ".sql.gz", backup.dump());
        if (backup.manifest() != null) {
            S3.write(bucket, PREFIX + key + ".manifest.json", backup.manifest());
        }
    }

    /** Puts a dump that nothing says anything about, as of now. */
    void putForeign(byte[] gzip) {
        put(BackupKey.at(Instant.now()).toString(), new BackupFiles(gzip, null));
    }

    /** Makes a backup of a database and puts it here. */
    BackupFiles backUp(Database database) {
        BackupFiles backup = Corpus.backUp(database, S3);
        put(backup);
        return backup;
    }

    /** Puts a backup of a small table here, the same one each time. */
    BackupFiles putSmall() throws SQLException {
        return putOnce("""
                CREATE TABLE small (id integer PRIMARY KEY, word text);
                INSERT INTO small SELECT n, 'word ' || n FROM generate_series(1, 100) AS n;
                """);
    }

    /** Puts a sound backup whose restore does not end by itself: an index that waits where it is restored. */
    void putEndless() throws SQLException {
        putOnce("""
                CREATE TABLE small (id integer);
                INSERT INTO small VALUES (1);
                CREATE FUNCTION waiting(integer) RETURNS integer IMMUTABLE LANGUAGE plpgsql AS $$ BEGIN
                    IF pg_catalog.current_database() LIKE 'verify%' THEN PERFORM pg_catalog.pg_sleep(600); END IF;
                    RETURN $1;
                END $$;
                CREATE INDEX ON small (waiting(id));
                """);
    }

    /** Puts a backup of what the SQL makes here, made by the first test on this server that asks for it. */
    private BackupFiles putOnce(String sql) throws SQLException {
        String what = server + sql;
        BackupFiles backup = MADE.get(what);
        if (backup == null) {
            Database database = server.freshDatabase();
            database.execute(sql);
            backup = Corpus.backUp(database, S3);
            MADE.put(what, backup);
        }
        put(backup);
        return backup;
    }

    /** Returns the receipt of the only backup here that has one. */
    Optional<Receipt> receipt() {
        return S3.keys(bucket).stream()
                .filter(key -> key.endsWith(".verification.json"))
                .findFirst()
                .map(key -> {
                    try {
                        return Json.read(new ByteArrayInputStream(S3.read(bucket, key)), Receipt.class);
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                });
    }

    String bucket() {
        return bucket;
    }

    /** Returns how many temporary databases bear our mark, in all. */
    long temporaryDatabases() throws SQLException {
        return Long.parseLong(
                server.value("postgres", "SELECT count(*) FROM pg_database WHERE datconnlimit = " + MARK));
    }

    /** Returns the line with the verdict. */
    static String lastLine(JarProcess process) {
        List<String> lines = process.log()
                .lines()
                .filter(line -> !line.contains("The newest backup"))
                .toList();
        return lines.get(lines.size() - 1);
    }

    /** Waits until a restore or a query of this process sleeps, and returns in which database. */
    String awaitSleeping(JarProcess verifying) throws SQLException {
        String database =
                verifying.awaitLog("temporary database (verify_\\d{8}_\\d{6})").group(1);
        Awaitility.await()
                .until(() -> server.value(
                                "postgres",
                                "SELECT count(*) FROM pg_stat_activity WHERE wait_event = 'PgSleep' AND datname = '"
                                        + database + "'")
                        .equals("1"));
        return database;
    }

    /** Packs a text as other people's tools do. */
    static byte[] foreignGzip(byte[] sql) {
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(file)) {
            gzip.write(sql);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return file.toByteArray();
    }
}
