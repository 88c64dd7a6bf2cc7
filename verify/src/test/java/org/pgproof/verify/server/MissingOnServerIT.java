package org.pgproof.verify.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.pgproof.postgres.ClientTools;
import org.pgproof.postgres.ConnectionSettings;
import org.pgproof.postgres.PgProcess;
import org.pgproof.postgres.ServerVersion;
import org.pgproof.settings.Environment;
import org.pgproof.testkit.PostgresServer;

/** What real servers say when they lack something, and when a dump does. */
class MissingOnServerIT {
    private static Optional<Psql.SqlError> outcome(String sql) throws Exception {
        PostgresServer server = PostgresServer.shared(15);
        ConnectionSettings connection = ConnectionSettings.parse(
                Environment.of(Map.of("DATABASE_URL", server.freshDatabase().url())));
        try (PgProcess psql =
                Psql.start(new ClientTools(List.of()).forServer("psql", ServerVersion.parse("15.0")), connection)) {
            try (OutputStream stdin = psql.stdin()) {
                stdin.write(sql.getBytes(StandardCharsets.UTF_8));
            }
            psql.stdout().readAllBytes();
            return Psql.outcome(psql.await(), psql.stderr());
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "CREATE COLLATION c (LOCALE = 'xx_XX.utf8');",
                "CREATE EXTENSION nowhere;",
                "CREATE TABLE t (a text);\nSECURITY LABEL FOR nobody ON TABLE t IS 'x';",
                "SET default_tablespace = nowhere;",
                "SET default_table_access_method = nowhere;",
                "CREATE TABLE t (a text) TABLESPACE nowhere;",
                "CREATE TABLE t (a text) USING nowhere;",
                "CREATE TABLE t (\n    a text COLLATE pg_catalog.\"xx_XX\");",
                "CREATE TABLE t (a text);\nGRANT SELECT ON t TO nobody_here;",
                "CREATE TABLE t (a text);\nCREATE POLICY p ON t TO nobody_here;",
                "CREATE TABLE t (a text);\nCREATE INDEX ON t USING nowhere (a);",
                "CREATE TEXT SEARCH DICTIONARY d (TEMPLATE = pg_catalog.simple, stopwords = nowhere);",
                "CREATE TEXT SEARCH DICTIONARY d (TEMPLATE = pg_catalog.nowhere);",
                "CREATE FUNCTION f() RETURNS integer\n LANGUAGE plnowhere AS 'x';",
                "CREATE FUNCTION f() RETURNS integer\n LANGUAGE c AS '$libdir/nowhere', 'f';",
                "CREATE FUNCTION f() RETURNS integer\n LANGUAGE c AS '$libdir/plpgsql', 'nowhere';",
            })
    void whatTheServerLacksIsNotTheBackupsFault(String sql) {
        assertThatThrownBy(() -> outcome(sql)).isInstanceOf(CouldNotVerifyException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "CREATE TABLE t (a nowhere.mood);",
                "CREATE TABLE t (a mood);",
                "CREATE VIEW v AS SELECT * FROM nowhere;",
                "SELECT 'mood'::regtype;",
                "CREATE TABLE t (a integer);\nINSERT INTO t VALUES ('x');",
                "CREATE FUNCTION f() RETURNS mood\n LANGUAGE sql AS 'x';",
            })
    void whatTheDumpLacksIsAnErrorOfTheDump(String sql) throws Exception {
        assertThat(outcome(sql)).isPresent();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "CREATE TABLE t (a text);\nINSERT INTO t VALUES (E'tw\\tice'), (E'tw\\tice');\nCREATE UNIQUE INDEX ON t (a);",
                "CREATE TABLE p (a text PRIMARY KEY);\nCREATE TABLE t (a text);\nINSERT INTO t VALUES (E'tw\\tice');\n"
                        + "ALTER TABLE t ADD FOREIGN KEY (a) REFERENCES p;"
            })
    void namesTheValuesThatAConstraintRefuses(String sql) throws Exception {
        assertThat(outcome(sql).orElseThrow().message()).contains("Key (a)=(tw", "ice)");
    }
}
