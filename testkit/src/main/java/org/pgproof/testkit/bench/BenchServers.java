package org.pgproof.testkit.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.pgproof.testkit.LocalPostgres;
import org.pgproof.testkit.LocalS3;

/**
 * Starts PostgreSQL with an empty database and an S3 server on a folder, prints their addresses as {@code NAME=value}
 * lines ended by an empty one, and lets them run until its input ends: {@code BenchServers MAJOR S3_FOLDER
 * [SETTING=VALUE…]}, with further settings of PostgreSQL.
 */
public final class BenchServers {
    private static final String DATABASE = "bench";
    private static final String BUCKET = "bench";

    /** A server as one finds it where a gigabyte is a small database. */
    private static final Map<String, String> SETTINGS = Map.of(
            "shared_buffers", "512MB",
            "effective_cache_size", "2GB",
            "wal_level", "replica",
            "max_wal_size", "8GB",
            "autovacuum", "off");

    private BenchServers() {}

    /** Runs until standard input ends. */
    public static void main(String[] arguments) throws Exception {
        int major = Integer.parseInt(arguments[0]);
        Map<String, String> settings = new HashMap<>(SETTINGS);
        Arrays.stream(arguments)
                .skip(2)
                .map(setting -> setting.split("=", 2))
                .forEach(pair -> settings.put(pair[0], pair[1]));
        try (LocalPostgres postgres = LocalPostgres.start(major, settings);
                LocalS3 s3 = LocalS3.start(Path.of(arguments[1]))) {
            postgres.createDatabase(DATABASE);
            s3.createBucket(BUCKET);
            lines(postgres, s3).forEach(System.out::println);
            System.out.println();
            while (System.in.read() >= 0) {
                // Only the end of the input matters.
            }
        }
    }

    private static List<String> lines(LocalPostgres postgres, LocalS3 s3) throws IOException {
        return List.of(
                "DATABASE_URL=" + postgres.url(DATABASE),
                "S3_ENDPOINT=" + s3.endpoint(),
                "S3_BUCKET=" + BUCKET,
                "S3_ACCESS_KEY_ID=" + s3.accessKey(),
                "S3_SECRET_ACCESS_KEY=" + s3.secretKey(),
                "S3_FILES=" + Files.createDirectories(s3.folder().resolve(BUCKET)));
    }
}
