package org.pgproof.verify;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.pgproof.manifest.Manifest;
import org.pgproof.receipt.Receipt;
import org.pgproof.receipt.Verdict;
import org.pgproof.testkit.Database;
import org.pgproof.testkit.PostgresServer;

/** A database whose plain dump would not give it back is found out: by the drill, or in what the backup says it lacks. */
@Execution(ExecutionMode.CONCURRENT)
class LossesIT {
    private static final PostgresServer SERVER = PostgresServer.shared(15);

    /** A database that does not come back from its dump, and what the verdict's reason says then. */
    enum NotRestored {
        ROWS_THAT_NO_LONGER_MEET_THEIR_CHECK("violates check constraint", """
                CREATE FUNCTION good(integer) RETURNS boolean LANGUAGE sql IMMUTABLE AS 'SELECT $1 > 0';
                CREATE TABLE t (a integer CHECK (good(a)));
                INSERT INTO t VALUES (1);
                CREATE OR REPLACE FUNCTION good(integer) RETURNS boolean LANGUAGE sql IMMUTABLE AS 'SELECT $1 > 5';
                """),
        ROWS_WITHOUT_THE_ROW_THEY_REFER_TO("violates foreign key constraint", """
                CREATE TABLE t (id integer PRIMARY KEY);
                CREATE TABLE child (t integer REFERENCES t);
                SET session_replication_role = replica;
                INSERT INTO child VALUES (1);
                """),
        AN_INDEX_THAT_COUNTS_ON_A_SEARCH_PATH("does not exist", """
                CREATE FUNCTION twice(integer) RETURNS integer LANGUAGE sql IMMUTABLE AS 'SELECT $1 * 2';
                CREATE FUNCTION four_times(integer) RETURNS integer LANGUAGE plpgsql IMMUTABLE
                    AS 'BEGIN RETURN twice(twice($1)); END';
                CREATE TABLE t (a integer);
                INSERT INTO t VALUES (1);
                CREATE INDEX ON t (four_times(a));
                """),
        A_MATERIALIZED_VIEW_THAT_COUNTS_ON_A_SEARCH_PATH("does not exist", """
                CREATE TABLE t (a integer);
                INSERT INTO t VALUES (1);
                CREATE FUNCTION rows_of_t() RETURNS bigint LANGUAGE plpgsql
                    AS 'BEGIN RETURN (SELECT count(*) FROM t); END';
                CREATE MATERIALIZED VIEW counted AS SELECT rows_of_t();
                """),
        AN_INDEX_OF_AN_EXTENSION_THAT_COUNTS_ON_A_SEARCH_PATH("type \"earth\" does not exist", """
                CREATE EXTENSION cube;
                CREATE EXTENSION earthdistance;
                CREATE TABLE t (latitude float8, longitude float8);
                INSERT INTO t VALUES (1, 2);
                CREATE INDEX ON t USING gist (ll_to_earth(latitude, longitude));
                """),
        A_CHILD_THAT_ALLOWS_THE_NULL_ITS_PARENT_FORBIDS("violates not-null constraint", """
                CREATE TABLE t (a integer NOT NULL, b text);
                CREATE TABLE child () INHERITS (t);
                ALTER TABLE child ALTER a DROP NOT NULL;
                INSERT INTO child VALUES (NULL, 'x');
                """),
        ROWS_THAT_ARE_TWICE_UNDER_A_UNIQUE_INDEX("could not create unique index", """
                CREATE TABLE t (a integer);
                CREATE UNIQUE INDEX once ON t (a);
                UPDATE pg_index SET indisready = false, indislive = false WHERE indexrelid = 'once'::regclass;
                INSERT INTO t VALUES (1), (1);
                UPDATE pg_index SET indisready = true, indislive = true WHERE indexrelid = 'once'::regclass;
                """),
        FOREIGN_KEY_TRIGGERS_OF_ONE_PARTITION_ALONE("does not exist", """
                CREATE TABLE parent (id integer PRIMARY KEY);
                CREATE TABLE t (id integer, parent integer REFERENCES parent) PARTITION BY LIST (id);
                CREATE TABLE t_1 PARTITION OF t FOR VALUES IN (1);
                ALTER TABLE t_1 DISABLE TRIGGER ALL;
                """);

        private final String reason;
        private final String sql;

        NotRestored(String reason, String sql) {
            this.reason = reason;
            this.sql = sql;
        }
    }

    @ParameterizedTest
    @EnumSource
    void theDrillFails(NotRestored loss) throws Exception {
        Receipt receipt = backUp(loss.sql).verify(SERVER.url("postgres"));
        assertThat(receipt.verdict()).isEqualTo(Verdict.FAILED);
        assertThat(receipt.reason()).contains(loss.reason);
    }

    /** Something that no plain dump holds, and what the manifest says of it. */
    enum LeftOut {
        SETTINGS_OF_THE_DATABASE(
                "ALTER DATABASE … SET",
                "DO $$ BEGIN EXECUTE"
                        + " format('ALTER DATABASE %I SET work_mem = ''5MB''', current_database()); END $$"),
        PRIVILEGES("grants", "CREATE TABLE t (a integer); GRANT SELECT ON t TO PUBLIC"),
        VALUES_THAT_A_CHANGED_FUNCTION_COMPUTED("values of 1 generated column by functions of users", """
                CREATE FUNCTION f(integer) RETURNS integer LANGUAGE sql IMMUTABLE AS 'SELECT $1 * 2';
                CREATE TABLE t (a integer, g integer GENERATED ALWAYS AS (f(a)) STORED);
                INSERT INTO t SELECT n FROM generate_series(1, 10) n;
                CREATE OR REPLACE FUNCTION f(integer) RETURNS integer LANGUAGE sql IMMUTABLE AS 'SELECT $1 * 3';
                """),
        FOREIGN_KEYS_THAT_DO_NOT_CHECK("DISABLE TRIGGER for those of 1 constraint", """
                CREATE TABLE t (id integer PRIMARY KEY);
                CREATE TABLE child (t integer REFERENCES t);
                ALTER TABLE child DISABLE TRIGGER ALL;
                """),
        INDEXES_THAT_WERE_LEFT_UNFINISHED("1 index that is not valid (public.unfinished", """
                CREATE TABLE t (a integer);
                CREATE INDEX unfinished ON t (a);
                UPDATE pg_index SET indisvalid = false WHERE indexrelid = 'unfinished'::regclass;
                """);

        private final String words;
        private final String sql;

        LeftOut(String words, String sql) {
            this.words = words;
            this.sql = sql;
        }
    }

    @ParameterizedTest
    @EnumSource
    void theBackupSaysWhatItLacks(LeftOut loss) throws Exception {
        RoundTrip trip = backUp(loss.sql);
        Manifest manifest = trip.manifest();
        assertThat(List.of(manifest.leftOut(), manifest.warnings()).toString()).contains(loss.words);
        trip.passes(SERVER); // what is in it comes back
    }

    private static RoundTrip backUp(String sql) throws Exception {
        Database database = SERVER.freshDatabase();
        database.execute(sql);
        return new RoundTrip().backUp(database.url());
    }
}
