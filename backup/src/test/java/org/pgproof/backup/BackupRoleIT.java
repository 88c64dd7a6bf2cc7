package org.pgproof.backup;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.pgproof.manifest.Manifest;
import org.pgproof.testkit.JarProcess;
import org.pgproof.testkit.PostgresServer;

/** What a database or the role that backs up prefers neither stops a backup nor changes it. */
class BackupRoleIT {
    private static final String SCHEMA = """
            CREATE TABLE notes (id int PRIMARY KEY, note text, at timestamptz, raw bytea, price money, span interval);
            INSERT INTO notes VALUES (1, '日本', '2026-02-11 09:30:22+00', '\\x00ff', 12.5, '1 day 02:03:04');
            CREATE FUNCTION "order"(text) RETURNS text LANGUAGE sql AS 'SELECT $1';
            CREATE VIEW seen AS SELECT id, "order"(note) AS "user" FROM notes;
            """;

    private static final String ODD = """
            client_encoding = 'LATIN1'; default_transaction_isolation = 'serializable'; default_transaction_read_only = on;
            default_transaction_deferrable = on; statement_timeout = '5s'; lock_timeout = '1ms';
            idle_in_transaction_session_timeout = '1s'; search_path = 'nowhere'; row_security = off; array_nulls = off;
            bytea_output = 'escape'; standard_conforming_strings = off; quote_all_identifiers = on; DateStyle = 'SQL, DMY';
            IntervalStyle = 'iso_8601'; TimeZone = 'Asia/Tokyo'; extra_float_digits = 0; transform_null_equals = on;
            xmloption = 'document'; check_function_bodies = off; synchronize_seqscans = off""";

    @ParameterizedTest
    @CsvSource({"DATABASE", "ROLE"})
    void isTheSameWhateverDatabaseOrRolePrefer(String whose) throws Exception {
        Place place = Place.ofEmptyDatabase();
        place.database().execute(SCHEMA);
        String role = roleThatReadsAll(place, "");
        assertThat(backup(place, role).awaitExit()).isZero();
        Manifest plain = place.manifest();
        Place again = Place.of(place.database());
        String who = whose.equals("ROLE") ? role : place.database().name();
        for (String setting : ODD.split(";", -1)) {
            Place.server().execute("postgres", "ALTER " + whose + " \"" + who + "\" SET " + setting.strip());
        }
        if (Place.server().major() >= 14) {
            Place.server().execute("postgres", "ALTER " + whose + " \"" + who + "\" SET idle_session_timeout = '1s'");
        }
        JarProcess backup = backup(again, role);
        assertThat(backup.awaitExit()).as(backup.log()).isZero();
        Manifest odd = again.manifest();
        assertThat(odd.dump().encoding()).isEqualTo("UTF8");
        assertThat(odd.tables()).isEqualTo(plain.tables());
        assertThat(odd.objects()).isEqualTo(plain.objects());
        assertThat(again.dump()).contains("日本");
    }

    /** On a server alone: pg_dump reads the names of all roles, and not every role of other tests is known in LATIN9. */
    @Test
    void takesTheEncodingAskedFor() throws Exception {
        Place place = Place.ofNotes(PostgresServer.start(Place.server().major()));
        JarProcess backup =
                place.once().environment("PG_DUMP_OPTIONS", "--encoding=LATIN9").run();
        assertThat(backup.awaitExit()).as(backup.log()).isZero();
        assertThat(place.manifest().dump().encoding()).isEqualTo("LATIN9");
    }

    @ParameterizedTest
    @CsvSource({"1", "2"})
    void saysThatTheRoleMayNotConnectOftenEnough(int limit) throws Exception {
        Place place = Place.ofNotes();
        String role = roleThatReadsAll(place, "CONNECTION LIMIT " + limit);
        JarProcess backup = backup(place, role);
        if (limit == 1) {
            assertThat(backup.awaitExit()).isEqualTo(2);
            assertThat(backup.stderr())
                    .contains("too many connections for role", "a backup needs", "CONNECTION LIMIT")
                    .hasLineCount(1);
        } else {
            assertThat(backup.awaitExit()).as(backup.log()).isZero();
        }
    }

    private static JarProcess backup(Place place, String role) {
        return place.once()
                .environment(
                        "DATABASE_URL",
                        Place.server().url(role, "secret", place.database().name()))
                .run();
    }

    private static String roleThatReadsAll(Place place, String attributes) throws Exception {
        String role = "reader_" + place.database().name();
        Place.server().createRole(role, "secret", attributes);
        place.database().execute("GRANT SELECT ON ALL TABLES IN SCHEMA public TO \"" + role + "\"");
        return role;
    }
}
