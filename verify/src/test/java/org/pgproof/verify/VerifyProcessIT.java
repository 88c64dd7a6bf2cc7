package org.pgproof.verify;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pgproof.testkit.JarCommand;
import org.pgproof.testkit.JarProcess;
import org.pgproof.testkit.Jars;
import org.pgproof.testkit.PostgresServer;
import org.pgproof.testkit.Signal;

/** What is left of temporary databases when verify.jar is stopped, killed, or not alone. */
class VerifyProcessIT {
    /** Nobody else verifies here: what a test sees and drops is its own. */
    private static final PostgresServer SERVER = PostgresServer.start(15);

    @TempDir
    private Path folder = Path.of("");

    private final Site site = new Site(SERVER);

    private JarCommand daemon() {
        return Jars.verify()
                .environment(Site.S3.environment(site.bucket()))
                .environment("DATABASE_URL", SERVER.url("postgres"))
                .environment("SHUTDOWN_GRACE", "6");
    }

    private static boolean exists(String database) throws Exception {
        return SERVER.value("postgres", "SELECT count(*) FROM pg_database WHERE datname = '" + database + "'")
                .equals("1");
    }

    @Test
    void daemonStoppedWhileRestoringDropsItsDatabaseAndExitsZero() throws Exception {
        site.putEndless();
        try (JarProcess verify = daemon().start()) {
            String database = site.awaitSleeping(verify);
            assertThat(verify.terminate(Signal.TERM)).as(verify.log()).isZero();
            assertThat(exists(database)).isFalse();
            assertThat(verify.orphans()).isEmpty();
        }
        assertThat(site.receipt()).isEmpty();
    }

    @Test
    void singleRunStoppedWhileRestoringExitsTwo() throws Exception {
        site.putEndless();
        try (JarProcess verify = daemon().arguments("--once").start()) {
            String database = site.awaitSleeping(verify);
            assertThat(verify.terminate(Signal.INT)).as(verify.log()).isEqualTo(2);
            assertThat(exists(database)).isFalse();
            assertThat(verify.orphans()).isEmpty();
        }
    }

    @Test
    void daemonStoppedWhileQueryingDropsItsDatabaseAndExitsZero() throws Exception {
        site.putSmall();
        Path queries = Files.writeString(folder.resolve("slow.sql"), "SELECT pg_sleep(600);\n");
        try (JarProcess verify =
                daemon().environment("VERIFY_QUERIES_FILE", queries.toString()).start()) {
            String database = site.awaitSleeping(verify);
            assertThat(verify.terminate(Signal.TERM)).as(verify.log()).isZero();
            assertThat(exists(database)).isFalse();
        }
    }

    /** A lock on the database stands for the many files that make its end take long. */
    @Test
    void daemonStoppedWhileDroppingLeavesThatToTheServer() throws Exception {
        site.putEndless();
        try (Connection other = SERVER.connect("postgres");
                Statement statement = other.createStatement();
                JarProcess verify = daemon().start()) {
            String database = site.awaitSleeping(verify);
            other.setAutoCommit(false);
            statement.execute("COMMENT ON DATABASE " + database + " IS 'held'");
            assertThat(verify.terminate(Signal.TERM)).as(verify.log()).isZero();
            assertThat(verify.stdout())
                    .contains("WARNING: The server is still dropping " + database)
                    .doesNotContain("Stopped while");
            assertThat(exists(database)).isTrue();
            other.rollback();
            Awaitility.await().until(() -> !exists(database));
        }
    }

    @Test
    void idleDaemonStopsAtOnce() throws Exception {
        site.putSmall();
        try (JarProcess verify = daemon().start()) {
            verify.awaitLog("Next verification at");
            assertThat(verify.terminate(Signal.TERM)).isZero();
        }
    }

    @Test
    void dropsWhatAKilledVerifierLeftAndNothingElse() throws Exception {
        SERVER.execute("postgres", "CREATE DATABASE verify_20200101_000000");
        SERVER.execute("postgres", "CREATE DATABASE verify_of_mine CONNECTION LIMIT " + Site.MARK);
        Site living = new Site(SERVER);
        living.putEndless();
        site.putEndless();
        try (JarProcess alive =
                living.verify().environment("SHUTDOWN_GRACE", "6").start()) {
            String held = site.awaitSleeping(alive);
            String left;
            try (JarProcess killed = site.verify().start()) {
                left = site.awaitSleeping(killed);
                killed.terminate(Signal.KILL);
            }
            assertThat(exists(left)).isTrue();
            Site next = new Site(SERVER);
            next.putSmall();
            JarProcess verify = next.verify().run();
            assertThat(verify.awaitExit()).as(verify.log()).isZero();
            assertThat(verify.stdout()).contains("WARNING: Dropping " + left);
            assertThat(exists(left)).isFalse();
            assertThat(exists(held)).isTrue();
            assertThat(exists("verify_20200101_000000")).isTrue();
            assertThat(exists("verify_of_mine")).isTrue();
            assertThat(alive.terminate(Signal.TERM)).isEqualTo(2);
            assertThat(exists(held)).isFalse();
        }
        SERVER.execute("postgres", "DROP DATABASE verify_20200101_000000");
        SERVER.execute("postgres", "DROP DATABASE verify_of_mine");
    }

    /** As it is after a {@code DROP DATABASE} that was cancelled, or whose server stopped meanwhile. */
    @Test
    void dropsWhatIsHalfDropped() throws Exception {
        String left = "verify_20200102_000000";
        SERVER.execute("postgres", "CREATE ROLE " + left + " CONNECTION LIMIT " + Site.MARK);
        SERVER.execute("postgres", "CREATE DATABASE " + left + " OWNER " + left);
        SERVER.execute("postgres", "UPDATE pg_database SET datconnlimit = -2 WHERE datname = '" + left + "'");
        site.putSmall();
        JarProcess verify = site.verify().run();
        assertThat(verify.awaitExit()).as(verify.log()).isZero();
        assertThat(exists(left)).isFalse();
        assertThat(SERVER.value("postgres", "SELECT count(*) FROM pg_roles WHERE rolname = '" + left + "'"))
                .isEqualTo("0");
    }

    @Test
    void twoVerifiersDoNotDisturbEachOther() throws Exception {
        site.putSmall();
        try (JarProcess one = site.verify().start();
                JarProcess other = site.verify().start()) {
            assertThat(one.awaitExit()).as(one.log()).isZero();
            assertThat(other.awaitExit()).as(other.log()).isZero();
        }
    }

    @Test
    void cannotVerifyWhenTheServerEndsTheSession() throws Exception {
        site.putEndless();
        try (JarProcess verify = site.verify().start()) {
            String database = site.awaitSleeping(verify);
            SERVER.value(
                    "postgres",
                    "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE datname = '" + database + "'");
            assertThat(verify.awaitExit()).as(verify.log()).isEqualTo(2);
            assertThat(verify.stderr()).contains("COULD NOT VERIFY");
            assertThat(exists(database)).isFalse();
        }
        assertThat(site.receipt()).isEmpty();
    }
}
