package org.pgproof.verify;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.pgproof.receipt.Receipt;
import org.pgproof.receipt.Verdict;
import org.pgproof.testkit.ClientBinaries;
import org.pgproof.testkit.Database;
import org.pgproof.testkit.JarProcess;
import org.pgproof.testkit.LocalPostgres;
import org.pgproof.testkit.PostgresServer;

/** Databases whose owner wrote code that turns against whoever restores them: the verdict is right and nothing is left. */
class HostileDatabaseIT {
    /** Nobody else verifies here: what a test sees and drops is its own. */
    private static final int MAJOR = 17;

    private static final PostgresServer SERVER = PostgresServer.start(MAJOR);

    @BeforeAll
    static void needsAClient() {
        ClientBinaries.assumeClientFor(MAJOR);
    }

    /** What must not be in the way of the verifier's own queries. */
    private static final String PLANTED = """
            CREATE FUNCTION caught(name, text) RETURNS boolean LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'caught'; END $$;
            CREATE FUNCTION caught(name, name) RETURNS boolean LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'caught'; END $$;
            CREATE FUNCTION caught("char", "char") RETURNS boolean LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'caught'; END $$;
            CREATE FUNCTION caught(oid, oid) RETURNS boolean LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'caught'; END $$;
            CREATE OPERATOR public.= (LEFTARG = name, RIGHTARG = text, FUNCTION = caught);
            CREATE OPERATOR public.<> (LEFTARG = name, RIGHTARG = text, FUNCTION = caught);
            CREATE OPERATOR public.!~ (LEFTARG = name, RIGHTARG = text, FUNCTION = caught);
            CREATE OPERATOR public.= (LEFTARG = name, RIGHTARG = name, FUNCTION = caught);
            CREATE OPERATOR public.= (LEFTARG = "char", RIGHTARG = "char", FUNCTION = caught);
            CREATE OPERATOR public.= (LEFTARG = oid, RIGHTARG = oid, FUNCTION = caught);
            """;

    private static final String LEFT_BY_SUPERUSER = """
            SELECT pg_catalog.pg_create_logical_replication_slot('left', 'pgoutput');
            CREATE SUBSCRIPTION stays CONNECTION 'host=192.0.2.1' PUBLICATION p WITH (connect = false, slot_name = 'far');
            CREATE FUNCTION public.refuse() RETURNS event_trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'no'; END $$;
            CREATE EVENT TRIGGER refuse ON ddl_command_start WHEN TAG IN ('ALTER SUBSCRIPTION', 'DROP SUBSCRIPTION') EXECUTE FUNCTION public.refuse();
            UPDATE pg_catalog.pg_database SET datistemplate = true WHERE datname LIKE 'verify%';
            """;

    @AfterEach
    void leavesNothingBehind() throws Exception {
        assertThat(SERVER.value("postgres", "SELECT count(*) FROM pg_database WHERE datname LIKE 'verify\\_%'"))
                .isEqualTo("0");
        assertThat(SERVER.value("postgres", "SELECT count(*) FROM pg_roles WHERE rolname LIKE 'verify\\_%'"))
                .isEqualTo("0");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    database %I IS_TEMPLATE true
                    database %I CONNECTION LIMIT 0
                    database %I SET search_path = public, pg_catalog
                    database %I SET statement_timeout = 1
                    database %I SET default_transaction_read_only = on
                    database %I SET default_transaction_isolation = serializable
                    database %I SET quote_all_identifiers = on
                    database %I SET array_nulls = off
                    role CURRENT_USER IN DATABASE %I SET search_path = public, pg_catalog
                    """)
    void whatItSaysOfItsDatabaseNeitherCatchesNorLocksOutTheVerifier(String alteration) throws Exception {
        Database database = SERVER.freshDatabase();
        database.execute(PLANTED + """
                CREATE FUNCTION strike(integer) RETURNS integer LANGUAGE plpgsql AS $f$ BEGIN
                    IF pg_catalog.current_database() LIKE 'verify%' THEN
                        EXECUTE pg_catalog.format($$ALTER STATEMENT$$, pg_catalog.current_database());
                    END IF;
                    RETURN $1;
                END $f$;
                CREATE TABLE t (id serial, name name, CHECK (strike(id) > 0));
                INSERT INTO t (name) VALUES ('a'), ('b');
                """.replace("STATEMENT", alteration));
        SERVER.execute("postgres", """
                DO $$ BEGIN CREATE ROLE hostile_drill LOGIN PASSWORD 'drill' CREATEDB;
                EXCEPTION WHEN duplicate_object THEN NULL; END $$
                """);
        RoundTrip trip = new RoundTrip().backUp(database.url());
        for (String url : new String[] {SERVER.url("postgres"), SERVER.url("hostile_drill", "drill", "postgres")}) {
            Receipt receipt = trip.verify(url);
            assertThat(receipt.verdict()).as(receipt.reason()).isEqualTo(Verdict.PASSED);
        }
    }

    /** A plain dump, as anybody could put it there, that leaves behind what blocks DROP DATABASE. */
    @ParameterizedTest
    @ValueSource(ints = {13, 15, 17})
    void nothingThatItLeavesKeepsItsDatabase(int major) throws Exception {
        try (PostgresServer server =
                LocalPostgres.start(major, Map.of("wal_level", "logical", "max_prepared_transactions", "5"))) {
            server.createRole("drill", "drill", "CREATEDB CREATEROLE");
            for (String url : new String[] {server.url("postgres"), server.url("drill", "drill", "postgres")}) {
                boolean superuser = !url.contains("drill");
                Site site = new Site(server);
                String dump = "SET client_encoding = 'UTF8';\n" + (superuser ? LEFT_BY_SUPERUSER : "")
                        + "BEGIN;\nCREATE TABLE public.t (a integer);\nPREPARE TRANSACTION 'left';\n"
                        + "-- PostgreSQL database dump complete\n";
                site.putForeign(Site.foreignGzip(dump.getBytes(StandardCharsets.UTF_8)));
                JarProcess verify =
                        site.verify().environment("DATABASE_URL", url).run();
                verify.awaitExit();
                assertThat(server.value("postgres", "SELECT count(*) FROM pg_prepared_xacts"))
                        .as(verify.log())
                        .isEqualTo("0");
                assertThat(server.value("postgres", "SELECT count(*) FROM pg_replication_slots"))
                        .isEqualTo("0");
                assertThat(server.value("postgres", "SELECT string_agg(datname, ' ') FROM pg_database"))
                        .as(verify.log())
                        .doesNotContain("verify_");
                assertThat(server.value("postgres", "SELECT string_agg(rolname, ' ') FROM pg_roles"))
                        .doesNotContain("verify_");
            }
        }
    }
}
