package org.pgproof.verify;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.List;
import org.pgproof.store.BackupKey;
import org.pgproof.testkit.Database;
import org.pgproof.testkit.JarProcess;
import org.pgproof.testkit.Jars;
import org.pgproof.testkit.PostgresServer;
import org.pgproof.testkit.S3Server;

/** A small database with much in it that damage can hit, and the backup that backup.jar makes of it. */
record Corpus(Database database, BackupFiles backup) {
    /** Returns the backup's own key. */
    BackupKey key() {
        return BackupKey.parse(backup.parsedManifest().key()).orElseThrow();
    }

    private static final String PREFIX = "postgres-backups/";

    static Corpus create(PostgresServer server, S3Server s3) throws SQLException {
        Database database = server.freshDatabase();
        database.execute(resource("corpus.sql"));
        return new Corpus(database, backUp(database, s3));
    }

    /** Returns the backup that backup.jar makes of a database now. */
    static BackupFiles backUp(Database database, S3Server s3) {
        String bucket = s3.freshBucket();
        JarProcess backup = Jars.backup()
                .environment(s3.environment(bucket))
                .environment("DATABASE_URL", database.url())
                .arguments("--once")
                .run();
        if (backup.awaitExit() != 0) {
            throw new AssertionError("The backup failed:\n" + backup.log());
        }
        List<String> keys = s3.keys(bucket);
        return new BackupFiles(s3.read(bucket, only(keys, ".sql.gz")), s3.read(bucket, only(keys, ".manifest.json")));
    }

    private static String only(List<String> keys, String suffix) {
        return keys.stream()
                .filter(key -> key.startsWith(PREFIX) && key.endsWith(suffix))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no " + suffix + " among " + keys));
    }

    /** Returns the text of a resource beside this class. */
    static String resource(String name) {
        try (InputStream text = Corpus.class.getResourceAsStream(name)) {
            if (text == null) {
                throw new IllegalStateException("no resource " + name);
            }
            return new String(text.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
