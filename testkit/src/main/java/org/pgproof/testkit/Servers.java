package org.pgproof.testkit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.SQLException;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Starts PostgreSQL with the shop in it, and an S3 server with an empty bucket, writes the services' environment for
 * them to a file, and lets them run until its input ends: {@code Servers MAJOR ENVIRONMENT_FILE}.
 */
public final class Servers {
    private Servers() {}

    /** Runs until standard input ends. */
    public static void main(String[] arguments) throws IOException, SQLException {
        if (arguments.length != 2) {
            System.err.println("usage: Servers MAJOR ENVIRONMENT_FILE");
            System.exit(64);
        }
        try (PostgresServer postgres = PostgresServer.start(Integer.parseInt(arguments[0]));
                S3Server s3 = S3Server.start()) {
            Database shop = ShopDatabase.create(postgres, "shop");
            Map<String, String> environment = new TreeMap<>(s3.environment(s3.freshBucket()));
            environment.put("DATABASE_URL", shop.url());
            write(environment, Path.of(arguments[1]));
            while (System.in.read() >= 0) {
                // Only the end of the input matters.
            }
        }
    }

    /** Writes it in one step: who waits for the file finds it whole. */
    private static void write(Map<String, String> environment, Path file) throws IOException {
        String lines = environment.entrySet().stream()
                .map(variable -> variable.getKey() + "=" + variable.getValue() + "\n")
                .collect(Collectors.joining());
        Path unfinished = file.resolveSibling(file.getFileName() + ".tmp");
        Files.writeString(unfinished, lines);
        Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
}
