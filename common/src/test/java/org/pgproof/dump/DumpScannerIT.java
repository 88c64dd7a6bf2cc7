package org.pgproof.dump;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.pgproof.dump.sql.RelationName;
import org.pgproof.testkit.ClientBinaries;
import org.pgproof.testkit.PostgresServer;

/** What real servers and clients write and read. */
class DumpScannerIT {
    private static final int MAJOR = 15;

    private static final String SCHEMA = """
            CREATE SCHEMA "We""ird; Type: TABLE
            x";
            CREATE TYPE mood AS ENUM ('a;b', 'c''d');
            CREATE TABLE orders (id bigserial PRIMARY KEY, "na""me; -- x" text DEFAULT 'a;\\b', feeling mood);
            INSERT INTO orders ("na""me; -- x", feeling)
                SELECT E'\\\\.\\n' || i || E'\\n\\\\.\\n\\t\\r--$$''"', 'a;b' FROM generate_series(1, 1000) i;
            CREATE TABLE no_columns ();
            INSERT INTO no_columns SELECT FROM generate_series(1, 3);
            CREATE TABLE wide AS SELECT repeat('x', 10000000) AS text, decode(repeat('5c2e0a', 100000), 'hex') AS bytes;
            CREATE TABLE "We""ird; Type: TABLE
            x"."t; Owner: me
            COPY x FROM stdin;" (a int);
            CREATE FUNCTION f(a int, b int) RETURNS int LANGUAGE plpgsql AS $f$
            BEGIN
                -- it's $_$
                /*
            \\.
            \\! echo
            */
                EXECUTE 'COPY x FROM stdin;';
                RETURN $$1$$;
            END $f$;
            CREATE RULE r AS ON DELETE TO orders DO ALSO (INSERT INTO no_columns DEFAULT VALUES; SELECT 1);
            CREATE VIEW v AS SELECT CASE WHEN id > 1 THEN E'\\\\\\'x' ELSE '''' END AS "begin" FROM orders;
            CREATE SEQUENCE "We""ird; Type: TABLE
            x"."s'q\\";
            SELECT setval($$"We""ird; Type: TABLE
            x"."s'q\\"$$, 42);
            COMMENT ON TABLE orders IS E'it''s\\n--\\n-- Name: x; Type: TABLE; Schema: y; Owner: z\\n--\\n\\\\! echo';
            """;

    private static final String ROUTINES = """
            CREATE FUNCTION g(a int) RETURNS int
                BEGIN ATOMIC SELECT 1; SELECT CASE WHEN a > 1 THEN 2 ELSE 3 END; END;
            CREATE PROCEDURE h() LANGUAGE sql BEGIN ATOMIC INSERT INTO orders (id) VALUES (-1); END;
            """;

    @TempDir
    private Path folder;

    private PostgresServer server;
    private PostgresClient client;
    private String database;

    @BeforeEach
    void connect() throws Exception {
        use(MAJOR);
    }

    private void use(int major) throws Exception {
        ClientBinaries.Client binaries = ClientBinaries.assumeClientFor(major);
        server = PostgresServer.shared(major);
        client = new PostgresClient(server, binaries, folder);
        database = server.freshDatabase().name();
    }

    private void fill(String to) throws Exception {
        client.psql(to, SCHEMA.getBytes(StandardCharsets.UTF_8));
        client.psql(
                to,
                "SELECT lo_from_bytea(5000, '\\x010203'), lo_create(5001), lo_from_bytea(5002, decode(repeat('ab', 99999), 'hex'));"
                        .getBytes(StandardCharsets.UTF_8));
    }

    @ParameterizedTest
    @ValueSource(ints = {13, 14, 15, 16, 17, 18})
    void understandsEveryWordOfADump(int major) throws Exception {
        use(major);
        fill(database);
        if (major >= 14) {
            client.psql(database, ROUTINES.getBytes(StandardCharsets.UTF_8));
        }
        RecordedDump dump = RecordedDump.of(client.dump(database), 4096);

        assertThat(dump.incompleteBecause).isEmpty();
        assertThat(dump.foreign).isEmpty();
        assertThat(dump.unsupported).isEmpty();
        assertThat(dump.metaCommands).extracting(MetaCommand::expected).doesNotContain(false);
        assertThat(dump.targets)
                .extracting(target -> target.table().name())
                .containsExactlyInAnyOrder("orders", "no_columns", "wide", "t; Owner: me\nCOPY x FROM stdin;");
        assertThat(dump.rows).extracting(Rows::count).containsExactlyInAnyOrder(1000L, 3L, 1L, 0L);
        assertThat(dump.sequences)
                .containsExactlyInAnyOrder(
                        new SequenceValue("public", "orders_id_seq", 1000, true),
                        new SequenceValue("We\"ird; Type: TABLE\nx", "s'q\\", 42, true));
        assertThat(dump.largeObjects.count()).isEqualTo(3);
        assertThat(dump.largeObjects.bytes()).isEqualTo(100_002);
        assertThat(dump.serverVersion).startsWith(Integer.toString(major));
        assertThat(definitions(dump))
                .allSatisfy(text -> assertThat(text).matches("(?s)(CREATE|ALTER|COMMENT|GRANT|REVOKE) .*;"));
    }

    private static List<String> definitions(RecordedDump dump) {
        return dump.statements.stream()
                .filter(statement -> statement.kind() == Statement.Kind.DEFINITION)
                .map(statement -> statement.head().text())
                .toList();
    }

    @Test
    void hashesTheRowsThatCopyWrites() throws Exception {
        fill(database);
        RecordedDump dump = RecordedDump.of(client.dump(database));
        for (int i = 0; i < dump.targets.size(); i++) {
            CopyTarget target = dump.targets.get(i);
            String columns =
                    target.columns().stream().map(RelationName::quote).collect(Collectors.joining(", ", "(", ")"));
            String copy = "COPY " + target.table().quoted() + (target.columns().isEmpty() ? "" : columns)
                    + " TO STDOUT;\n\\echo '\\\\.'\n";
            byte[] rows = client.psql(database, copy.getBytes(StandardCharsets.UTF_8));
            RowScanner scanner = new RowScanner(true);
            assertThat(scanner.write(rows, 0, rows.length)).isEqualTo(rows.length);
            assertThat(scanner.terminated()).isTrue();
            assertThat(scanner.rows()).isEqualTo(dump.rows.get(i));
        }
    }

    @Test
    void tellsTheSameOfARestoredDatabase() throws Exception {
        fill(database);
        byte[] dumped = client.dump(database);
        String restored = server.freshDatabase().name();
        client.psql(restored, dumped);
        RecordedDump before = RecordedDump.of(dumped);
        RecordedDump after = RecordedDump.of(client.dump(restored));
        assertThat(after.statements).isEqualTo(before.statements).isNotEmpty();
        assertThat(after.rows).isEqualTo(before.rows);
        assertThat(after.sequences).isEqualTo(before.sequences);
        assertThat(after.largeObjects).isEqualTo(before.largeObjects);
    }

    @Test
    void readsADumpWithBackslashEscapesInStrings() throws Exception {
        fill(database);
        server.execute("postgres", "ALTER DATABASE " + database + " SET standard_conforming_strings = off");
        RecordedDump dump = RecordedDump.of(client.dump(database));
        assertThat(dump.settings).contains("standard_conforming_strings=off");
        assertThat(dump.incompleteBecause).isEmpty();
        assertThat(dump.foreign).isEmpty();
        assertThat(dump.largeObjects.bytes()).isEqualTo(100_002);
        assertThat(dump.sequences).extracting(SequenceValue::name).contains("s'q\\");
    }

    @ParameterizedTest
    @CsvSource({"LATIN1, Größe", "EUC_JP, 注文", "UTF8, 🐴", "SQL_ASCII, plain"})
    void decodesNamesOfEveryServerEncoding(String encoding, String name) throws Exception {
        String encoded = "enc_" + encoding.toLowerCase(java.util.Locale.ROOT) + "_" + new Random().nextInt(1 << 30);
        server.execute(
                "postgres",
                "CREATE DATABASE " + encoded + " TEMPLATE template0 LOCALE 'C' ENCODING '" + encoding + "'");
        server.execute(encoded, "CREATE TABLE \"" + name + "\" (\"" + name + "\" int)");
        RecordedDump dump = RecordedDump.of(client.dump(encoded));
        assertThat(dump.incompleteBecause).isEmpty();
        assertThat(dump.foreign).isEmpty();
        assertThat(dump.targets).containsExactly(new CopyTarget(new RelationName("public", name), List.of(name), ""));
    }

    /** pg_dump reads the names of all roles of the server in the encoding it is told: none may be beyond it. */
    @Test
    @ResourceLock("roles")
    void refusesToReadAnEncodingWhoseLettersLookLikeQuotes() throws Exception {
        RecordedDump dump = RecordedDump.of(client.dump(database, "--encoding=SJIS"));
        assertThat(dump.unsupported).containsExactly("client_encoding set to SJIS");
    }

    @Test
    void countsRowsDumpedAsInserts() throws Exception {
        fill(database);
        RecordedDump dump = RecordedDump.of(client.dump(database, "--inserts"));
        assertThat(dump.incompleteBecause).isEmpty();
        assertThat(dump.foreign).isEmpty();
        assertThat(dump.inserts).hasSize(1004);
        assertThat(dump.targets).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--clean",
                "--clean --if-exists",
                "--data-only --disable-triggers",
                "--inserts --rows-per-insert=3",
                "--column-inserts --on-conflict-do-nothing",
                "--use-set-session-authorization",
                "--no-owner --no-privileges",
                "--enable-row-security",
                "--section=post-data",
                "--quote-all-identifiers"
            })
    void findsNothingForeignInWhatOptionsMake(String options) throws Exception {
        fill(database);
        assertThat(RecordedDump.of(client.dump(database, options.split(" "))).foreign)
                .isEmpty();
    }

    @Test
    void findsNothingForeignInStatistics() throws Exception {
        use(18);
        fill(database);
        server.execute(database, "ANALYZE");
        RecordedDump dump = RecordedDump.of(client.dump(database, "--statistics"));
        assertThat(dump.texts()).anyMatch(text -> text.contains("pg_restore_attribute_stats"));
        assertThat(dump.foreign).isEmpty();
    }

    @Test
    void readsVerboseDumpsWithOwnersAndGrants() throws Exception {
        fill(database);
        server.execute(database, "GRANT SELECT ON orders TO PUBLIC");
        RecordedDump dump = RecordedDump.of(client.dump(database, "--verbose"));
        assertThat(dump.incompleteBecause).isEmpty();
        assertThat(dump.foreign).isEmpty();
        assertThat(dump.entries).extracting(TocEntry::kind).contains("ACL", "TABLE", "TABLE DATA", "SEQUENCE SET");
        assertThat(dump.entries)
                .filteredOn(entry -> entry.kind().equals("TABLE"))
                .allSatisfy(entry -> assertThat(entry.owner()).isEqualTo(server.user()));
    }

    /** psql shows each statement before it sends it: on scraps of SQL it must show the statements found here. */
    @Test
    void splitsStatementsWherePsqlDoes() throws Exception {
        String[] scraps = {
            "'",
            "'",
            "\"",
            "$",
            "$$",
            "$y$",
            "y",
            "E'",
            "E",
            "U&'",
            "U&\"",
            "&",
            "B'",
            "N'",
            ";",
            ";",
            "-",
            "--",
            "/",
            "*",
            "/*",
            "*/",
            "(",
            ")",
            "\n",
            " ",
            "1",
            "1.5",
            "é",
            "CREATE FUNCTION ",
            " BEGIN ",
            " END ",
            " case ",
            "y$y",
            "$1"
        };
        Random random = new Random(20261123);
        for (int i = 0; i < 40; i++) {
            String sql = random.ints(3 + random.nextInt(25), 0, scraps.length)
                    .mapToObj(scrap -> scraps[scrap])
                    .collect(Collectors.joining());
            RecordedDump dump = RecordedDump.of(sql + "\n");
            if (dump.unsupported.isEmpty() && !sql.contains("\n\n")) {
                String shown = Files.readString(
                        client.script(database, (sql + "\n").getBytes(StandardCharsets.UTF_8), "--echo-queries")
                                .stdout());
                assertThat(shown)
                        .as(sql)
                        .startsWith(
                                dump.texts().stream().map(text -> text + "\n").collect(Collectors.joining()));
            }
        }
    }
}
