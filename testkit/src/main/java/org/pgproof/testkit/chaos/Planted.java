package org.pgproof.testkit.chaos;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.pgproof.testkit.JarProcess;
import org.pgproof.testkit.ManifestSeal;
import org.pgproof.testkit.S3Server;

/**
 * The backups that every round begins with: a sound one of just now, and copies of it that claim to be weeks old, of
 * which retention may delete only one.
 */
final class Planted {
    private static final DateTimeFormatter KEY = DateTimeFormatter.ofPattern("'backup_'yyyyMMdd'_'HHmmss");
    private static final ObjectMapper JSON = new ObjectMapper();

    private final String newest;
    private final byte[] dump;
    private final byte[] manifest;
    private final byte[] receipt;

    /** The oldest of all, which nobody has verified. */
    final String expendable = daysAgo(30);

    /** The newest that a receipt calls PASSED. */
    final String proven = daysAgo(20);

    /** Of another database, in the same prefix by somebody's mistake. */
    final String foreign = daysAgo(40);

    private Planted(String newest, byte[] dump, byte[] manifest, byte[] receipt) {
        this.newest = newest;
        this.dump = dump;
        this.manifest = manifest;
        this.receipt = receipt;
    }

    /** Makes a backup and has it verified. */
    static Planted make(Scene scene) {
        String bucket = scene.s3().freshBucket();
        scene.use(bucket);
        for (Service service : List.of(Service.BACKUP, Service.VERIFY)) {
            JarProcess process = scene.healthy(service).run();
            if (process.awaitExit() != 0) {
                throw new IllegalStateException("Without any trouble, " + service + " ended so:\n" + process.log());
            }
        }
        String key = scene.backups().dumps().iterator().next();
        S3Server s3 = scene.s3();
        return new Planted(
                key,
                s3.read(bucket, Backups.dump(key)),
                s3.read(bucket, Backups.manifest(key)),
                s3.read(bucket, Backups.receipt(key)));
    }

    /** The sound backup's key. */
    String newest() {
        return newest;
    }

    /** Fills a new bucket. */
    void plant(S3Server s3, String bucket) throws IOException {
        put(s3, bucket, newest, manifest);
        put(s3, bucket, expendable, manifest(expendable, ""));
        put(s3, bucket, proven, manifest(proven, ""));
        put(s3, bucket, foreign, manifest(foreign, "1"));
        ObjectNode passed = (ObjectNode) JSON.readTree(receipt);
        s3.write(bucket, Backups.receipt(proven), JSON.writeValueAsBytes(passed.put("key", proven)));
        s3.write(bucket, Backups.PREFIX + expendable + ".sql.gz.bak", dump);
        s3.write(bucket, Backups.PREFIX + "notes.txt", manifest);
    }

    private void put(S3Server s3, String bucket, String key, byte[] itsManifest) {
        s3.write(bucket, Backups.dump(key), dump);
        s3.write(bucket, Backups.manifest(key), itsManifest);
    }

    private byte[] manifest(String key, String moreDigits) throws IOException {
        ObjectNode changed = (ObjectNode) JSON.readTree(manifest);
        changed.put("key", key);
        ObjectNode source = (ObjectNode) changed.get("source");
        source.put("systemIdentifier", source.get("systemIdentifier").asText() + moreDigits);
        return ManifestSeal.sealed(changed);
    }

    private static String daysAgo(int days) {
        return KEY.format(Instant.now().minus(days, ChronoUnit.DAYS).atOffset(ZoneOffset.UTC));
    }
}
