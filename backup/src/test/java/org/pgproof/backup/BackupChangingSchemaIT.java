package org.pgproof.backup;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.pgproof.testkit.JarProcess;

/**
 * What changes while {@code pg_dump} reads: it takes names from its snapshot and definitions from today's catalog, and a
 * dump that mixes the two does not restore, or restores something that never was.
 */
class BackupChangingSchemaIT {
    private static final String SCHEMA = """
            CREATE SCHEMA old_schema;
            CREATE TYPE colour AS ENUM ('red', 'green');
            CREATE TYPE pair AS (a int, b int);
            CREATE DOMAIN positive AS int CHECK (VALUE > 0);
            CREATE FUNCTION twice(int) RETURNS int LANGUAGE sql IMMUTABLE AS 'SELECT $1 * 2';
            CREATE FUNCTION stamp() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
            CREATE OPERATOR <-> (FUNCTION = int4pl, LEFTARG = int, RIGHTARG = int);
            CREATE TABLE old_schema.things (id int PRIMARY KEY, c colour, p pair, n positive);
            CREATE INDEX things_twice ON old_schema.things (twice(id));
            CREATE INDEX things_c ON old_schema.things (c);
            CREATE TRIGGER stamp BEFORE INSERT ON old_schema.things FOR EACH ROW EXECUTE FUNCTION stamp();
            CREATE VIEW seen AS SELECT id, c FROM old_schema.things;
            ALTER TABLE old_schema.things ADD CONSTRAINT small CHECK (id < 1000000) NOT VALID;
            CREATE TYPE unused AS ENUM ('a');
            CREATE DOMAIN unused_domain AS text;
            INSERT INTO old_schema.things SELECT n, 'red', '(1,2)', n FROM generate_series(1, 20000) n;
            """;

    @TempDir
    private Path folder = Path.of("");

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            ALTER TYPE colour RENAME VALUE 'red' TO 'rouge'    | label 'red' of public.colour       | rouge
            ALTER SCHEMA old_schema RENAME TO new_schema       | "old_schema" does not exist        | new_schema.things
            ALTER FUNCTION twice(int) RENAME TO doubled        | function public.twice              | doubled(id)
            ALTER FUNCTION stamp() SET SCHEMA old_schema       | function public.stamp              | old_schema.stamp()
            ALTER TYPE pair RENAME TO couple                   | type public.pair                   | p public.couple
            ALTER DOMAIN positive RENAME TO above              | type public.positive               | n public.above
            ALTER INDEX old_schema.things_c RENAME TO things_k | relation old_schema.things_c       | INDEX things_k
            ALTER OPERATOR <-> (int, int) SET SCHEMA old_schema | operator public.<->               | OPERATOR old_schema.<->
            CREATE OR REPLACE VIEW seen AS SELECT id, c, n FROM old_schema.things | rule _RETURN of public.seen | c,
            ALTER TABLE old_schema.things VALIDATE CONSTRAINT small | constraint old_schema.small   | CHECK ((id < 1000000)
            DROP TYPE unused                                   | type public.unused                 | things
            DROP DOMAIN unused_domain                          | type public.unused_domain          | things
            DROP OPERATOR <-> (int, int)                       | operator public.<->                | things
            """)
    void triesAgainWhenDefinitionsChangeWhilePgDumpBegins(String change, String named, String dumped) throws Exception {
        Place place = Place.ofEmptyDatabase();
        place.database().execute(SCHEMA);
        try (JarProcess backup = place.once()
                .environment("POSTGRES_BIN_DIRS", pgDumpThatWaits("", ""))
                .start()) {
            await("snapshot");
            place.database().execute(change);
            Files.createFile(folder.resolve("go"));
            assertThat(backup.awaitExit()).as(backup.log()).isZero();
            assertThat(backup.stdout()).containsOnlyOnce("trying again").contains(named);
        }
        assertThat(place.dumps()).hasSize(1);
        assertThat(place.dump()).contains(dumped);
    }

    /**
     * A grant names roles as they are called today, or by their number if they are gone; an owner is named as the snapshot
     * has it.
     */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            ALTER ROLE %1$s_reader RENAME TO %1$s_other                                    | %1$s_reader
            ALTER ROLE %1$s_owner RENAME TO %1$s_other                                     | %1$s_owner
            REVOKE ALL ON SCHEMA old_schema FROM %1$s_reader; REVOKE ALL ON seen FROM %1$s_reader; DROP ROLE %1$s_reader | %1$s_reader
            """)
    void triesAgainWhenRolesOfGrantsChangeWhilePgDumpBegins(String change, String named) throws Exception {
        Place place = Place.ofEmptyDatabase();
        String name = place.database().name();
        place.database().execute(SCHEMA + """
                CREATE ROLE %1$s_owner; CREATE ROLE %1$s_reader;
                ALTER TABLE old_schema.things OWNER TO %1$s_owner;
                GRANT USAGE ON SCHEMA old_schema TO %1$s_reader; GRANT SELECT ON seen TO %1$s_reader;
                GRANT SELECT ON old_schema.things TO PUBLIC;
                """.formatted(name));
        try (JarProcess backup = place.once()
                .environment("POSTGRES_BIN_DIRS", pgDumpThatWaits("", ""))
                .environment("BACKUP_PRIVILEGES", "true")
                .start()) {
            await("snapshot");
            place.database().execute(change.formatted(name));
            Files.createFile(folder.resolve("go"));
            assertThat(backup.awaitExit()).as(backup.log()).isZero();
            assertThat(backup.stdout()).containsOnlyOnce("trying again").contains("role " + named.formatted(name));
        }
        assertThat(place.manifest().roles()).doesNotContain(named.formatted(name));
        assertThat(place.dump()).doesNotContain(named.formatted(name));
    }

    /** Without grants the dump names roles by its snapshot alone. */
    @Test
    void takesNoNoticeOfRolesWhereNoGrantIsDumped() throws Exception {
        Place place = Place.ofEmptyDatabase();
        String name = place.database().name();
        place.database().execute(SCHEMA + """
                CREATE ROLE %1$s_reader; GRANT SELECT ON seen TO %1$s_reader;
                """.formatted(name));
        try (JarProcess backup = place.once()
                .environment("POSTGRES_BIN_DIRS", pgDumpThatWaits("", ""))
                .start()) {
            await("snapshot");
            place.database().execute("ALTER ROLE %1$s_reader RENAME TO %1$s_other".formatted(name));
            Files.createFile(folder.resolve("go"));
            assertThat(backup.awaitExit()).as(backup.log()).isZero();
            assertThat(backup.stdout()).doesNotContain("trying again");
        }
    }

    /** The labels are those of the moment at which a row is written. */
    @Test
    void triesAgainWhenLabelsAreSwappedThereAndBackWhileRowsAreWritten() throws Exception {
        Place place = Place.ofEmptyDatabase();
        place.database().execute(SCHEMA);
        String swap = """
                ALTER TYPE colour RENAME VALUE 'red' TO 'x'; ALTER TYPE colour RENAME VALUE 'green' TO 'red';
                ALTER TYPE colour RENAME VALUE 'x' TO 'green'
                """;
        try (JarProcess backup = place.once()
                .environment(
                        "POSTGRES_BIN_DIRS",
                        pgDumpThatWaits(
                                "| { dd bs=1 count=1000 2>/dev/null; touch '%1$s/rows';"
                                        + " while [ ! -e '%1$s/on' ]; do sleep 0.1; done; cat; }",
                                "touch '%1$s/go'"))
                .start()) {
            await("rows");
            place.database().execute(swap);
            place.database().execute(swap);
            Files.createFile(folder.resolve("on"));
            assertThat(backup.awaitExit()).as(backup.log()).isZero();
            assertThat(backup.stdout()).containsOnlyOnce("trying again").contains("label 'red' of public.colour");
        }
        assertThat(place.dump()).contains("\tred\t").doesNotContain("\tgreen\t");
    }

    /** Much of that happens in a busy database all the time. */
    @Test
    void takesNoNoticeOfWhatChangesNoDefinition() throws Exception {
        Place place = Place.ofEmptyDatabase();
        place.database().execute(SCHEMA + "CREATE SCHEMA staging; CREATE TABLE staging.load (id serial, c colour)");
        try (var busy = place.database().connect();
                var statement = busy.createStatement();
                JarProcess backup = place.once()
                        .environment("POSTGRES_BIN_DIRS", pgDumpThatWaits("", ""))
                        .environment("PG_DUMP_OPTIONS", "--exclude-schema=staging")
                        .start()) {
            statement.execute("CREATE TEMP TABLE session (id serial PRIMARY KEY, c colour)");
            await("snapshot");
            statement.execute("DROP TABLE session");
            for (String each : """
                    ANALYZE; VACUUM old_schema.things; REINDEX INDEX old_schema.things_c;
                    CREATE TEMP TABLE session (id int); DROP TABLE staging.load; CREATE TABLE staging.load (id int);
                    GRANT SELECT ON old_schema.things TO PUBLIC; GRANT USAGE ON SCHEMA old_schema TO PUBLIC;
                    ALTER TYPE colour ADD VALUE 'blue'; CREATE TABLE later (id int);
                    CREATE OR REPLACE FUNCTION twice(int) RETURNS int LANGUAGE sql IMMUTABLE AS 'SELECT $1 * 2';
                    ALTER TABLE old_schema.things DISABLE TRIGGER stamp; CREATE INDEX ON old_schema.things (n);
                    COMMENT ON TABLE old_schema.things IS 'busy'""".split(";", -1)) {
                statement.execute(each);
            }
            Files.createFile(folder.resolve("go"));
            assertThat(backup.awaitExit()).as(backup.log()).isZero();
            assertThat(backup.stdout()).doesNotContain("trying again");
        }
        assertThat(place.dump()).contains("CREATE TABLE old_schema.things").doesNotContain("staging");
    }

    /** One that says when it is started, with the snapshot taken, and waits until it may begin. */
    private String pgDumpThatWaits(String pipe, String first) throws IOException {
        return FakePgDump.in(
                folder,
                (first + "\ntouch '%1$s/snapshot'; while [ ! -e '%1$s/go' ]; do sleep 0.1; done; \"$REAL\" \"$@\" "
                                + pipe)
                        .formatted(folder));
    }

    private void await(String file) {
        Awaitility.await().until(() -> Files.exists(folder.resolve(file)));
    }
}
