package org.pgproof.testkit.chaos;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.pgproof.testkit.S3Server;
import software.amazon.awssdk.services.s3.model.S3Object;

/**
 * What a bucket holds at one moment.
 *
 * @param objects the digest of each, by its key
 */
record Backups(Map<String, String> objects) {
    static final String PREFIX = "postgres-backups/";

    private static final Pattern DUMP = Pattern.compile(PREFIX + "(backup_\\d{8}_\\d{6})\\.sql\\.gz");

    static Backups in(S3Server s3, String bucket) {
        return new Backups(s3.client().listObjectsV2Paginator(request -> request.bucket(bucket)).contents().stream()
                .collect(Collectors.toMap(S3Object::key, S3Object::eTag, (a, b) -> b, TreeMap::new)));
    }

    static String dump(String key) {
        return PREFIX + key + ".sql.gz";
    }

    static String manifest(String key) {
        return PREFIX + key + ".manifest.json";
    }

    static String receipt(String key) {
        return PREFIX + key + ".verification.json";
    }

    /** Returns the keys of all backups whose dump is visible. */
    Set<String> dumps() {
        Set<String> keys = new TreeSet<>();
        for (String object : objects.keySet()) {
            Matcher name = DUMP.matcher(object);
            if (name.matches()) {
                keys.add(name.group(1));
            }
        }
        return keys;
    }

    boolean has(String object) {
        return objects.containsKey(object);
    }

    /** Returns the backups whose dumps were not there before. */
    Set<String> newSince(Backups before) {
        Set<String> keys = dumps();
        keys.removeAll(before.dumps());
        return keys;
    }

    /** Returns the objects that were there before and are gone or another. */
    Set<String> changedSince(Backups before) {
        return before.objects.entrySet().stream()
                .filter(object -> !object.getValue().equals(objects.get(object.getKey())))
                .map(Map.Entry::getKey)
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
