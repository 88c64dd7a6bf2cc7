package org.pgproof.backup;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pgproof.manifest.contents.TableContent;
import org.pgproof.testkit.Database;
import org.pgproof.testkit.JarProcess;

/** What the text of a dump holds, whatever the database is like. */
class BackupTextIT {
    @TempDir
    private Path folder = Path.of("");

    @Test
    void backsUpNamesWithQuotesNewlinesAndUnicode() throws Exception {
        String hostile = "o'clock \"%n\" = ü漢😀 \\ $x postgresql://";
        Place.server().createRole(hostile, hostile, "SUPERUSER");
        Place.server().createDatabase(hostile);
        Database database = new Database(Place.server(), hostile);
        database.execute("CREATE TABLE \"new\nline; -- \"\"ü漢\" (\"col\numn \\. \"\"x\" text);"
                + " INSERT INTO \"new\nline; -- \"\"ü漢\" VALUES (E'a\\nb\\t\\\\.'), (NULL), ('')");
        Place place = Place.of(database);
        JarProcess backup = place.once()
                .environment("DATABASE_URL", Place.server().url(hostile, hostile, hostile))
                .run();
        assertThat(backup.awaitExit()).as(backup.log()).isZero();
        assertThat(backup.log().lines()).allMatch(line -> line.matches("\\d{4}-.*Z (INFO|WARNING): .*"));

        TableContent table = place.manifest().tables().get(0);
        assertThat(table.name()).isEqualTo("new\nline; -- \"ü漢");
        assertThat(table.columns()).containsExactly("col\numn \\. \"x");
        assertThat(table.rows()).isEqualTo(3);
        assertThat(place.manifest().source().database()).isEqualTo(hostile);
        Restored.from(place.dumpObject(), Place.server().freshDatabase(), folder);
    }

    /** No table at all is what a wrong database looks like. */
    @Test
    void warnsOfADatabaseThatHoldsSchemasAndNoTable() throws SQLException {
        Place place = Place.ofEmptyDatabase();
        place.database().execute("CREATE SCHEMA app; CREATE VIEW app.one AS SELECT 1");
        JarProcess backup = place.once().run();
        assertThat(backup.awaitExit()).as(backup.log()).isZero();
        assertThat(backup.stdout())
                .contains("WARNING: The database has no tables with rows in this dump: is "
                        + place.database().name() + " the right one?");
        assertThat(place.manifest().counts()).containsKeys("SCHEMA", "VIEW").doesNotContainKey("TABLE");
    }

    /** As after an update of the operating system under the server's data. */
    @Test
    void passesOnThatTheServerSortsOtherwiseThanItDid() throws SQLException {
        Place place = Place.ofNotes();
        String name = place.database().name();
        place.database().execute("UPDATE pg_database SET datcollversion = '1.1' WHERE datname = '" + name + "'");
        JarProcess backup = place.once().run();
        assertThat(backup.awaitExit()).as(backup.log()).isZero();
        assertThat(backup.stdout()).containsPattern("WARNING: pg_dump: .*\"" + name + "\" has .*collation version");
        assertThat(place.manifest().warnings()).singleElement().asString().contains("collation version");
    }

    @Test
    void keepsOwnersAndGrantsWhenAsked() throws SQLException {
        Place place = Place.ofNotes();
        String reader = "reader_" + place.database().name();
        Place.server().createRole(reader, "", "");
        place.database().execute("GRANT SELECT ON notes TO " + reader);
        assertThat(place.once().environment("BACKUP_PRIVILEGES", "true").run().awaitExit())
                .isZero();
        assertThat(place.dump()).contains("GRANT SELECT ON TABLE public.notes TO " + reader, "OWNER TO");
        assertThat(place.manifest().leftOut()).doesNotContain("owners", "grants");
        assertThat(place.manifest().roles()).contains(reader);
    }

    @Test
    void leavesOwnersAndGrantsOutUnlessAsked() throws SQLException {
        Place place = Place.ofNotes();
        place.database().execute("GRANT SELECT ON notes TO pg_monitor");
        assertThat(place.once().run().awaitExit()).isZero();
        assertThat(place.dump()).doesNotContain("GRANT", "OWNER TO");
    }

    @Test
    void writesTheSameTextWhateverTheDatabaseSets() throws SQLException {
        Place place = Place.ofEmptyDatabase();
        String name = place.database().name();
        place.database()
                .execute("ALTER DATABASE " + name + " SET bytea_output = 'escape';"
                        + " ALTER DATABASE " + name + " SET quote_all_identifiers = on;"
                        + " ALTER DATABASE " + name + " SET timezone = 'Asia/Tokyo';"
                        + " ALTER DATABASE " + name + " SET datestyle = 'German';"
                        + " ALTER DATABASE " + name + " SET intervalstyle = 'iso_8601';"
                        + " ALTER DATABASE " + name + " SET extra_float_digits = -5;"
                        + " CREATE TABLE t AS SELECT '\\x00ff'::bytea, '2026-01-02 03:04Z'::timestamptz, '1 day'::interval,"
                        + " 0.1::float8 + 0.2");
        assertThat(place.once().run().awaitExit()).isZero();
        assertThat(place.dump())
                .contains("\\\\x00ff\t2026-01-02 03:04:00+00\t1 day\t0.30000000000000004\n", "COPY public.t (");
        assertThat(place.manifest().leftOut()).contains("ALTER DATABASE … SET");
    }
}
