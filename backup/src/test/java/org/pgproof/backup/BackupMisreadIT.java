package org.pgproof.backup;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.pgproof.testkit.JarProcess;

/** What psql itself cannot read is backed up nevertheless, and said. */
class BackupMisreadIT {
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            CREATE FUNCTION begin() RETURNS int LANGUAGE sql AS 'SELECT 1'                       | public.begin()
            CREATE FUNCTION first_day() RETURNS date BEGIN ATOMIC SELECT begin FROM span; END    | public.first_day()
            CREATE FUNCTION f(n int) RETURNS date BEGIN ATOMIC SELECT CASE WHEN n > 0 THEN begin END FROM span; END | public.f(integer)
            """)
    void publishesWithAWarningThatNamesTheFunction(String function, String named) throws Exception {
        Place place = Place.ofNotes();
        place.database()
                .execute("CREATE TABLE span (begin date, \"end\" date); INSERT INTO span VALUES ('2026-01-01')");
        place.database().execute(function);
        JarProcess backup = place.once().run();
        assertThat(backup.awaitExit()).as(backup.log()).isZero();
        assertThat(backup.stdout()).contains("WARNING: psql cannot read the definition of FUNCTION " + named);
        assertThat(place.manifest().warnings())
                .singleElement()
                .asString()
                .contains(named, "DOES NOT RESTORE", "another name");
        assertThat(place.manifest().tables()).hasSize(2);
        assertThat(place.manifest().rows()).isEqualTo(11);
    }

    /** Names that psql takes for what they are. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            CREATE FUNCTION overlap(begin date, "end" date) RETURNS int LANGUAGE sql AS 'SELECT 1'
            CREATE FUNCTION "Begin"() RETURNS int BEGIN ATOMIC SELECT CASE WHEN true THEN 1 ELSE 2 END; SELECT 3; END
            CREATE AGGREGATE begin(int) (SFUNC = int4pl, STYPE = int)
            """)
    void warnsOfNoOther(String function) throws Exception {
        Place place = Place.ofNotes();
        place.database().execute(function);
        JarProcess backup = place.once().run();
        assertThat(backup.awaitExit()).as(backup.log()).isZero();
        assertThat(place.manifest().warnings()).isEmpty();
    }
}
