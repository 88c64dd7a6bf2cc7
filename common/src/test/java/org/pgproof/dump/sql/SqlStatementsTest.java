package org.pgproof.dump.sql;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.pgproof.dump.sql.SqlStatements.Line;

class SqlStatementsTest {
    @Test
    void splitsAtSemicolonsAndCountsLines() {
        SqlStatements file = SqlStatements.split("-- first\nSELECT 1;\n\n/* second */ SELECT\n 2 ; SELECT 3");
        assertThat(file.statements())
                .containsExactly(new Line(2, "SELECT 1"), new Line(4, "SELECT\n 2"), new Line(5, "SELECT 3"));
        assertThat(file.backslashCommands()).isEmpty();
    }

    @Test
    void leavesSemicolonsInBodiesAlone() {
        String block = "DO $body$ BEGIN PERFORM 1; RAISE EXCEPTION 'a;b'; END $body$";
        String function =
                "CREATE OR REPLACE FUNCTION f() RETURNS int BEGIN ATOMIC SELECT CASE WHEN true THEN 1 END; END";
        String strings = "SELECT ';', E'\\';', \"a;b\", $$;$$ -- ;";
        assertThat(SqlStatements.split(block + ";" + function + ";" + strings + "\n;")
                        .statements())
                .extracting(Line::text)
                .containsExactly(block, function, strings);
    }

    @Test
    void setsBackslashCommandsApart() {
        SqlStatements file = SqlStatements.split("\\set x 1\nSELECT 1;\nSELECT 2 \\gx\n\n \\echo 'it''s; \nSELECT 3;");
        assertThat(file.statements()).containsExactly(new Line(2, "SELECT 1"), new Line(6, "SELECT 3"));
        assertThat(file.backslashCommands())
                .containsExactly(new Line(1, "\\set x 1"), new Line(3, "SELECT 2 \\gx"), new Line(5, "\\echo 'it''s;"));
    }

    @Test
    void findsNothingInCommentsAlone() {
        assertThat(SqlStatements.split("-- \\nothing;\n/* nor; here */ \n").statements())
                .isEmpty();
        assertThat(SqlStatements.split("").statements()).isEmpty();
    }

    @Test
    void skipsEmptyStatements() {
        assertThat(SqlStatements.split("; ;SELECT 1;;").statements()).containsExactly(new Line(1, "SELECT 1"));
    }

    @Test
    void keepsLettersOfEveryLanguage() {
        assertThat(SqlStatements.split("SELECT 'žluťoučký 🐴';").statements())
                .containsExactly(new Line(1, "SELECT 'žluťoučký 🐴'"));
    }

    @Test
    void readsOnAfterAStringContinuedOnAnotherLine() {
        assertThat(SqlStatements.split("SELECT E'a'\n'\\';';\nSELECT 2;").statements())
                .containsExactly(new Line(1, "SELECT E'a'\n'\\';'"), new Line(3, "SELECT 2"));
    }
}
