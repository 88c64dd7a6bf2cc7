package org.pgproof.verify;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.pgproof.receipt.Receipt;
import org.pgproof.receipt.Verdict;
import org.pgproof.testkit.ClientBinaries;
import org.pgproof.testkit.Database;
import org.pgproof.testkit.JarProcess;
import org.pgproof.testkit.PostgresServer;
import org.pgproof.testkit.Signal;

/** A verifier restores as a role that can do nothing, whatever the backup tries. */
class PowerlessRoleIT {
    /** Functions that try much where they are restored, called by a constraint, an index and a materialized view. */
    private static final String STRIKES = """
            CREATE FUNCTION attempt(what text) RETURNS text LANGUAGE plpgsql AS $f$ BEGIN
                EXECUTE what; RETURN 'done';
            EXCEPTION WHEN OTHERS THEN RETURN SQLSTATE; END $f$;
            CREATE FUNCTION strike(integer) RETURNS boolean LANGUAGE plpgsql AS $f$ DECLARE what text; BEGIN
                IF pg_catalog.current_database() LIKE 'verify%' THEN
                    FOREACH what IN ARRAY ARRAY[
                        'ALTER ROLE %1$I SUPERUSER', 'ALTER ROLE %1$I PASSWORD ''known''', 'GRANT pg_execute_server_program TO CURRENT_USER',
                        'GRANT %1$I TO CURRENT_USER', 'SET ROLE %1$I', 'SET SESSION AUTHORIZATION %1$I', 'CREATE ROLE stowaway',
                        'CREATE DATABASE stowaway', 'DROP DATABASE bystander', 'ALTER SYSTEM SET work_mem = 64',
                        'COPY (SELECT 1) TO PROGRAM ''touch %2$s''', 'SELECT pg_catalog.lo_export(1, ''%2$s'')',
                        'CREATE EXTENSION plpython3u', 'CREATE FUNCTION public.c() RETURNS integer LANGUAGE c AS ''x'', ''y''',
                        'CREATE EVENT TRIGGER e ON ddl_command_start EXECUTE FUNCTION public.nothing()',
                        'SELECT pg_catalog.pg_terminate_backend(pid) FROM pg_catalog.pg_stat_activity WHERE usename = ''%1$I''',
                        'SELECT pg_catalog.pg_create_physical_replication_slot(''stowaway'')',
                        'GRANT ALL ON DATABASE bystander TO PUBLIC', 'GRANT CURRENT_USER TO %1$I WITH ADMIN OPTION'
                    ] LOOP
                        PERFORM public.attempt(pg_catalog.format(what, 'VERIFIER', 'PROOF'));
                    END LOOP;
                    PERFORM public.attempt('ALTER ROLE CURRENT_USER PASSWORD ''known''');
                    PERFORM public.attempt('ALTER ROLE CURRENT_USER SET statement_timeout = 1');
                    PERFORM public.attempt(pg_catalog.format('ALTER DATABASE %I IS_TEMPLATE true', pg_catalog.current_database()));
                    PERFORM public.attempt(pg_catalog.format('ALTER DATABASE %I CONNECTION LIMIT 1', pg_catalog.current_database()));
                    PERFORM public.attempt(pg_catalog.format('GRANT CONNECT ON DATABASE %I TO PUBLIC', pg_catalog.current_database()));
                END IF;
                RETURN true;
            END $f$;
            CREATE FUNCTION fired() RETURNS trigger SECURITY DEFINER LANGUAGE plpgsql AS $f$ BEGIN PERFORM public.strike(1); RETURN NEW; END $f$;
            CREATE FUNCTION nothing() RETURNS event_trigger LANGUAGE plpgsql AS $f$ BEGIN END $f$;
            CREATE TABLE t (id serial PRIMARY KEY, word text, CHECK (strike(id)));
            INSERT INTO t (word) SELECT 'w' || n FROM generate_series(1, 3) n;
            CREATE FUNCTION late(integer) RETURNS integer IMMUTABLE LANGUAGE plpgsql AS $f$ BEGIN PERFORM public.strike($1); RETURN $1; END $f$;
            CREATE INDEX ON t (late(id));
            CREATE MATERIALIZED VIEW m AS SELECT late(id) AS id FROM t;
            CREATE TRIGGER fires BEFORE INSERT ON t FOR EACH ROW EXECUTE FUNCTION fired();
            CREATE EXTENSION IF NOT EXISTS plpgsql;
            """;

    private static final String STATE = """
            SELECT (SELECT string_agg(d.datname || r.rolname || coalesce(d.datacl, acldefault('d', d.datdba))::text, ',' ORDER BY d.datname)
                    FROM pg_database d JOIN pg_roles r ON r.oid = d.datdba)
                || (SELECT string_agg(a::text, ',' ORDER BY a.rolname) FROM pg_authid a)
                || (SELECT count(*) FROM pg_db_role_setting) || (SELECT count(*) FROM pg_auth_members)
                || (SELECT count(*) FROM pg_replication_slots) || current_setting('work_mem')
            """;

    private static final String LEFT = "SELECT (SELECT count(*) FROM pg_database WHERE datname LIKE 'verify\\_2%')"
            + " + (SELECT count(*) FROM pg_roles WHERE rolname LIKE 'verify\\_2%')";

    @TempDir
    private Path folder = Path.of("");

    static List<Integer> majors() {
        return PostgresServer.majors();
    }

    private static String verifier(PostgresServer server) throws Exception {
        String name = "drill_" + UUID.randomUUID().toString().substring(0, 8);
        server.createRole(name, "drill", "CREATEDB CREATEROLE");
        return name;
    }

    @ParameterizedTest
    @MethodSource("majors")
    void nothingThatTheBackupTriesChangesTheServer(int major) throws Exception {
        ClientBinaries.assumeClientFor(major);
        try (PostgresServer server = PostgresServer.start(major)) {
            String verifier = verifier(server);
            server.createDatabase("bystander");
            Path proof = folder.resolve("proof");
            Database database = server.freshDatabase();
            database.execute(STRIKES.replace("VERIFIER", verifier).replace("PROOF", proof.toString()));
            RoundTrip trip = new RoundTrip().backUp(database.url());
            String state = server.value("postgres", STATE);
            for (int jobs = 1; jobs <= 2; jobs++) {
                for (String url : List.of(server.url(verifier, "drill", "postgres"), server.url("postgres"))) {
                    for (Receipt receipt :
                            List.of(trip.verify(url, jobs, Optional.empty()), isolated(trip, url, jobs))) {
                        assertThat(receipt.verdict()).as(receipt.reason()).isEqualTo(Verdict.PASSED);
                    }
                }
            }
            assertThat(server.value("postgres", STATE)).isEqualTo(state);
            assertThat(server.value("postgres", LEFT)).isEqualTo("0");
            assertThat(proof).doesNotExist();
        }
    }

    @ParameterizedTest
    @MethodSource("majors")
    void whatAnOrdinaryOwnerMayDoPassesAsItDid(int major) throws Exception {
        ClientBinaries.assumeClientFor(major);
        PostgresServer server = PostgresServer.shared(major);
        String absent = "absent_" + UUID.randomUUID().toString().substring(0, 8);
        Database database = Corpus.create(server, Site.S3).database();
        database.execute("CREATE ROLE " + absent + "; CREATE POLICY p ON ledger.secrets TO " + absent
                + " USING (true); CREATE TABLE public.plain (a integer);"
                + " CREATE EXTENSION hstore; CREATE EXTENSION citext WITH SCHEMA ledger; CREATE TABLE h (h hstore);"
                + " INSERT INTO h VALUES ('a=>1'); COMMENT ON EXTENSION hstore IS 'mine'");
        if (major >= 15) {
            database.execute("COMMENT ON SCHEMA public IS 'mine'");
        }
        RoundTrip trip = new RoundTrip().backUp(database.url());
        database.execute("DROP POLICY p ON ledger.secrets; DROP ROLE " + absent);
        for (int jobs = 1; jobs <= 2; jobs++) {
            Receipt receipt = isolated(trip, server.url(verifier(server), "drill", "postgres"), jobs);
            assertThat(receipt.verdict()).as(receipt.reason()).isEqualTo(Verdict.PASSED);
        }
    }

    /** Requires isolation, unless this machine's psql is too old for it: then the role is made all the same. */
    private static Receipt isolated(RoundTrip trip, String url, int jobs) throws Exception {
        Receipt receipt = trip.verify(url, jobs, Optional.of(true));
        return receipt.reason().contains("CVE-2026-18408") ? trip.verify(url, jobs, Optional.empty()) : receipt;
    }

    @ParameterizedTest
    @ValueSource(ints = {13, 15, 17})
    void whatAKilledVerifierLeftIsDroppedThoughTheBackupChangedTheMark(int major) throws Exception {
        ClientBinaries.assumeClientFor(major);
        try (PostgresServer server = PostgresServer.start(major)) {
            String verifier = verifier(server);
            Site site = new Site(server);
            Database database = server.freshDatabase();
            database.execute("""
                    CREATE FUNCTION strike(integer) RETURNS boolean LANGUAGE plpgsql AS $f$ BEGIN
                        IF pg_catalog.current_database() LIKE 'verify%' THEN
                            EXECUTE pg_catalog.format('ALTER DATABASE %I CONNECTION LIMIT 5 IS_TEMPLATE true', pg_catalog.current_database());
                            EXECUTE 'ALTER ROLE CURRENT_USER PASSWORD NULL';
                        END IF;
                        RETURN true;
                    END $f$;
                    CREATE FUNCTION wait(integer) RETURNS integer IMMUTABLE LANGUAGE plpgsql AS $f$ BEGIN
                        IF pg_catalog.current_database() LIKE 'verify%' THEN PERFORM pg_catalog.pg_sleep(600); END IF;
                        RETURN $1;
                    END $f$;
                    CREATE TABLE t (id integer, CHECK (strike(id)));
                    INSERT INTO t VALUES (1);
                    CREATE INDEX ON t (wait(id));
                    """);
            site.backUp(database);
            try (JarProcess killed = site.verify()
                    .environment("DATABASE_URL", server.url(verifier, "drill", "postgres"))
                    .start()) {
                site.awaitSleeping(killed);
                killed.terminate(Signal.KILL);
            }
            assertThat(server.value("postgres", LEFT)).isEqualTo("2");
            Site next = new Site(server);
            next.putSmall();
            JarProcess verify = next.verify()
                    .environment("DATABASE_URL", server.url(verifier, "drill", "postgres"))
                    .run();
            assertThat(verify.awaitExit()).as(verify.log()).isZero();
            assertThat(verify.stdout()).contains("WARNING: Dropping verify_");
            assertThat(server.value("postgres", LEFT)).isEqualTo("0");
        }
    }

    /** A dump that says nothing of what it needs, and one whose manifest does not. */
    @ParameterizedTest
    @MethodSource("majors")
    void aSuperuserIsAskedWhereTheRoleMayNotDoWhatWasNotForeseen(int major) throws Exception {
        ClientBinaries.assumeClientFor(major);
        PostgresServer server = PostgresServer.shared(major);
        Site site = new Site(server);
        String dump = """
                CREATE FUNCTION public.f() RETURNS integer LANGUAGE internal AS 'int4pl';

                --
                -- PostgreSQL database dump complete
                --

                """;
        site.putForeign(Site.foreignGzip(dump.getBytes(StandardCharsets.UTF_8)));
        JarProcess verify = site.verify().run();
        assertThat(verify.awaitExit()).as(verify.log()).isEqualTo(2);
        assertThat(verify.log()).contains("permission denied", "VERIFY_REQUIRE_ISOLATION=false");
        JarProcess accepted =
                site.verify().environment("VERIFY_REQUIRE_ISOLATION", "false").run();
        assertThat(accepted.awaitExit()).as(accepted.log()).isZero();
    }

    /** All that is known to need a superuser, who restores it as himself only where that is accepted. */
    @ParameterizedTest
    @MethodSource("majors")
    void whatOnlyASuperuserMayCreatePassesAsOneWhereThatIsAccepted(int major) throws Exception {
        ClientBinaries.assumeClientFor(major);
        PostgresServer server = PostgresServer.shared(major);
        List<String> definitions = List.of(
                "CREATE FUNCTION f(integer, integer) RETURNS integer LANGUAGE internal AS 'int4pl'",
                "CREATE FUNCTION f() RETURNS integer LANGUAGE sql LEAKPROOF AS 'SELECT 1'",
                "CREATE FUNCTION f() RETURNS integer LANGUAGE sql SET log_statement = 'none' AS 'SELECT 1'",
                "CREATE CAST (json AS bytea) WITHOUT FUNCTION",
                "CREATE FUNCTION f(json) RETURNS bytea LANGUAGE sql AS 'SELECT NULL::bytea'; CREATE CAST (json AS bytea) WITH FUNCTION f(json)",
                "CREATE FUNCTION f() RETURNS event_trigger LANGUAGE plpgsql AS 'BEGIN END'; CREATE EVENT TRIGGER e ON sql_drop EXECUTE FUNCTION f()",
                "CREATE OPERATOR FAMILY f USING btree",
                "CREATE EXTENSION file_fdw; CREATE SERVER s FOREIGN DATA WRAPPER file_fdw",
                "CREATE FOREIGN DATA WRAPPER w",
                "CREATE AGGREGATE a(integer) (sfunc = int4_avg_accum, stype = bigint[], initcond = '{0,0}'); COMMENT ON SCHEMA public IS 'mine'",
                "CREATE AGGREGATE a(numeric) (sfunc = numeric_avg_accum, stype = internal, finalfunc = numeric_avg)",
                "CREATE PUBLICATION p FOR ALL TABLES",
                "CREATE ACCESS METHOD m TYPE TABLE HANDLER heap_tableam_handler");
        for (String definition : definitions) {
            Database database = server.freshDatabase();
            database.execute("CREATE TYPE r AS RANGE (subtype = float8); CREATE TABLE t (a integer)");
            database.execute(definition);
            RoundTrip trip = new RoundTrip().backUp(database.url());
            Receipt refused = trip.verify(server.url("postgres"), 1, Optional.empty());
            if (major >= 15 && definition.contains("SCHEMA public")) { // it belongs to the owner of the database there
                assertThat(refused.verdict()).as(refused.reason()).isEqualTo(Verdict.PASSED);
                continue;
            }
            assertThat(refused.verdict()).as(definition).isEqualTo(Verdict.COULD_NOT_VERIFY);
            assertThat(refused.reason()).contains("only a superuser can restore", "VERIFY_REQUIRE_ISOLATION=false");
            Receipt ordinary = trip.verify(server.url(verifier(server), "drill", "postgres"), 1, Optional.empty());
            assertThat(ordinary.verdict())
                    .as(definition + " by an ordinary role: " + ordinary.reason())
                    .isEqualTo(Verdict.COULD_NOT_VERIFY);
            Receipt receipt = trip.verify(server.url("postgres"), 1, Optional.of(false));
            assertThat(receipt.verdict())
                    .as(definition + ": " + receipt.reason())
                    .isEqualTo(Verdict.PASSED);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "CREATEDB, ''",
        "SUPERUSER, 'CREATE EXTENSION pageinspect'",
        "SUPERUSER, 'CREATE PUBLICATION p FOR ALL TABLES'"
    })
    void whereNoRoleIsMadeItWarnsAndASuperuserIsRefused(String attributes, String definition) throws Exception {
        PostgresServer server = PostgresServer.shared(15);
        Site site = new Site(server);
        Database source = server.freshDatabase();
        source.execute("CREATE TABLE t (a integer)");
        source.execute(definition);
        site.backUp(source);
        String name = "drill_" + UUID.randomUUID().toString().substring(0, 8);
        server.createRole(name, "drill", attributes);
        String url = server.url(name, "drill", "postgres");
        JarProcess warned = site.verify().environment("DATABASE_URL", url).run();
        if (attributes.equals("SUPERUSER")) {
            assertThat(warned.awaitExit()).as(warned.log()).isEqualTo(2);
            assertThat(warned.log()).contains("only a superuser can restore", "VERIFY_REQUIRE_ISOLATION=false");
        } else {
            assertThat(warned.awaitExit()).as(warned.log()).isZero();
            assertThat(warned.stdout()).contains("WARNING: The backup is restored as the role " + name + " itself");
        }
        JarProcess strict = site.verify()
                .environment("DATABASE_URL", url)
                .environment("VERIFY_REQUIRE_ISOLATION", "true")
                .run();
        assertThat(strict.awaitExit()).as(strict.log()).isEqualTo(2);
        assertThat(strict.log()).contains("VERIFY_REQUIRE_ISOLATION=false");
        JarProcess accepted = site.verify()
                .environment("DATABASE_URL", url)
                .environment("VERIFY_REQUIRE_ISOLATION", "false")
                .run();
        assertThat(accepted.awaitExit()).as(accepted.log()).isZero();
        assertThat(accepted.stdout()).doesNotContain("itself");
    }
}
