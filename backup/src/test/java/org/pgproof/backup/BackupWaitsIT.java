package org.pgproof.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.sql.Connection;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.pgproof.backup.source.PgDump;
import org.pgproof.backup.source.SchemaChanges;
import org.pgproof.backup.source.SourceDatabase;
import org.pgproof.backup.source.SourceSnapshot;
import org.pgproof.backup.source.WaitLimits;
import org.pgproof.postgres.ClientTool;
import org.pgproof.postgres.ClientTools;
import org.pgproof.postgres.ConnectionSettings;
import org.pgproof.testkit.JarProcess;
import org.pgproof.testkit.Signal;

/** Nothing that others hold or withhold makes a backup wait without end. */
class BackupWaitsIT {
    private static final String DUMPS = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
            + " AND application_name LIKE 'pgproof dump %'";

    @Test
    void namesWhoHoldsALockAndGivesUpItsOwn() throws Exception {
        Place place = Place.ofNotes();
        place.database().execute("CREATE TABLE \"also locked\" (id int)");
        try (Connection holder = place.database().connect();
                var statement = holder.createStatement()) {
            holder.setAutoCommit(false);
            statement.execute("LOCK TABLE notes");
            statement.execute("UPDATE notes SET note = 'a secret' WHERE id = 1");
            JarProcess backup =
                    place.once().environment("BACKUP_LOCK_TIMEOUT", "2").run();
            assertThat(backup.awaitExit()).isEqualTo(2);
            assertThat(backup.stderr())
                    .contains("pg_dump has waited for ", " for a lock on public.notes that process ")
                    .contains("user " + Place.server().user(), "application testkit", "since 20", "idle in transaction")
                    .contains(": UPDATE notes SET note = '…' WHERE id = 1", "BACKUP_LOCK_TIMEOUT")
                    .doesNotContain("a secret")
                    .hasLineCount(1);
            Awaitility.await().until(() -> place.database().value(DUMPS).equals("0"));
        }
        assertThat(place.keys()).isEmpty();
    }

    /** Its client is gone, and it would go on waiting for the lock, with locks of its own. */
    @Test
    void endsTheSessionThatAKilledBackupLeftBehind() throws Exception {
        Place place = Place.ofNotes();
        try (Connection holder = place.database().connect();
                var statement = holder.createStatement()) {
            holder.setAutoCommit(false);
            statement.execute("LOCK TABLE notes");
            try (JarProcess killed = place.once().start()) {
                String waiting = DUMPS + " AND wait_event_type = 'Lock'";
                Awaitility.await().until(() -> place.database().value(waiting).equals("1"));
                killed.terminate(Signal.KILL);
            }
            String orphan = place.database().value(DUMPS.replace("count(*)", "pid"));
            try (JarProcess next = place.once().start()) {
                Awaitility.await()
                        .until(() -> place.database()
                                .value(DUMPS + " AND pid = " + orphan)
                                .equals("0"));
                holder.rollback();
                assertThat(next.awaitExit()).as(next.log()).isZero();
            }
        }
        assertThat(place.dumps()).hasSize(1);
    }

    @Test
    void doesNotWaitForAServerThatSaysNothingMore() throws Exception {
        Place place = Place.ofNotes();
        place.database().execute("INSERT INTO notes SELECT n, repeat('x', 1000) FROM generate_series(100, 20000) n");
        try (FreezingProxy proxy = new FreezingProxy(Place.server());
                SourceSnapshot snapshot = source(proxy.url(place.database())).snapshot()) {
            ClientTool tool =
                    new ClientTools(List.of(Place.client().folder())).forServer("pg_dump", snapshot.version());
            try (PgDump pgDump = PgDump.start(tool, snapshot, List.of())) {
                pgDump.awaitLocks();
                proxy.freeze();
                pgDump.stdout().transferTo(OutputStream.nullOutputStream());
                assertThatThrownBy(() -> pgDump.awaitSuccess(new SchemaChanges(List.of(), List.of(), List.of())))
                        .isInstanceOf(IOException.class)
                        .hasMessageContaining("pg_dump has written nothing for")
                        .hasMessageContaining("the server does not answer");
            }
        }
    }

    @Test
    void doesNotWaitForACatalogThatNeverComes() throws Exception {
        Place place = Place.ofNotes();
        try (FreezingProxy proxy = new FreezingProxy(Place.server());
                SourceSnapshot snapshot = source(proxy.url(place.database())).snapshot()) {
            proxy.freeze();
            assertThatThrownBy(snapshot::changesOfDefinitions).isInstanceOf(IOException.class);
        }
    }

    private static SourceDatabase source(String url) throws Exception {
        Duration limit = Duration.ofSeconds(2);
        return new SourceDatabase(ConnectionSettings.ofUri(url, Map.of()), 7, false, new WaitLimits(limit, limit));
    }
}
