package org.pgproof.verify;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.pgproof.testkit.Database;
import org.pgproof.testkit.JarCommand;
import org.pgproof.testkit.JarProcess;
import org.pgproof.testkit.PostgresServer;

/** The user's own checks, run by verify.jar. */
class VerifyQueriesIT {
    /** Nobody else verifies here: what a test sees and drops is its own. */
    private static final PostgresServer SERVER = PostgresServer.start(15);

    @TempDir
    private Path folder = Path.of("");

    private final Site site = new Site(SERVER);

    @BeforeEach
    void backUp() throws Exception {
        site.putSmall();
    }

    private JarCommand verify(String sql) throws IOException {
        Path file = Files.writeString(folder.resolve("mine.sql"), sql);
        return site.verify().environment("VERIFY_QUERIES_FILE", file.toString());
    }

    @Test
    void allRunAndErrorsAreWarnings() throws Exception {
        JarProcess verify = verify("""
                SELECT count(*) FROM small;
                SELECT * FROM no_such_table;
                \\echo not run
                SELECT id < 1000 FROM small WHERE id = 7;
                CREATE FUNCTION f() RETURNS integer BEGIN ATOMIC SELECT 1; SELECT 2; END;
                SELECT 'the last';
                """).run();
        assertThat(verify.awaitExit()).as(verify.log()).isZero();
        assertThat(verify.stdout())
                .contains("Query on line 1: 100", "WARNING: mine.sql line 2: ", "no_such_table")
                .contains("backslash commands are not run", "the last", "4 of 5 ran, 1 had errors")
                .doesNotContain("\nnot run");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT count(*) = 101 FROM small;",
                "SELECT NULL::boolean;",
                "DO $$ BEGIN RAISE EXCEPTION 'too few'; END $$;",
                "DO $$ BEGIN ASSERT false; END $$;"
            })
    void assertionThatDoesNotHoldFails(String sql) throws Exception {
        JarProcess verify = verify("SELECT 1;\n" + sql).run();
        assertThat(verify.awaitExit()).as(verify.log()).isEqualTo(3);
        assertThat(verify.stderr()).contains("queries FAILED: mine.sql line 2");
    }

    @Test
    void operatorPlantedInTheBackupMakesNoAssertionHold() throws Exception {
        Database database = SERVER.freshDatabase();
        database.execute("""
                CREATE TYPE state AS ENUM ('open', 'paid');
                CREATE TABLE orders (state state, word varchar); INSERT INTO orders VALUES ('open', 'a');
                CREATE FUNCTION yes(varchar, varchar) RETURNS boolean LANGUAGE sql AS 'SELECT true';
                CREATE FUNCTION yes(state, state) RETURNS boolean LANGUAGE sql AS 'SELECT true';
                CREATE OPERATOR = (LEFTARG = varchar, RIGHTARG = varchar, FUNCTION = yes);
                CREATE OPERATOR = (LEFTARG = state, RIGHTARG = state, FUNCTION = yes);
                CREATE VIEW v AS SELECT * FROM orders WHERE word = 'b';
                """);
        Site planted = new Site(SERVER);
        planted.backUp(database);
        for (String condition : new String[] {"word = 'b'", "state = 'paid'"}) {
            String sql = "SELECT count(*) = 1 FROM v; SELECT count(*) > 0 FROM orders WHERE " + condition + ";";
            Path file = Files.writeString(folder.resolve("planted.sql"), sql);
            JarProcess verify = planted.verify()
                    .environment("VERIFY_QUERIES_FILE", file.toString())
                    .run();
            assertThat(verify.awaitExit()).as(verify.log()).isEqualTo(3);
            assertThat(verify.stderr()).contains("does not hold: SELECT count(*) > 0 FROM orders");
        }
    }

    @Test
    void errorsFailWhereTheyAreTakenStrictly() throws Exception {
        JarProcess verify = verify("SELECT * FROM no_such_table;")
                .environment("VERIFY_STRICT", "true")
                .run();
        assertThat(verify.awaitExit()).isEqualTo(3);
        assertThat(verify.stderr()).contains("queries FAILED", "no_such_table");
    }

    /** Queries run as a role that may do nothing else on the server: that says nothing of the backup. */
    @ParameterizedTest
    @ValueSource(strings = {"SELECT count(*) > 0 FROM pg_authid;", "SELECT pg_read_file('PG_VERSION') > '';"})
    void aQueryThatNeedsAnotherRightCouldNotBeChecked(String sql) throws Exception {
        JarProcess verify = verify(sql + "\nSELECT 'the last';").run();
        assertThat(verify.awaitExit()).as(verify.log()).isZero();
        assertThat(verify.stdout()).contains("could not be checked", "the last", "1 of 2 ran, 1 lacked a right");

        JarProcess strict = verify(sql).environment("VERIFY_STRICT", "true").run();
        assertThat(strict.awaitExit()).as(strict.log()).isEqualTo(2);
        assertThat(strict.log()).contains("mine.sql line 1", "permission denied", "VERIFY_REQUIRE_ISOLATION=false");

        JarProcess both = verify(sql + "\nSELECT false;")
                .environment("VERIFY_STRICT", "true")
                .run();
        assertThat(both.awaitExit()).as(both.log()).isEqualTo(3);
        assertThat(both.stderr()).contains("queries FAILED: mine.sql line 2");
    }

    @Test
    void whatAFunctionRaisesIsNoLackOfARight() throws Exception {
        JarProcess verify = verify("DO $$ BEGIN RAISE 'not mine' USING ERRCODE = '42501'; END $$;")
                .environment("VERIFY_STRICT", "true")
                .run();
        assertThat(verify.awaitExit()).as(verify.log()).isEqualTo(3);
    }

    /** The limit of one query is that query's affair, and says nothing of the backup. */
    @Test
    void aQueryThatRunsIntoALimitOfTimeIsAnErrorOfItsOwn() throws Exception {
        String limited = "SET statement_timeout = 50;\nSELECT pg_sleep(60);\nRESET ALL;\nSELECT 'the last';";
        JarProcess verify = verify(limited).run();
        assertThat(verify.awaitExit()).as(verify.log()).isZero();
        assertThat(verify.stdout()).contains("WARNING: mine.sql line 2: ", "the last", "3 of 4 ran, 1 had errors");

        JarProcess strict = verify(limited).environment("VERIFY_STRICT", "true").run();
        assertThat(strict.awaitExit()).isEqualTo(3);
        assertThat(strict.stderr()).contains("queries FAILED: mine.sql line 2");
    }
}
