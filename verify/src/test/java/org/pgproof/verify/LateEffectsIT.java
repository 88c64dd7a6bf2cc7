package org.pgproof.verify;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.pgproof.receipt.Check;
import org.pgproof.receipt.Receipt;
import org.pgproof.receipt.Verdict;
import org.pgproof.testkit.ClientBinaries;
import org.pgproof.testkit.Database;
import org.pgproof.testkit.PostgresServer;

/** Backups whose own definitions do something when they are restored: it is no damage, and reaches no other server. */
class LateEffectsIT {
    private static final String TABLES = """
            CREATE TABLE ddl_log (at timestamptz DEFAULT now(), tag text);
            INSERT INTO ddl_log (tag) VALUES ('the first');
            CREATE TABLE secrets (owner text DEFAULT current_user, word text);
            INSERT INTO secrets (word) SELECT 'word ' || n FROM generate_series(1, 20) n;
            ALTER TABLE secrets ENABLE ROW LEVEL SECURITY;
            ALTER TABLE secrets FORCE ROW LEVEL SECURITY;
            CREATE POLICY own ON secrets USING (owner = current_user AND word LIKE '%1%');
            CREATE MATERIALIZED VIEW words AS SELECT count(*) FROM secrets;
            """;

    private static Database database(int major, String sql) throws Exception {
        ClientBinaries.assumeClientFor(major);
        Database database = PostgresServer.shared(major).freshDatabase();
        database.execute(sql);
        return database;
    }

    private static void passes(Receipt receipt) {
        assertThat(receipt.verdict()).as(receipt.reason()).isEqualTo(Verdict.PASSED);
        assertThat(receipt.checks())
                .allSatisfy(check -> assertThat(check.skipped()).isEmpty());
    }

    @ParameterizedTest
    @CsvSource({"15, 1", "15, 2", "18, 1"})
    void anEventTriggerThatLogsPasses(int major, int jobs) throws Exception {
        Database database = database(major, TABLES + """
                CREATE FUNCTION log_ddl() RETURNS event_trigger LANGUAGE plpgsql AS
                    $$ BEGIN INSERT INTO public.ddl_log (tag) VALUES (tg_tag); END $$;
                CREATE EVENT TRIGGER logs ON ddl_command_end EXECUTE FUNCTION log_ddl();
                ALTER EVENT TRIGGER logs ENABLE ALWAYS;
                """);
        passes(new RoundTrip().backUp(database.url()).verify(database.server(), jobs));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void anEventTriggerThatForbidsPasses(int jobs) throws Exception {
        Database database = database(15, TABLES + """
                CREATE FUNCTION forbid() RETURNS event_trigger LANGUAGE plpgsql AS
                    $$ BEGIN RAISE EXCEPTION 'no % here', tg_tag; END $$;
                CREATE EVENT TRIGGER forbids ON ddl_command_start EXECUTE FUNCTION forbid();
                """);
        passes(new RoundTrip().backUp(database.url()).verify(database.server(), jobs));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void aViewThatDrawsFromASequenceAndWritesPasses(int jobs) throws Exception {
        Database database = database(15, """
                CREATE TABLE seen (n bigint);
                CREATE SEQUENCE drawn;
                CREATE FUNCTION note(bigint) RETURNS bigint LANGUAGE sql AS
                    'INSERT INTO public.seen VALUES ($1) RETURNING n';
                CREATE MATERIALIZED VIEW numbers AS SELECT note(nextval('drawn')) AS n FROM generate_series(1, 9);
                CREATE MATERIALIZED VIEW later AS SELECT max(n) FROM numbers;
                CREATE MATERIALIZED VIEW empty AS SELECT 1 AS a WITH NO DATA;
                """);
        passes(new RoundTrip().backUp(database.url()).verify(database.server(), jobs));
    }

    @Test
    void aViewWhoseQueryFailsWhereItIsRestoredFails() throws Exception {
        Database database = database(15, """
                CREATE FUNCTION here() RETURNS integer LANGUAGE plpgsql AS $$ BEGIN
                    IF pg_catalog.current_database() LIKE 'verify%' THEN RAISE EXCEPTION 'not here'; END IF;
                    RETURN 1;
                END $$;
                CREATE MATERIALIZED VIEW one AS SELECT here();
                """);
        Receipt receipt =
                new RoundTrip().backUp(database.url()).verify(database.server().url("postgres"));
        assertThat(receipt.verdict()).isEqualTo(Verdict.FAILED);
        assertThat(receipt.reason()).contains("MATERIALIZED VIEW public.one cannot be filled", "not here");
    }

    /** The other server is asked for nothing: the table there is gone. */
    @Test
    void aViewOfAnotherServersTableIsNotFilledAndSaid() throws Exception {
        Database other = database(15, "CREATE TABLE prices (amount integer); INSERT INTO prices VALUES (1)");
        Database database = database(15, """
                CREATE EXTENSION postgres_fdw;
                CREATE SERVER there FOREIGN DATA WRAPPER postgres_fdw OPTIONS (host '127.0.0.1', port '%s', dbname '%s');
                CREATE USER MAPPING FOR CURRENT_USER SERVER there OPTIONS (user '%s', password '%s');
                CREATE TABLE all_prices (amount integer) PARTITION BY RANGE (amount);
                CREATE FOREIGN TABLE prices PARTITION OF all_prices FOR VALUES FROM (0) TO (9) SERVER there;
                CREATE VIEW shown AS SELECT amount FROM all_prices;
                CREATE MATERIALIZED VIEW far AS SELECT amount FROM shown;
                CREATE MATERIALIZED VIEW further AS SELECT max(amount) FROM far;
                CREATE MATERIALIZED VIEW near AS SELECT 1 AS a;
                """.formatted(
                        port(other), other.name(), user(other), other.server().password()));
        RoundTrip trip = new RoundTrip().backUp(database.url());
        other.execute("DROP TABLE prices");

        Receipt receipt = trip.verify(database.server().url("postgres"));

        assertThat(receipt.verdict()).as(receipt.reason()).isEqualTo(Verdict.PASSED);
        assertThat(receipt.checks())
                .filteredOn(check -> check.name() == Check.Name.STRUCTURE)
                .singleElement()
                .satisfies(check -> assertThat(check.skipped())
                        .hasSize(2)
                        .allSatisfy(part -> assertThat(part).contains("reads from another server"))
                        .anySatisfy(part -> assertThat(part).contains("public.further")));
    }

    /** To the server a function's body is text: it knows of no dependence on what is named there. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "LANGUAGE plpgsql AS 'BEGIN RETURN (SELECT max(amount) FROM public.prices); END'",
                "LANGUAGE sql AS 'SELECT max(\"amount\") FROM PUBLIC.Prices'",
                "LANGUAGE sql BEGIN ATOMIC SELECT max(amount) FROM shown; END",
                "LANGUAGE sql AS 'SELECT public.deeper()'",
                "LANGUAGE plpgsql AS $$ DECLARE n integer;"
                        + " BEGIN EXECUTE 'SELECT max(amount) FROM public.pri' || 'ces' INTO n; RETURN n; END $$",
                "LANGUAGE plpgsql AS $$ BEGIN RETURN (SELECT a FROM public.dblink(public.there(), 'TABLE prices')"
                        + " t(a integer)); END $$"
            })
    void aViewWhoseFunctionAsksAnotherServerIsNotFilledAndSaid(String asking) throws Exception {
        Database other = database(15, "CREATE TABLE prices (amount integer); INSERT INTO prices VALUES (1)");
        Database database = database(15, """
                CREATE EXTENSION dblink;
                CREATE EXTENSION postgres_fdw;
                CREATE SERVER there FOREIGN DATA WRAPPER postgres_fdw OPTIONS (host '127.0.0.1', port '%1$s', dbname '%2$s');
                CREATE USER MAPPING FOR PUBLIC SERVER there OPTIONS (user '%3$s', password '%4$s');
                CREATE FOREIGN TABLE prices (amount integer) SERVER there;
                CREATE VIEW shown AS SELECT amount FROM prices;
                CREATE FUNCTION there() RETURNS text LANGUAGE sql AS
                    'SELECT ''host=127.0.0.1 port=%1$s dbname=%2$s user=%3$s password=%4$s''';
                CREATE FUNCTION deeper() RETURNS integer LANGUAGE plpgsql
                    AS 'BEGIN RETURN (SELECT max(amount) FROM public.shown); END';
                CREATE FUNCTION ask() RETURNS integer %5$s;
                CREATE FUNCTION twice(integer) RETURNS integer LANGUAGE plpgsql AS 'BEGIN RETURN $1 * 2; END';
                CREATE MATERIALIZED VIEW far AS SELECT ask() AS amount;
                CREATE MATERIALIZED VIEW near AS SELECT twice(2) AS amount;
                """.formatted(
                        port(other), other.name(), user(other), other.server().password(), asking));
        RoundTrip trip = new RoundTrip().backUp(database.url());
        other.execute("DROP TABLE prices");

        Receipt receipt = trip.verify(database.server().url("postgres"));

        assertThat(receipt.verdict()).as(receipt.reason()).isEqualTo(Verdict.PASSED);
        assertThat(receipt.checks().stream().flatMap(check -> check.skipped().stream()))
                .singleElement()
                .asString()
                .contains("public.far", "another server");
    }

    private static String port(Database database) throws Exception {
        return database.value("SHOW port");
    }

    private static String user(Database database) throws Exception {
        return database.value("SELECT current_user::text");
    }
}
