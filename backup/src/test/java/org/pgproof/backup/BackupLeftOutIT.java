package org.pgproof.backup;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.pgproof.backup.source.ColumnOrder;
import org.pgproof.backup.source.LeftOut;
import org.pgproof.backup.source.PartitionTriggers;
import org.pgproof.backup.source.Secrets;
import org.pgproof.postgres.ServerVersion;
import org.pgproof.testkit.Database;
import org.pgproof.testkit.JarProcess;
import org.pgproof.testkit.PostgresServer;

/** What a dump loses is said. */
class BackupLeftOutIT {
    static List<Integer> majors() {
        return PostgresServer.majors();
    }

    /** An ordinary extension makes its members by a script; here they join one that is there. */
    @ParameterizedTest
    @MethodSource("majors")
    void namesWhatUsersAddedToExtensionsAndToTheDatabaseItself(int major) throws Exception {
        Database database = PostgresServer.shared(major).freshDatabase();
        database.execute("""
                CREATE TABLE settings (id serial PRIMARY KEY, value text);
                ALTER EXTENSION plpgsql ADD TABLE settings;
                ALTER EXTENSION plpgsql ADD SEQUENCE settings_id_seq;
                """);
        database.execute("""
                INSERT INTO settings (value) VALUES ('a');
                CREATE INDEX settings_value ON settings (value);
                CREATE FUNCTION stamp() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
                CREATE TRIGGER stamp BEFORE INSERT ON settings FOR EACH ROW EXECUTE FUNCTION stamp();
                """);
        String name = database.name();
        database.execute("COMMENT ON DATABASE " + name + " IS 'ours'; GRANT CREATE ON DATABASE " + name + " TO PUBLIC");
        try (Connection connection = database.connect()) {
            connection.setAutoCommit(false);
            assertThat(LeftOut.read(connection, false))
                    .contains(
                            "rows of 1 table of extensions (public.settings)",
                            "values of 1 sequence of extensions",
                            "1 index on tables of extensions",
                            "1 trigger on tables of extensions",
                            "grants on the database itself",
                            "comment on the database itself");
            assertThat(ColumnOrder.warnings(connection)).isEmpty();
            assertThat(Secrets.warning(connection)).isEmpty();
        }
    }

    /** The first three come back otherwise than they were; those behind come back as they were. */
    @ParameterizedTest
    @MethodSource("majors")
    void namesWhatARestoreComputesEnablesOrLacks(int major) throws Exception {
        Database database = PostgresServer.shared(major).freshDatabase();
        database.execute("""
                CREATE FUNCTION twice(int) RETURNS int LANGUAGE sql IMMUTABLE AS 'SELECT $1 * 2';
                CREATE OPERATOR ## (RIGHTARG = int, FUNCTION = twice);
                CREATE TABLE by_function (a int, g int GENERATED ALWAYS AS (twice(a)) STORED);
                CREATE TABLE by_operator (a int, g int GENERATED ALWAYS AS (## a) STORED) PARTITION BY LIST (a);
                CREATE TABLE by_operator_1 PARTITION OF by_operator FOR VALUES IN (1);
                CREATE TABLE parent (id int PRIMARY KEY);
                CREATE TABLE child (parent int REFERENCES parent);
                ALTER TABLE child DISABLE TRIGGER ALL;
                CREATE TABLE log (at int UNIQUE DEFERRABLE, note text);
                ALTER TABLE log DISABLE TRIGGER ALL;
                CREATE INDEX at_note ON log (at, note);
                UPDATE pg_index SET indisvalid = false WHERE indexrelid = 'at_note'::regclass;
                """);
        database.execute("""
                CREATE TABLE by_postgres (a int DEFAULT twice(2), g text GENERATED ALWAYS AS (upper(a::text)) STORED);
                CREATE FUNCTION stamp() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
                CREATE TABLE parts (id int, note text) PARTITION BY LIST (id);
                CREATE TABLE parts_1 PARTITION OF parts FOR VALUES IN (1);
                CREATE TRIGGER stamp BEFORE INSERT ON by_postgres FOR EACH ROW EXECUTE FUNCTION stamp();
                CREATE TRIGGER stamp AFTER INSERT ON parts FOR EACH ROW EXECUTE FUNCTION stamp();
                ALTER TABLE by_postgres DISABLE TRIGGER ALL;
                ALTER TABLE parts DISABLE TRIGGER ALL;
                CREATE INDEX of_no_partition ON ONLY parts (note);
                """);
        try (Connection connection = database.connect()) {
            connection.setAutoCommit(false);
            assertThat(LeftOut.read(connection, false))
                    .filteredOn(left -> !left.equals("ALTER ROLE … SET")) // of other tests' roles on the same server
                    .containsExactly(
                            "roles and their passwords",
                            "owners",
                            "grants",
                            "values of 2 generated columns by functions of users or extensions (a restore computes them anew)",
                            "ALTER TABLE … DISABLE TRIGGER for those of 2 constraints (a restore enables them)",
                            "1 index that is not valid (public.at_note; REINDEX INDEX mends)");
        }
    }

    @Test
    void saysNothingOfWhatIsNotThere() throws Exception {
        Place place = Place.ofNotes(PostgresServer.start(Place.server().major()));
        assertThat(place.once().run().awaitExit()).isZero();
        assertThat(place.manifest().leftOut()).containsExactly("roles and their passwords", "owners", "grants");
        assertThat(place.manifest().warnings()).isEmpty();
    }

    @Test
    void namesWhatOptionsLeaveOut() throws Exception {
        Place place = Place.ofNotes();
        JarProcess backup = place.once()
                .environment("PG_DUMP_OPTIONS", "--schema=public --no-comments -T 'not this'")
                .run();
        assertThat(backup.awaitExit()).as(backup.log()).isZero();
        assertThat(place.manifest().leftOut())
                .contains(
                        "what PG_DUMP_OPTIONS leaves out (--schema=public --no-comments -T not this)",
                        "all that belongs to no chosen schema or table: large objects, extensions, publications …");
    }

    /** After any restore of a plain dump (was).code holds the note. */
    @Test
    void warnsWhereARestoreMixesUpFieldsOfStoredRows() throws Exception {
        Place place = Place.ofEmptyDatabase();
        place.database().execute("""
                CREATE TABLE parent (id int);
                CREATE TABLE child (note text) INHERITS (parent);
                CREATE TABLE unused (note text) INHERITS (parent);
                ALTER TABLE parent ADD COLUMN code text;
                CREATE TABLE in_order (note text) INHERITS (parent);
                CREATE TABLE archive (at date, was child, others in_order[]);
                INSERT INTO archive VALUES ('2026-02-11', (1, 'a note', 'a code'));
                """);
        JarProcess backup = place.once().run();
        assertThat(backup.awaitExit()).as(backup.log()).isZero();
        assertThat(backup.stdout()).contains("WARNING: A restore puts the columns of public.child into another order");
        assertThat(place.manifest().warnings())
                .singleElement()
                .asString()
                .contains("used by column was of table public.archive", "create the table anew");
    }

    /** Older servers keep no such state of a partition's, and their dumps do not mention it. */
    @ParameterizedTest
    @MethodSource("majors")
    void warnsWhereOnlyAPartitionsForeignKeyIsDisabled(int major) throws Exception {
        Database database = PostgresServer.shared(major).freshDatabase();
        database.execute("""
                CREATE TABLE parent (id int PRIMARY KEY);
                CREATE TABLE parts (id int, parent int REFERENCES parent) PARTITION BY LIST (id);
                CREATE TABLE parts_1 PARTITION OF parts FOR VALUES IN (1);
                ALTER TABLE parts_1 DISABLE TRIGGER ALL;
                """);
        ServerVersion version = new ServerVersion(major, 0);
        try (Connection connection = database.connect()) {
            Optional<String> warning = PartitionTriggers.warning(connection, version);
            assertThat(warning.filter(text -> text.contains("public.parts_1") && text.contains("DOES NOT RESTORE"))
                            .isPresent())
                    .isEqualTo(major >= 15);
            database.execute("ALTER TABLE parts DISABLE TRIGGER ALL");
            assertThat(PartitionTriggers.warning(connection, version)).isEmpty();
        }
    }

    @Test
    void warnsOfPasswordsInTheDump() throws Exception {
        Place place = Place.ofNotes();
        place.database().execute("""
                CREATE FOREIGN DATA WRAPPER away;
                CREATE SERVER elsewhere FOREIGN DATA WRAPPER away;
                CREATE USER MAPPING FOR CURRENT_USER SERVER elsewhere OPTIONS (user 'me', password 'do not log me');
                """);
        JarProcess backup = place.once().run();
        assertThat(backup.awaitExit()).as(backup.log()).isZero();
        assertThat(backup.stdout())
                .contains("WARNING: The dump holds passwords in plain text, of 1 user mapping or foreign server")
                .doesNotContain("do not log me");
    }

    @Test
    void countsWhatLiesInPgCatalogAndOptionsThatTheRoleMayNotSee() throws Exception {
        Database database = Place.ofNotes().database();
        database.execute("""
                CREATE FUNCTION pg_catalog.ours() RETURNS int LANGUAGE sql AS 'SELECT 1';
                CREATE FOREIGN DATA WRAPPER away;
                CREATE SERVER elsewhere FOREIGN DATA WRAPPER away;
                CREATE USER MAPPING FOR PUBLIC SERVER elsewhere OPTIONS (password 'hidden');
                """);
        try (Connection connection = database.connect();
                var statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            assertThat(LeftOut.read(connection, true))
                    .contains("1 object in the schema pg_catalog", "owner of the database itself");
            statement.execute("SET ROLE pg_monitor");
            assertThat(LeftOut.read(connection, false))
                    .contains("options of 1 user mapping (only a superuser's dump holds all)");
        }
    }
}
