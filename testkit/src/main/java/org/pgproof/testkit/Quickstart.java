package org.pgproof.testkit;

import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Shows the two jars at work to a person, on servers that exist for the occasion. */
public final class Quickstart {
    private static final String BUCKET = "backups";
    private static final String DATABASE = "shop";
    private static final String DAMAGED_PREFIX = "damaged-copy";
    private static final String KEEP = "--keep";
    private static final String INSTALL = "--install";
    private static final Set<String> OPTIONS = Set.of(KEEP, INSTALL);
    private static final int PASSED = 0;
    private static final int FAILED = 3;

    private final PrintStream out;
    private final Path root = ProjectRoot.find();

    private Quickstart(PrintStream out) {
        this.out = out;
    }

    /**
     * Runs it: {@code --keep} leaves the servers running until somebody ends the process, {@code --install} installs a
     * PostgreSQL client where there is none.
     */
    public static void main(String[] arguments) {
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        List<String> words = List.of(arguments);
        if (!OPTIONS.containsAll(words)) {
            System.err.println("usage: ./quickstart [--keep] [--install]");
            System.exit(64);
        }
        try {
            new Quickstart(out).run(words.contains(KEEP), words.contains(INSTALL));
            System.exit(0);
        } catch (QuickstartFailure | IOException | UncheckedIOException | SQLException | AssertionError e) {
            if (!Run.isEnding()) {
                System.err.printf("%nThe quickstart failed. %s%n", e.getMessage());
                System.exit(1);
            }
        } catch (RuntimeException e) {
            if (!Run.isEnding()) { // else the servers go away under whatever was being done
                throw e;
            }
        } catch (InterruptedException e) {
            System.exit(130);
        }
    }

    private void run(boolean keep, boolean install) throws IOException, SQLException, InterruptedException {
        int major = new QuickstartClient(out, install).serverMajor();
        try (QuickstartFolder folder = QuickstartFolder.in(parent());
                LocalPostgres postgres = startPostgres(major);
                LocalS3 s3 = startS3(folder.path())) {
            fillShop(postgres);
            Map<String, String> environment = environment(postgres, s3);
            Duration backupTime = run("backup", Jars.backup(), environment, PASSED);
            Duration verifyTime = run("verify", Jars.verify(), environment, PASSED);
            QuickstartSummary summary = new QuickstartSummary(out, s3, BUCKET);
            summary.print(backupTime, verifyTime);
            proveTheProof(s3, environment);
            summary.printNext();
            if (keep) {
                printEnvironment(environment);
                Thread.currentThread().join();
            }
        }
    }

    private LocalPostgres startPostgres(int major) {
        LocalPostgres postgres = LocalPostgres.start(major);
        out.printf("PostgreSQL %d listens on %s:%d, just for this.%n", major, postgres.host(), postgres.port());
        return postgres;
    }

    private LocalS3 startS3(Path folder) {
        LocalS3 s3 = LocalS3.start(folder);
        s3.createBucket(BUCKET);
        out.printf("S3 listens on %s and keeps its objects in %s.%n", s3.endpoint(), folder);
        return s3;
    }

    private void fillShop(LocalPostgres postgres) throws SQLException {
        long start = System.nanoTime();
        Database shop = ShopDatabase.create(postgres, DATABASE);
        out.printf(
                "The database \"%s\" holds %s rows, made in %s.%n",
                DATABASE, Words.count(ShopDatabase.rows(shop)), Words.seconds(since(start)));
    }

    private Map<String, String> environment(LocalPostgres postgres, LocalS3 s3) {
        Map<String, String> environment = new LinkedHashMap<>();
        environment.put("DATABASE_URL", postgres.url(DATABASE));
        environment.put("S3_ENDPOINT", s3.endpoint().toString());
        environment.put("S3_BUCKET", BUCKET);
        environment.put("S3_ACCESS_KEY_ID", s3.accessKey());
        environment.put("S3_SECRET_ACCESS_KEY", s3.secretKey());
        return environment;
    }

    /** A check that cannot fail proves nothing: damages a copy of the backup and expects it to be found. */
    private void proveTheProof(LocalS3 s3, Map<String, String> environment) throws IOException {
        String backup = s3.keys(BUCKET).stream()
                .filter(key -> key.endsWith(QuickstartSummary.DUMP))
                .map(key -> key.substring(0, key.length() - QuickstartSummary.DUMP.length()))
                .findFirst()
                .orElseThrow();
        String name = backup.substring(backup.lastIndexOf('/') + 1);
        String change = new QuickstartDamage(s3, BUCKET).copy(backup, DAMAGED_PREFIX + "/" + name);
        out.printf(
                "%nAnd if it were damaged? In a copy, one digit of one price is changed, and digests made to match.%n  %s%n",
                change);
        Map<String, String> damaged = new LinkedHashMap<>(environment);
        damaged.put("BACKUP_PREFIX", DAMAGED_PREFIX);
        run("verify", Jars.verify(), damaged, FAILED);
        out.printf("%nFound, and exit code 3: that is what FAILED looks like.%n");
    }

    private Duration run(String service, JarCommand command, Map<String, String> environment, int expected) {
        out.printf("%n$ java -jar %s/target/%s.jar --once%n", service, service);
        long start = System.nanoTime();
        JarProcess ended = command.environment(environment)
                .arguments("--once")
                .folder(root)
                .listener(line -> out.println("  " + line))
                .run();
        if (ended.awaitExit() != expected) {
            throw new QuickstartFailure(
                    service + ".jar ended with exit code " + ended.awaitExit() + "; what it logged stands above.");
        }
        return since(start);
    }

    private void printEnvironment(Map<String, String> environment) {
        out.printf("%nBoth servers run until Ctrl-C. Paste this into another shell, in %s, to use them:%n%n", root);
        environment.forEach((name, value) -> out.printf("  export %s='%s'%n", name, value));
        out.printf("%n  java -jar backup/target/backup.jar --once%n  java -jar verify/target/verify.jar --once%n");
    }

    private Path parent() throws IOException {
        Path target = root.resolve("testkit/target");
        return Files.isWritable(target) ? target : ServerUser.sharedDirectory();
    }

    private static Duration since(long start) {
        return Duration.ofNanos(System.nanoTime() - start);
    }
}
