package org.pgproof.testkit.chaos;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.pgproof.testkit.JarProcess;

/** What a PostgreSQL server, its other users, and what lies on the way to it, do wrong. */
final class ServerTroubles {
    private ServerTroubles() {}

    /** Troubles that either service meets, by name. */
    static Map<String, Trouble> ofBoth() {
        Map<String, Trouble> troubles = new LinkedHashMap<>();
        troubles.put(
                "wire cut", (Trouble.Before) (scene, random) -> scene.wire().cutAfter(random.nextInt(40_000_000)));
        troubles.put("wire cut soon", (Trouble.Before)
                (scene, random) -> scene.wire().cutAfter(random.nextInt(60_000)));
        troubles.put("wire silent for a while", (Trouble.During) (scene, random, process) -> {
            Moments.pass(random.nextInt(3000));
            scene.wire().hold();
            Moments.pass(3000 + random.nextInt(4000));
            scene.wire().heal();
        });
        troubles.put("wire slow for a while", (Trouble.During) (scene, random, process) -> {
            scene.wire().trickle();
            Moments.pass(5000);
            scene.wire().heal();
        });
        troubles.put("server refuses for a while", (Trouble.During) (scene, random, process) -> {
            scene.wire().refuse();
            Moments.pass(random.nextInt(3000));
            scene.wire().heal();
        });
        troubles.put("server restarts", (Trouble.During) (scene, random, process) -> {
            Moments.pass(random.nextInt(4000));
            scene.server().restart();
        });
        troubles.put("server crashes", (Trouble.During) (scene, random, process) -> {
            Moments.pass(random.nextInt(4000));
            scene.server().crash();
            Moments.pass(random.nextInt(1000));
            scene.server().start();
        });
        troubles.put("server frozen for a while", (Trouble.During) (scene, random, process) -> {
            Moments.pass(random.nextInt(3000));
            scene.server().pause();
            Moments.pass(2000 + random.nextInt(4000));
            scene.server().resume();
        });
        troubles.put("one session frozen for a while", (Trouble.During) (scene, random, process) -> {
            Silences.stopSession(scene, random, process);
            Moments.pass(2000 + random.nextInt(6000));
            scene.server().resume();
        });
        troubles.put("sessions terminated", (Trouble.During) (scene, random, process) -> {
            for (int times = 1 + random.nextInt(3); times > 0; times--) {
                Moments.pass(random.nextInt(2500));
                scene.server()
                        .value(
                                "postgres",
                                "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity"
                                        + " WHERE pid <> pg_backend_pid() AND backend_type = 'client backend'");
            }
        });
        troubles.put("statements cancelled", (Trouble.During) (scene, random, process) -> {
            for (int times = 5 + random.nextInt(10); times > 0; times--) {
                Moments.pass(random.nextInt(500));
                scene.server()
                        .value(
                                "postgres",
                                "SELECT count(pg_cancel_backend(pid)) FROM pg_stat_activity"
                                        + " WHERE pid <> pg_backend_pid() AND state = 'active' AND backend_type = 'client backend'");
            }
        });
        troubles.put("no connections left for a while", (Trouble.During) ServerTroubles::takeConnections);
        troubles.put("server read-only", new ReadOnly());
        return troubles;
    }

    /** Troubles that only a backup meets, by name. */
    static Map<String, Trouble> ofBackups() {
        Map<String, Trouble> troubles = new LinkedHashMap<>();
        troubles.put("table locked for a while", (Trouble.During) (scene, random, process) -> {
            Moments.pass(random.nextInt(1500));
            holding(scene, "LOCK TABLE bank.tills IN ACCESS EXCLUSIVE MODE", 2000 + random.nextInt(2000));
        });
        troubles.put(
                "money moves",
                busy("UPDATE bank.accounts SET balance = balance + CASE id WHEN %1$d THEN 1 ELSE -1"
                        + " END WHERE id IN (%1$d, %1$d %% 200 + 1)"));
        troubles.put(
                "tables come and go",
                busy("CREATE TABLE IF NOT EXISTS bank.passing (id integer PRIMARY KEY, t text);"
                        + " INSERT INTO bank.passing VALUES (%1$d, 'x') ON CONFLICT DO NOTHING; COMMIT;"
                        + " DROP TABLE bank.passing"));
        troubles.put(
                "columns come and go",
                busy("ALTER TABLE bank.tills ADD COLUMN more text DEFAULT 'm'; COMMIT;"
                        + " ALTER TABLE bank.tills DROP COLUMN more"));
        troubles.put(
                "indexes come and go",
                busy("CREATE INDEX passing ON bank.tills (note); COMMIT;"
                        + " ALTER INDEX bank.passing RENAME TO passing_%1$d; COMMIT; DROP INDEX bank.passing_%1$d"));
        troubles.put(
                "table emptied and filled",
                busy("BEGIN; TRUNCATE bank.tills; INSERT INTO bank.tills"
                        + " SELECT n, 'open', 'till ' || n FROM generate_series(1, 200) AS n; COMMIT"));
        troubles.put(
                "labels renamed",
                busy("ALTER TYPE bank.state RENAME VALUE 'open' TO 'ajar'; COMMIT;"
                        + " ALTER TYPE bank.state RENAME VALUE 'ajar' TO 'open'"));
        troubles.put(
                "functions replaced",
                busy("CREATE OR REPLACE FUNCTION bank.passing(n integer) RETURNS integer"
                        + " LANGUAGE sql IMMUTABLE AS 'SELECT %1$d'; COMMIT; DROP FUNCTION bank.passing"));
        troubles.put(
                "tables renamed",
                busy("ALTER TABLE bank.bystander RENAME TO onlooker; COMMIT;"
                        + " ALTER TABLE bank.onlooker RENAME TO bystander"));
        return troubles;
    }

    /** Troubles that only a verification meets, by name. */
    static Map<String, Trouble> ofVerifications() {
        Map<String, Trouble> troubles = new LinkedHashMap<>();
        troubles.put("temporary database dropped", (Trouble.During) (scene, random, process) -> {
            Moments.pass(1000 + random.nextInt(2500));
            for (String name : Leftovers.temporaryDatabases(scene)) {
                scene.server().execute("postgres", "DROP DATABASE IF EXISTS " + name + " WITH (FORCE)");
            }
        });
        troubles.put("temporary database visited", (Trouble.During) (scene, random, process) -> {
            Moments.pass(1000 + random.nextInt(1500));
            for (String name : Leftovers.temporaryDatabases(scene)) {
                visit(scene, name);
            }
        });
        return troubles;
    }

    /** Stays in a database until it is dropped, at most for some seconds. */
    private static void visit(Scene scene, String name) {
        try {
            scene.server().execute(name, "SELECT pg_sleep(4)");
        } catch (SQLException droppedMeanwhile) {
            // as it should be
        }
    }

    private static void takeConnections(Scene scene, Random random, JarProcess process) throws Exception {
        Moments.pass(random.nextInt(1500));
        List<Connection> taken = new ArrayList<>();
        try {
            while (taken.size() < 100) {
                taken.add(scene.server().connect("postgres"));
            }
        } catch (SQLException noneLeft) {
            Moments.pass(500 + random.nextInt(2500));
        } finally {
            for (Connection connection : taken) {
                connection.close();
            }
        }
    }

    private static void holding(Scene scene, String lock, long millis) throws SQLException, InterruptedException {
        try (Connection holder = scene.database().connect();
                Statement statement = holder.createStatement()) {
            holder.setAutoCommit(false);
            statement.execute(lock);
            Moments.pass(millis);
            holder.rollback();
        }
    }

    /** Statements that run for as long as the process does; of which some fail, as others hold locks. */
    private static Trouble.During busy(String statements) {
        return (scene, random, process) -> {
            for (int n = 1; process.isAlive(); n++) {
                try {
                    scene.database().execute("SET lock_timeout = 300; " + statements.formatted(1 + n % 200));
                } catch (SQLException lockedOut) {
                    Moments.pass(20);
                }
                Moments.pass(random.nextInt(30));
            }
            scene.database().execute("BEGIN READ WRITE; " + WHOLE_AGAIN + "COMMIT");
        };
    }

    /** Ends what a statement that failed half-way left. */
    private static final String WHOLE_AGAIN = """
            DO $$ BEGIN
                DROP TABLE IF EXISTS bank.passing;
                ALTER TABLE bank.tills DROP COLUMN IF EXISTS more;
                DROP FUNCTION IF EXISTS bank.passing;
                ALTER TABLE IF EXISTS bank.onlooker RENAME TO bystander;
                IF EXISTS (SELECT FROM pg_enum WHERE enumlabel = 'ajar') THEN
                    ALTER TYPE bank.state RENAME VALUE 'ajar' TO 'open';
                END IF;
                DECLARE name text; BEGIN
                    FOR name IN SELECT relname FROM pg_class WHERE relname LIKE 'passing%' AND relkind = 'i' LOOP
                        EXECUTE 'DROP INDEX bank.' || name;
                    END LOOP;
                END;
            END $$;
            """;

    /** Every session of today's and tomorrow's transactions may only read. */
    private static final class ReadOnly implements Trouble {
        @Override
        public void before(Scene scene, Random random) throws SQLException {
            scene.server().execute("postgres", "ALTER SYSTEM SET default_transaction_read_only = on");
            scene.server().value("postgres", "SELECT pg_reload_conf()");
        }

        @Override
        public void end(Scene scene) throws SQLException {
            scene.server().execute("postgres", "ALTER SYSTEM RESET default_transaction_read_only");
            scene.server().value("postgres", "SELECT pg_reload_conf()");
        }
    }
}
