package org.pgproof.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.pgproof.testkit.FaultProxy.request;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.pgproof.testkit.Fault;
import org.pgproof.testkit.FaultProxy;
import org.pgproof.testkit.JarCommand;
import org.pgproof.testkit.JarProcess;
import org.pgproof.testkit.Signal;

/** SIGTERM and SIGINT in every state: an end within the grace period that leaves nothing behind. */
class BackupShutdownIT {
    private static final Duration GRACE = Duration.ofSeconds(4);
    /** For the JVM to notice the signal and to end, on a busy machine. */
    private static final Duration LEEWAY = Duration.ofSeconds(3);
    /** Dumps a little, then never ends, with a child of its own. */
    private static final String HANGING = "\"$REAL\" \"$@\" | head -c 500; sleep 600";

    @TempDir
    private Path folder = Path.of("");

    private final FaultProxy proxy = FaultProxy.to(Place.STORE.endpoint());

    @AfterEach
    void closeProxy() {
        proxy.close();
    }

    @ParameterizedTest
    @EnumSource(names = {"TERM", "INT"})
    void endsAtOnceWhileWaitingForTheNextRun(Signal signal) throws SQLException {
        Place place = Place.ofNotes();
        try (JarProcess backup = daemon(place).start()) {
            backup.awaitLog("Next backup at");
            assertThat(stop(backup, signal, Duration.ZERO)).isZero();
        }
        assertThat(place.dumps()).hasSize(1);
        assertThat(place.openUploads()).isZero();
    }

    @Test
    void endsInTimeWhileTheDatabaseIsSilent() throws Exception {
        Place place = Place.ofNotes();
        try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
                JarProcess backup = daemon(place)
                        .environment("DATABASE_URL", "postgresql://u:p@127.0.0.1:" + silent.getLocalPort() + "/shop")
                        .start()) {
            Socket connection = silent.accept();
            try {
                assertThat(stop(backup, Signal.TERM, GRACE)).isZero();
            } finally {
                connection.close(); // not before: what is collected as garbage is closed, too
            }
            assertThat(backup.stdout()).contains("WARNING: Stopped while the interrupted step was ending");
            assertThat(backup.stderr()).isEmpty();
        }
        assertNothingLeft(place);
    }

    @ParameterizedTest
    @EnumSource(names = {"TERM", "INT"})
    void abortsADumpThatDoesNotEndInTime(Signal signal) throws Exception {
        Place place = Place.ofNotes();
        try (JarProcess backup = daemon(place)
                .environment("POSTGRES_BIN_DIRS", FakePgDump.in(folder, HANGING))
                .start()) {
            awaitUpload(place);
            assertThat(stop(backup, signal, GRACE)).isZero();
            assertThat(backup.stdout()).contains("WARNING: Backup stopped before its end");
            assertThat(backup.stderr()).isEmpty();
            assertThat(backup.orphans()).isEmpty();
        }
        assertNothingLeft(place);
    }

    @Test
    void endsARunOnItsOwnUnsuccessfullyWhenItIsStopped() throws Exception {
        Place place = Place.ofNotes();
        try (JarProcess backup = daemon(place)
                .arguments("--once")
                .environment("POSTGRES_BIN_DIRS", FakePgDump.in(folder, HANGING))
                .start()) {
            awaitUpload(place);
            assertThat(stop(backup, Signal.TERM, GRACE)).isEqualTo(2);
            assertThat(backup.orphans()).isEmpty();
        }
        assertNothingLeft(place);
    }

    @Test
    void finishesADumpThatEndsInTime() throws Exception {
        Place place = Place.ofNotes();
        String slow = FakePgDump.in(
                folder,
                "touch '%1$s/started'; while [ ! -e '%1$s/go' ]; do sleep 0.1; done; exec \"$REAL\" \"$@\""
                        .formatted(folder));
        try (JarProcess backup = daemon(place)
                .environment("POSTGRES_BIN_DIRS", slow)
                .environment("SHUTDOWN_GRACE", "60")
                .start()) {
            Awaitility.await().until(() -> Files.exists(folder.resolve("started")));
            backup.send(Signal.TERM);
            backup.awaitLog("Asked to stop");
            Files.createFile(folder.resolve("go"));
            assertThat(backup.awaitExit()).isZero();
            assertThat(backup.log()).contains("Backup published").doesNotContain("Next backup");
        }
        assertThat(place.dumps()).hasSize(1);
        assertThat(place.openUploads()).isZero();
    }

    @Test
    void abortsAnUploadThatTheStoreDoesNotTake() throws SQLException {
        Place place = Place.ofNotes();
        proxy.fail(request("PUT", "partNumber="), new Fault.SilentInRequest(100));
        try (JarProcess backup = daemon(place).start()) {
            awaitRequest("partNumber=");
            assertThat(stop(backup, Signal.TERM, GRACE)).isZero();
            assertThat(backup.orphans()).isEmpty();
        }
        assertNothingLeft(place);
    }

    @Test
    void leavesNoManifestWhenItIsStoppedBeforeTheCompletion() throws SQLException {
        Place place = Place.ofNotes();
        proxy.fail(request("PUT", ".manifest.json"), new Fault.SilentInsteadOfAnswer());
        try (JarProcess backup = daemon(place).start()) {
            awaitRequest(".manifest.json");
            assertThat(stop(backup, Signal.TERM, GRACE)).isZero();
        }
        assertNothingLeft(place);
    }

    @Test
    void keepsTheNewBackupWhenItIsStoppedWhilePruning() throws SQLException {
        Place place = Place.ofNotes();
        String expired = Place.keyAged(Duration.ofDays(30));
        place.write(expired + ".sql.gz", "old");
        String kept = Place.keyAged(Duration.ofDays(20)) + ".sql.gz";
        place.write(kept, "kept");
        proxy.fail(request("DELETE", expired), new Fault.SilentInsteadOfAnswer());
        try (JarProcess backup = daemon(place).arguments("--once").start()) {
            awaitRequest("DELETE");
            assertThat(stop(backup, Signal.TERM, GRACE)).isEqualTo(2);
            assertThat(backup.stdout()).contains("Backup published");
        }
        assertThat(place.dumps()).hasSize(2).startsWith(kept);
        assertThat(place.manifest(place.dumps().get(1)).rows()).isEqualTo(10);
        assertThat(place.openUploads()).isZero();
    }

    private JarCommand daemon(Place place) {
        return place.backup(proxy.endpoint()).environment("SHUTDOWN_GRACE", Long.toString(GRACE.toSeconds()));
    }

    /** Returns the exit code, which must come in time. */
    private static int stop(JarProcess backup, Signal signal, Duration within) {
        Instant asked = Instant.now();
        int exitCode = backup.terminate(signal);
        assertThat(Duration.between(asked, Instant.now())).as(backup.log()).isLessThan(within.plus(LEEWAY));
        return exitCode;
    }

    private static void awaitUpload(Place place) {
        Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> place.openUploads() > 0);
    }

    private void awaitRequest(String part) {
        Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .until(() -> proxy.requests().stream().anyMatch(line -> line.contains(part)));
    }

    private static void assertNothingLeft(Place place) {
        assertThat(place.keys()).isEmpty();
        assertThat(place.openUploads()).isZero();
    }
}
