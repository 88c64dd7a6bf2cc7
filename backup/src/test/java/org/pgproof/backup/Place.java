package org.pgproof.backup;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.pgproof.manifest.Json;
import org.pgproof.manifest.Manifest;
import org.pgproof.store.BackupKey;
import org.pgproof.testkit.ClientBinaries;
import org.pgproof.testkit.Database;
import org.pgproof.testkit.JarCommand;
import org.pgproof.testkit.Jars;
import org.pgproof.testkit.PostgresServer;
import org.pgproof.testkit.S3Server;
import org.pgproof.testkit.ShopDatabase;

/** A database and an empty bucket, each of its own, on servers that all tests share, and {@code backup.jar} between them. */
record Place(Database database, String bucket) {
    static final S3Server STORE = S3Server.shared();
    static final String PREFIX = "postgres-backups/";

    /** A server for which this machine has the client of the very same major version. */
    static PostgresServer server() {
        return PostgresServer.shared(client().major());
    }

    static ClientBinaries.Client client() {
        return ClientBinaries.all().stream()
                .filter(client -> PostgresServer.majors().contains(client.major()))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("No PostgreSQL client on this machine"));
    }

    static Place of(Database database) {
        return new Place(database, STORE.freshBucket());
    }

    static Place ofEmptyDatabase() throws SQLException {
        return of(server().freshDatabase());
    }

    /** A database with one small table. */
    static Place ofNotes() throws SQLException {
        return ofNotes(server());
    }

    static Place ofNotes(PostgresServer server) throws SQLException {
        Place place = of(server.freshDatabase());
        place.database.execute("CREATE TABLE notes (id int PRIMARY KEY, note text);"
                + " INSERT INTO notes SELECT n, 'note ' || n FROM generate_series(1, 10) n");
        return place;
    }

    static Place ofShop() throws SQLException {
        return of(ShopDatabase.createFresh(server()));
    }

    /** The jar with everything it needs, through the store itself. */
    JarCommand backup() {
        return backup(STORE.endpoint());
    }

    /** The jar with everything it needs, through another way to the store. */
    JarCommand backup(URI endpoint) {
        return Jars.backup()
                .environment(STORE.environment(bucket))
                .environment("S3_ENDPOINT", endpoint.toString())
                .environment("DATABASE_URL", database.url())
                .environment("BACKUP_INTERVAL", "1h");
    }

    JarCommand once() {
        return backup().arguments("--once");
    }

    List<String> keys() {
        return STORE.keys(bucket);
    }

    /** The names of the dumps directly under the prefix, without the prefix. */
    List<String> dumps() {
        return keys().stream()
                .filter(key -> key.matches(PREFIX + "backup_\\d{8}_\\d{6}\\.sql\\.gz"))
                .map(key -> key.substring(PREFIX.length()))
                .toList();
    }

    /** The only dump's object. */
    byte[] dumpObject() {
        return read(only(dumps()));
    }

    /** The only dump, unpacked. */
    String dump() {
        return unpack(dumpObject());
    }

    /** The manifest of the only dump. */
    Manifest manifest() {
        return manifest(only(dumps()));
    }

    Manifest manifest(String dump) {
        byte[] json = read(dump.replace(".sql.gz", ".manifest.json"));
        try {
            return Json.read(new ByteArrayInputStream(json), Manifest.class);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    byte[] read(String name) {
        return STORE.read(bucket, PREFIX + name);
    }

    void write(String name, String content) {
        STORE.write(bucket, PREFIX + name, content.getBytes(StandardCharsets.UTF_8));
    }

    int openUploads() {
        return STORE.openUploads(bucket);
    }

    /** The key of a backup made so long ago. */
    static String keyAged(Duration age) {
        return BackupKey.at(Instant.now().minus(age)).toString();
    }

    static String unpack(byte[] gzip) {
        try (InputStream in = new GZIPInputStream(new ByteArrayInputStream(gzip))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String only(List<String> names) {
        if (names.size() != 1) {
            throw new AssertionError("There is not one dump: " + names);
        }
        return names.get(0);
    }
}
