package org.pgproof.verify;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.UUID;
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

/** Databases with unusual settings, encodings, schemas and options are proven like any other. */
class OddDatabasesIT {
    private static final int MAJOR = 15;

    private static final String SMALL = """
            CREATE TABLE items (id serial PRIMARY KEY, name text DEFAULT 'x\\y');
            INSERT INTO items (name) VALUES ('a'), ('\\\\'), (NULL);
            CREATE VIEW names AS SELECT name, 'a\\b'::text AS text FROM items;
            """;

    /** Whose text depends on settings. */
    static final String EVERY_KIND_OF_VALUE = """
            CREATE TABLE "values" (words text[], at timestamptz DEFAULT '2026-02-11 09:30+01', day date, span interval,
                ratio float8, small float4, bytes bytea, x xml, price money, back text);
            INSERT INTO "values" VALUES (ARRAY['x', NULL, 'NULL'], now(), '2026-02-11', '1 year 2 days 03:04:05.6', 0.1::float8 / 3,
                1.0::float4 / 3, '\\x005cff', 'a <b/> c', 12.34, 'a\\b''c');
            CREATE VIEW settled AS SELECT interval '1 day 2 hours' AS span, date '2026-02-11' AS day, '\\x5c'::bytea AS bytes
                FROM "values" WHERE at > '2026-01-01 00:00+00'::timestamptz;
            """;

    private static final String ENUM_PARTITIONS = """
            CREATE TYPE mood AS ENUM ('sad', 'ok', 'happy');
            CREATE TABLE moods (id integer, m mood) PARTITION BY LIST ((id % 2));
            CREATE TABLE moods_0 PARTITION OF moods FOR VALUES IN (0);
            CREATE TABLE moods_1 PARTITION OF moods FOR VALUES IN (1) PARTITION BY HASH (m);
            CREATE TABLE moods_1a PARTITION OF moods_1 FOR VALUES WITH (MODULUS 2, REMAINDER 0);
            CREATE TABLE moods_1b (id integer, m mood);
            ALTER TABLE moods_1 ATTACH PARTITION moods_1b FOR VALUES WITH (MODULUS 2, REMAINDER 1);
            INSERT INTO moods SELECT n, (enum_range(NULL::mood))[1 + n / 2 % 3] FROM generate_series(1, 100) n;
            CREATE TABLE ranges (a integer) PARTITION BY RANGE (a);
            CREATE TABLE range PARTITION OF ranges FOR VALUES FROM (0) TO (10);
            CREATE TABLE plain (a integer);
            """;

    private static Database database(int major, String options) throws Exception {
        ClientBinaries.assumeClientFor(major);
        PostgresServer server = PostgresServer.shared(major);
        String name = "odd_" + UUID.randomUUID().toString().substring(0, 8);
        server.execute("postgres", "CREATE DATABASE " + name + " TEMPLATE template0 " + options);
        return new Database(server, name);
    }

    private static void proves(Database database, String... variables) throws Exception {
        new RoundTrip().backUp(database.url(), variables).passes(database.server());
    }

    @Test
    void anEmptyDatabase() throws Exception {
        proves(database(MAJOR, ""));
    }

    @Test
    void settingsThatChangeHowValuesAndDefinitionsAreWritten() throws Exception {
        Database database = database(MAJOR, "");
        database.execute(SMALL + EVERY_KIND_OF_VALUE
                + "CREATE TABLE bytes (b bytea DEFAULT '\\x00ff'); INSERT INTO bytes VALUES ('\\x5c00');");
        for (String setting : new String[] {
            "standard_conforming_strings = off",
            "bytea_output = escape",
            "quote_all_identifiers = on",
            "timezone = 'Asia/Tokyo'",
            "datestyle = 'German'",
            "intervalstyle = iso_8601",
            "extra_float_digits = -5",
            "array_nulls = off",
            "search_path = nowhere",
            "xmloption = document",
            "default_transaction_read_only = on"
        }) {
            database.execute("ALTER DATABASE " + database.name() + " SET " + setting);
        }
        proves(database);
    }

    @ParameterizedTest
    @CsvSource({"LATIN1, Größe", "EUC_JP, 注文", "UTF8, 🐴"})
    void everyEncoding(String encoding, String name) throws Exception {
        Database database = database(MAJOR, "LOCALE 'C' ENCODING '" + encoding + "'");
        String table = '"' + name + '"';
        database.execute("CREATE TABLE " + table + " (" + table + " text DEFAULT '" + name + "', n serial);"
                + " INSERT INTO " + table + " VALUES ('" + name + "');"
                + " CREATE VIEW v AS SELECT '" + name + "'::text AS x FROM " + table + "; CREATE TABLE empty ()");
        proves(database);
    }

    @Test
    void bytesInADatabaseThatKnowsNoEncoding() throws Exception {
        Database database = database(MAJOR, "LOCALE 'C' ENCODING 'SQL_ASCII'");
        database.execute("CREATE TABLE t (a text); INSERT INTO t VALUES (E'\\xff\\xfe\\x80'), ('ä')");
        proves(database);
    }

    @Test
    void namesInADatabaseThatKnowsNoEncoding() throws Exception {
        Database database = database(MAJOR, "LOCALE 'C' ENCODING 'SQL_ASCII'");
        database.execute("DO $$ BEGIN EXECUTE E'CREATE TABLE \"t\\xe9\" (a text)';"
                + " EXECUTE E'INSERT INTO \"t\\xe9\" VALUES (E''\\xfe'')'; END $$");
        cannotTellTheNames(database, "SQL_ASCII");
    }

    /** Version 17 made JSON a keyword, and version 16 writes a parameter of that name without quotes. */
    @Test
    void aDatabaseThatTheNextVersionDoesNotTake() throws Exception {
        Database database = database(16, "");
        database.execute("CREATE FUNCTION same(json integer) RETURNS integer LANGUAGE sql AS 'SELECT $1'");
        RoundTrip trip = new RoundTrip().backUp(database.url());
        trip.passes(database.server());
        ClientBinaries.assumeClientFor(17);
        Receipt receipt = trip.verify(PostgresServer.shared(17).url("postgres"));
        assertThat(receipt.verdict()).isEqualTo(Verdict.FAILED);
        assertThat(receipt.reason()).contains("syntax error", "of PostgreSQL 16 and this server is 17");
    }

    private static void cannotTellTheNames(Database database, String encoding) throws Exception {
        Receipt receipt =
                new RoundTrip().backUp(database.url()).verify(database.server().url("postgres"));
        assertThat(receipt.verdict()).isEqualTo(Verdict.COULD_NOT_VERIFY);
        assertThat(receipt.reason())
                .contains("names outside of ASCII, which cannot be told in the encoding " + encoding);
    }

    /** Java does not know the encoding: what the names are cannot be told, and that is nothing against the backup. */
    @Test
    void namesInAnEncodingThatIsNotKnown() throws Exception {
        Database database = database(MAJOR, "LOCALE 'C' ENCODING 'EUC_JIS_2004'");
        database.execute("CREATE TABLE t (a text); INSERT INTO t VALUES ('注文')");
        proves(database);

        database.execute("CREATE TABLE \"注文\" (a text)");
        cannotTellTheNames(database, "EUC_JIS_2004");
        proves(database, "PG_DUMP_OPTIONS=--encoding=UTF8");
    }

    /** A server gives names to columns that had none, when it reads its own words again. */
    @Test
    void queriesWhoseColumnsHaveNoName() throws Exception {
        Database database = database(MAJOR, "");
        database.execute(SMALL + """
                CREATE VIEW v AS SELECT * FROM items i WHERE EXISTS (SELECT NULL FROM names) OR name IN (SELECT 'x' UNION SELECT 'y');
                CREATE VIEW n AS SELECT ARRAY(SELECT (SELECT 'x')) AS a FROM items WHERE name IN (SELECT 'x' COLLATE "C") UNION SELECT NULL;
                CREATE VIEW w AS SELECT name FROM items WHERE EXISTS (SELECT now() AS "?column?", CASE WHEN id > 1 THEN 'a' ELSE (SELECT 'b') END);
                CREATE MATERIALIZED VIEW m AS SELECT 1 AS a WHERE EXISTS (SELECT -1);
                CREATE POLICY p ON items TO PUBLIC USING (EXISTS (SELECT NULL));
                CREATE RULE r AS ON DELETE TO items WHERE EXISTS (SELECT 'x') DO INSTEAD NOTHING;
                CREATE FUNCTION f() RETURNS text LANGUAGE sql BEGIN ATOMIC SELECT 'a', 'b' AS c; SELECT 'x'; END;
                CREATE FUNCTION g(a integer) RETURNS integer LANGUAGE sql BEGIN ATOMIC INSERT INTO items (name) SELECT 'x' COLLATE "C"; SELECT $1; END;
                CREATE FUNCTION h() RETURNS SETOF record LANGUAGE sql BEGIN ATOMIC SELECT NULL, id AS i, now() FROM items; END;
                """);
        proves(database);
    }

    /** A row's type has more columns than it had when the view was made. */
    @Test
    void rowsOlderThanTheirType() throws Exception {
        Database database = database(MAJOR, "");
        database.execute("CREATE TYPE pair AS (a integer, b text); CREATE VIEW pairs AS SELECT ROW(1, 'x')::pair AS p;"
                + " ALTER TYPE pair ADD ATTRIBUTE c double precision, ADD ATTRIBUTE d text");
        proves(database);
    }

    /** What a server words in a way that is not known is nothing against the backup, and is said. */
    @Test
    void aWordingThatIsNotKnownIsNamedAsNotCompared() throws Exception {
        Database database = database(MAJOR, "");
        database.execute(SMALL + """
                CREATE FUNCTION h() RETURNS SETOF record LANGUAGE sql BEGIN ATOMIC SELECT 'x' COLLATE "C", (SELECT 'y'), id FROM items; END;
                """);
        Receipt receipt =
                new RoundTrip().backUp(database.url()).verify(database.server().url("postgres"));
        assertThat(receipt.verdict()).as(receipt.reason()).isEqualTo(Verdict.PASSED);
        assertThat(receipt.checks().stream().flatMap(check -> check.skipped().stream()))
                .singleElement()
                .asString()
                .startsWith("FUNCTION public.h(): its statement is the one that was dumped");
    }

    @Test
    void namesThatLookLikeTheCommentsOfADump() throws Exception {
        Database database = database(MAJOR, "");
        String name = "\"-- Name: q; Type: SCHEMA; Schema: -; Owner: -\"";
        database.execute("CREATE SCHEMA " + name + "; CREATE TABLE " + name + "." + name + " (a serial);"
                + " INSERT INTO " + name + "." + name + " VALUES (1);"
                + " CREATE MATERIALIZED VIEW " + name + ".kept AS SELECT 1 AS a;"
                + " CREATE MATERIALIZED VIEW \"two\nlines\" AS SELECT 1 AS a;"
                + " CREATE MATERIALIZED VIEW " + name + ".\"empty\nview\" AS SELECT 1 AS a WITH NO DATA");
        proves(database);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    15 | LOCALE_PROVIDER icu ICU_LOCALE 'de-DE' LOCALE 'C'
                    17 | LOCALE_PROVIDER icu ICU_LOCALE 'de-DE' LOCALE 'C'
                    17 | LOCALE_PROVIDER builtin BUILTIN_LOCALE 'C.UTF-8' LOCALE 'C'
                    18 | LOCALE_PROVIDER builtin BUILTIN_LOCALE 'PG_UNICODE_FAST' LOCALE 'C'
                    """)
    void everyLocaleProvider(int major, String options) throws Exception {
        Database database = database(major, options);
        database.execute(SMALL
                + "CREATE COLLATION loose (PROVIDER = icu, LOCALE = 'und-u-ks-level2', DETERMINISTIC = false);"
                + " CREATE TABLE words (w text COLLATE loose UNIQUE); INSERT INTO words VALUES ('A'), ('b')");
        proves(database);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "DROP SCHEMA public; CREATE SCHEMA own; SET search_path = own;",
                "DROP SCHEMA public; CREATE SCHEMA public; COMMENT ON SCHEMA public IS 'another';",
                "CREATE ROLE public_owner; ALTER SCHEMA public OWNER TO public_owner;"
            })
    void whateverBecameOfThePublicSchema(String preparation) throws Exception {
        Database database = database(MAJOR, "");
        database.execute(preparation + SMALL);
        proves(database);
    }

    @Test
    void ownersAndGrants() throws Exception {
        Database database = database(MAJOR, "");
        database.execute("CREATE ROLE \"odd \"\"owner\"; CREATE ROLE odd_reader;" + SMALL + """
                ALTER TABLE items OWNER TO "odd ""owner";
                GRANT SELECT (name) ON items TO odd_reader WITH GRANT OPTION;
                GRANT USAGE ON SEQUENCE items_id_seq TO PUBLIC;
                ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT SELECT ON TABLES TO odd_reader;
                CREATE FUNCTION f() RETURNS integer LANGUAGE sql AS 'SELECT 1';
                REVOKE ALL ON FUNCTION f() FROM PUBLIC;
                CREATE FOREIGN DATA WRAPPER nowhere;
                CREATE SERVER there FOREIGN DATA WRAPPER nowhere;
                CREATE FOREIGN TABLE far (a integer) SERVER there;
                CREATE MATERIALIZED VIEW kept AS SELECT 1 AS a;
                """);
        RoundTrip trip = new RoundTrip().backUp(database.url(), "BACKUP_PRIVILEGES=true");
        trip.passes(database.server());
        ClientBinaries.assumeClientFor(MAJOR + 1);
        trip.passes(PostgresServer.shared(MAJOR + 1));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--load-via-partition-root",
                "-n public",
                "--schema=public --no-comments",
                "-t items -t names",
                "--exclude-table-data=other --quote-all-identifiers",
                "--disable-dollar-quoting"
            })
    void optionsOfTheDump(String options) throws Exception {
        Database database = database(MAJOR, "");
        database.execute(SMALL + """
                CREATE TABLE parts (a integer) PARTITION BY RANGE (a);
                CREATE TABLE part PARTITION OF parts FOR VALUES FROM (0) TO (10);
                ALTER TABLE parts ADD b text;
                CREATE TABLE reversed (gone integer, b text, a integer);
                ALTER TABLE reversed DROP gone;
                ALTER TABLE parts ATTACH PARTITION reversed FOR VALUES FROM (10) TO (20);
                INSERT INTO parts SELECT a, 'row ' || a FROM generate_series(0, 19) a;
                CREATE TABLE named (r regclass, f regprocedure);
                INSERT INTO named VALUES ('items', 'abs(integer)');
                CREATE FUNCTION quoted() RETURNS text LANGUAGE sql AS 'SELECT ''$$''::text AS text';
                CREATE TABLE other (a integer);
                INSERT INTO other VALUES (1);
                CREATE SCHEMA elsewhere;
                CREATE TABLE elsewhere.other (a integer);
                CREATE PUBLICATION everything FOR ALL TABLES;
                COMMENT ON TABLE items IS 'comment';
                """);
        proves(database, "PG_DUMP_OPTIONS=" + options);
    }

    /** pg_dump by itself fills these through their root, and another partition of the same table not. */
    @ParameterizedTest
    @ValueSource(strings = {"", "--load-via-partition-root", "--exclude-table-data=ranges"})
    void hashPartitionsByAnEnum(String options) throws Exception {
        Database database = database(MAJOR, "");
        database.execute(ENUM_PARTITIONS);
        proves(database, "PG_DUMP_OPTIONS=" + options);
    }

    /** A row may then lie in another partition than before, and is read in the order of that one's columns. */
    @Test
    void hashPartitionsByAnEnumWhoseColumnsStandInAnotherOrder() throws Exception {
        Database database = database(MAJOR, "");
        database.execute(ENUM_PARTITIONS.replace("moods_1b (id integer, m mood)", "moods_1b (m mood, id integer)"));
        Receipt receipt =
                new RoundTrip().backUp(database.url()).verify(database.server().url("postgres"));
        assertThat(receipt.verdict()).as(receipt.reason()).isEqualTo(Verdict.PASSED);
    }

    @Test
    void hashPartitionsWhoseRowsWereLostFail() throws Exception {
        Database database = database(MAJOR, "");
        database.execute(ENUM_PARTITIONS);
        RoundTrip trip = new RoundTrip().backUp(database.url());
        Receipt receipt = trip.verify(database.server(), backup -> {
            DumpText dump = DumpText.of(backup.sql());
            DumpText.Entry filled = dump.entries().stream()
                    .filter(entry -> entry.isData() && entry.name().startsWith("moods_1"))
                    .filter(entry -> !dump.rows(entry).isEmpty())
                    .findFirst()
                    .orElseThrow();
            return backup.forged(dump.withRows(filled, List.of()));
        });
        assertThat(receipt.verdict()).isEqualTo(Verdict.FAILED);
        assertThat(receipt.reason()).contains("rows: public.moods: expected 50 rows");
    }

    @Test
    void rolesThatAreNoSuperusers() throws Exception {
        Database database = database(MAJOR, "");
        database.execute(SMALL + """
                CREATE EXTENSION hstore;
                CREATE DOMAIN even AS integer CHECK (VALUE % 2 = 0);
                CREATE MATERIALIZED VIEW kept AS SELECT * FROM items;
                CREATE POLICY own ON items USING (true);
                CREATE TABLE refers (id integer REFERENCES items, twice integer GENERATED ALWAYS AS (id * 2) STORED);
                INSERT INTO refers VALUES (1);
                """);
        PostgresServer server = database.server();
        server.createRole("plain_backup", "b", "");
        server.execute("postgres", "GRANT pg_read_all_data TO plain_backup");
        server.createRole("plain_verifier", "v", "CREATEDB");
        new RoundTrip()
                .backUp(server.url("plain_backup", "b", database.name()))
                .passes(server.url("plain_verifier", "v", "postgres"));
    }

    @Test
    void rowsAsInsertsAreNotProven() throws Exception {
        Database database = database(MAJOR, "");
        database.execute(SMALL);
        Receipt receipt = new RoundTrip()
                .backUp(database.url(), "PG_DUMP_OPTIONS=--inserts")
                .verify(database.server().url("postgres"));
        assertThat(receipt.verdict()).isEqualTo(Verdict.RESTORED);
        assertThat(receipt.checks())
                .filteredOn(check -> check.result() == Check.Result.SKIPPED)
                .extracting(Check::name)
                .containsExactly(Check.Name.ROWS, Check.Name.CONTENT, Check.Name.QUERIES);
    }
}
