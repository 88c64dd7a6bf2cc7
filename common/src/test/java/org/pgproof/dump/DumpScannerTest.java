package org.pgproof.dump;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.pgproof.dump.Statement.Kind;
import org.pgproof.dump.sql.RelationName;

class DumpScannerTest {
    private static final String PREAMBLE = """
            --
            -- PostgreSQL database dump
            --

            -- Dumped from database version 15.18 (Debian 15.18-1)
            -- Dumped by pg_dump version 17.11

            SET client_encoding = 'UTF8';
            SET standard_conforming_strings = on;
            SELECT pg_catalog.set_config('search_path', '', false);

            """;

    @Test
    void tellsWhatThePreambleSays() {
        RecordedDump dump = RecordedDump.of(PREAMBLE);
        assertThat(dump.serverVersion).isEqualTo("15.18 (Debian 15.18-1)");
        assertThat(dump.clientVersion).isEqualTo("17.11");
        assertThat(dump.settings)
                .containsExactly("client_encoding=UTF8", "standard_conforming_strings=on", "search_path=");
        assertThat(dump.statements)
                .extracting(Statement::kind)
                .containsExactly(Kind.SETTING, Kind.SETTING, Kind.SETTING);
    }

    @Test
    void tellsWhereAStatementLies() {
        String before = PREAMBLE + "/* ; */ -- ;\n  ";
        String statement = "CREATE TABLE public.t (\n    a integer -- ;\n)";
        RecordedDump dump = RecordedDump.of(before + statement + ";\n\n\n");
        Statement created = dump.statements.get(3);
        assertThat(created.kind()).isEqualTo(Kind.DEFINITION);
        assertThat(created.start()).isEqualTo(before.length());
        assertThat(created.end()).isEqualTo(before.length() + statement.length() + 1);
        assertThat(created.head().text()).isEqualTo(statement + ";");
        assertThat(created.digest()).isEqualTo(Digest.of((statement + ";").getBytes(StandardCharsets.UTF_8)));
        assertThat(dump.boundary).isEqualTo(created.end() + 3);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT 'a;''b', E'\\';', U&'\\', \"a;\"\"b\", B'1';",
                "CREATE FUNCTION f() AS $$ COPY x FROM stdin;\n\\.\n\\! rm $$;",
                "CREATE FUNCTION f() AS $_$ $$ $_ $ $__$; $_$;",
                "CREATE FUNCTION f() AS $é1$ ; $é$ ; $é1$;",
                "SELECT a$b$c, x$$ FROM y$$;",
                "SELECT $1$$;$$, 1$$;$$;",
                "SELECT 1 /* ; /* ; */ ; */ ;",
                "SELECT 1 -- ; '\n;",
                "SELECT 1 -- it's\r;",
                "SELECT 1 <--;\n 2;",
                "CREATE RULE r AS ON DELETE TO t DO (DELETE FROM u; DELETE FROM v);",
                "CREATE FUNCTION f() BEGIN ATOMIC SELECT 1; SELECT CASE WHEN a THEN 1 END; END;",
                "create or replace procedure p() begin atomic select 1; end;",
                "SELECT nE'a;b', Ne FROM e;",
                "SELECT E'\\\\', 'a';",
                "SELECT 1 - 2 / 3;",
                "- 1;",
                ";"
            })
    void readsAStatementToItsEnd(String statement) {
        RecordedDump dump = RecordedDump.of(statement + "\nSELECT 2;");
        assertThat(dump.texts()).containsExactly(statement, "SELECT 2;");
        assertThat(dump.misread).isEmpty();
        assertThat(dump.metaCommands).isEmpty();
        assertThat(dump.targets).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "CREATE TABLE begin (a int);",
                "CREATE VIEW v AS SELECT CASE WHEN a THEN 1 ELSE 2 END;",
                "CREATE FUNCTION f() RETURNS int RETURN CASE WHEN a THEN 1 END;",
                "BEGIN;",
                "CREATE OR REPLACE VIEW begin AS SELECT 1;"
            })
    void takesBeginForABodyOnlyInRoutines(String statement) {
        assertThat(RecordedDump.of(statement + "SELECT 2;").texts()).containsExactly(statement, "SELECT 2;");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "CREATE FUNCTION begin() AS $$ SELECT 1; $$;",
                "CREATE FUNCTION f() BEGIN ATOMIC SELECT begin FROM s; SELECT 2; END;",
                "CREATE FUNCTION f() BEGIN ATOMIC SELECT CASE WHEN a THEN begin END FROM s; END;"
            })
    void tellsOnceWhatPsqlDoesNotFindTheEndOf(String statement) {
        RecordedDump dump = RecordedDump.of(statement + "\nSELECT 2;\nSELECT 3;");
        assertThat(dump.misread).hasSize(1);
        assertThat(dump.texts()).isEmpty();
        assertThat(dump.incompleteBecause).hasValue("it ends in the middle of a statement");
    }

    @Test
    void readsBackslashesInStringsAsTheDumpSetsThem() {
        String statement = "SELECT '\\';';";
        assertThat(RecordedDump.of("SET standard_conforming_strings = off;\n" + statement)
                        .texts())
                .element(1)
                .isEqualTo(statement);
        assertThat(RecordedDump.of("SET standard_conforming_strings = on;\n" + statement)
                        .texts())
                .element(1)
                .isEqualTo("SELECT '\\';");
    }

    @Test
    void tellsTheRowsOfATable() {
        String before = PREAMBLE + "COPY public.orders (id, \"na\"\"me; x\", \"Ä\") FROM stdin;\n";
        String rows = "1\ta\\n;\n\\\\.\tCOPY x FROM stdin;\n";
        RecordedDump dump = RecordedDump.of(before + rows + "\\.\n\n\nSELECT 1;\n", StandardCharsets.UTF_8);
        assertThat(dump.targets)
                .containsExactly(
                        new CopyTarget(new RelationName("public", "orders"), List.of("id", "na\"me; x", "Ä"), ""));
        long begin = before.getBytes(StandardCharsets.UTF_8).length;
        assertThat(dump.rowsBegin).containsExactly(begin);
        assertThat(dump.rowsEnd).containsExactly(begin + rows.length());
        assertThat(dump.rows.get(0).count()).isEqualTo(2);
        assertThat(dump.rows.get(0).bytes()).isEqualTo(rows.length());
        assertThat(dump.texts()).last().isEqualTo("SELECT 1;");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "COPY public.t  FROM stdin;",
                "copy public . \"t\" from STDIN ;",
                "COPY public.T () FROM stdin;",
                "COPY /* a */ public.t -- b\nFROM stdin;"
            })
    void knowsRowsWithoutColumns(String copy) {
        RecordedDump dump = RecordedDump.of(copy + "\n\n\n\\.\n");
        assertThat(dump.targets).containsExactly(new CopyTarget(new RelationName("public", "t"), List.of(), ""));
        assertThat(dump.rows).extracting(Rows::count).containsExactly(2L);
    }

    @Test
    void tellsUnqualifiedNamesAndOptions() {
        RecordedDump dump = RecordedDump.of("COPY t (a) FROM stdin WITH (FORMAT text);\n\\.\n");
        assertThat(dump.targets)
                .containsExactly(new CopyTarget(new RelationName("", "t"), List.of("a"), "WITH (FORMAT text)"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "COPY t FROM '/x';\n",
                "COPY t FROM PROGRAM 'x';\n",
                "COPY t TO stdout;\n",
                "COPY (SELECT 1) TO stdout;\n"
            })
    void refusesCopiesThatAreNotOfADump(String copy) {
        assertThat(RecordedDump.of(copy).unsupported).containsExactly("a COPY statement that pg_dump does not write");
    }

    @Test
    void readsRowsFromWhateverPsqlReadsThemFrom() {
        assertThat(RecordedDump.of("COPY t FROM STDOUT;\n1\n\\.\n").rows)
                .extracting(Rows::count)
                .containsExactly(1L);
    }

    @Test
    void aCommandIsExpectedOnlyIfItIsKnownToItsEnd() {
        String key = "k".repeat(988);
        RecordedDump dump = RecordedDump.of("\\restrict " + key + "\n--\n-- PostgreSQL database dump complete\n--\n\n"
                + "\\unrestrict " + key + "`x`\n");
        assertThat(dump.metaCommands).extracting(MetaCommand::expected).containsExactly(true, false);
    }

    @Test
    void decodesNamesFromTheClientEncoding() {
        String sql = "SET client_encoding = 'EUC_JP';\nCOPY public.\"注文\" (\"名\") FROM stdin;\n\\.\n";
        RecordedDump dump = RecordedDump.of(sql, Charset.forName("EUC-JP"));
        assertThat(dump.targets).containsExactly(new CopyTarget(new RelationName("public", "注文"), List.of("名"), ""));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SET client_encoding = 'SJIS';\n",
                "SET NAMES 'BIG5';\n",
                "SELECT pg_catalog.set_config('client_encoding', 'GBK', false);\n",
                "SET standard_conforming_strings TO DEFAULT;\n",
                "RESET ALL;\n",
                "SET standard_conforming_strings = off; SELECT 1;\n",
                "COPY t FROM stdin; SELECT 1;\n",
                "COPY t FROM stdin WITH (FORMAT csv);\n",
                "COPY BINARY t FROM stdin;\n",
                "COPY t FROM stdin;\na\0b\n",
                "SELECT 'a\0b';\n",
                "SELECT $$a\0b$$;\n",
                "-- a\0b\n",
                "SELECT E'a'\n'b';\n",
                "SELECT 1e$$;\n",
                "SELECT pg_catalog.lowrite(0, '\\x01');\n",
                "SELECT pg_catalog.setval(next(), 1);\n"
            })
    void stopsWherePsqlMayReadOtherwise(String sql) {
        RecordedDump dump = RecordedDump.of(sql + "SELECT 'never told';\n");
        assertThat(dump.unsupported).hasSize(1);
        assertThat(dump.texts()).doesNotContain("SELECT 'never told';");
        assertThat(dump.incompleteBecause)
                .hasValueSatisfying(reason -> assertThat(reason).contains(dump.unsupported.get(0)));
    }

    @Test
    void tellsWhereSequencesStand() {
        RecordedDump dump = RecordedDump.of("""
                SELECT pg_catalog.setval('public.orders_id_seq', 200, true);
                SELECT pg_catalog.setval('public."s''q\\"', -5, false);
                SELECT pg_catalog.setval(E'"a\\\\b".\\x63', 9223372036854775807, true);
                """);
        assertThat(dump.sequences)
                .containsExactly(
                        new SequenceValue("public", "orders_id_seq", 200, true),
                        new SequenceValue("public", "s'q\\", -5, false),
                        new SequenceValue("a\\b", "c", Long.MAX_VALUE, true));
    }

    @Test
    void countsInsertsByTable() {
        RecordedDump dump =
                RecordedDump.of("INSERT INTO public.t VALUES (1);\nINSERT INTO \"S\".\"t\" (a) VALUES (';');\n");
        assertThat(dump.inserts).containsExactly(new RelationName("public", "t"), new RelationName("S", "t"));
    }

    @Test
    void keepsABoundedHeadOfAnEndlessStatement() {
        RecordedDump dump = new RecordedDump();
        DumpScanner scanner = new DumpScanner(dump);
        byte[] begin = "INSERT INTO public.t VALUES ('".getBytes(StandardCharsets.UTF_8);
        byte[] piece = "é;\\.\n--$$/*".repeat(1 << 16).getBytes(StandardCharsets.UTF_8);
        scanner.write(begin, 0, begin.length);
        for (int i = 0; i < 500; i++) {
            scanner.write(piece, 0, piece.length);
        }
        scanner.write("');\n".getBytes(StandardCharsets.UTF_8), 0, 4);
        dump.ended(scanner);
        assertThat(dump.inserts).containsExactly(new RelationName("public", "t"));
        assertThat(dump.statements.get(0).head().whole()).isFalse();
        assertThat(dump.statements.get(0).end()).isEqualTo(begin.length + 500L * piece.length + 3);
    }

    @Test
    void digestsALongStatementAsAShortOne() {
        byte[] statement = ("SELECT '" + "x".repeat(3 << 20) + "';").getBytes(StandardCharsets.UTF_8);
        assertThat(RecordedDump.of(statement, 70_000).statements.get(0).digest())
                .isEqualTo(Digest.of(statement));
    }

    @Test
    void tellsBackslashCommandsApart() {
        RecordedDump dump = RecordedDump.of("""
                \\restrict abc1
                SELECT 1 \\gexec
                ;
                \\! echo 'it''s
                SELECT '\\! no', $$ \\! $$; -- \\! no
                SELECT 1\\; SELECT 2;
                \\unrestrict abc1
                """);
        assertThat(dump.metaCommands)
                .extracting(MetaCommand::line, MetaCommand::insideStatement, MetaCommand::expected)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("\\restrict abc1", false, true),
                        org.assertj.core.groups.Tuple.tuple("\\gexec", true, false),
                        org.assertj.core.groups.Tuple.tuple("\\! echo 'it''s", false, false),
                        org.assertj.core.groups.Tuple.tuple("\\;", true, false),
                        org.assertj.core.groups.Tuple.tuple("\\unrestrict abc1", false, false));
        assertThat(dump.metaCommands.get(1).offset()).isEqualTo(24);
    }

    @Test
    void findsTheCommandThatACarriageReturnHidesInAComment() {
        assertThat(RecordedDump.of("-- Name: x\r\\! evil\n").metaCommands)
                .extracting(MetaCommand::line)
                .containsExactly("\\! evil");
    }

    @Test
    void boundsTheLineOfABackslashCommand() {
        assertThat(RecordedDump.of("\\" + "x".repeat(1 << 20) + "\n").metaCommands)
                .extracting(command -> command.line().length())
                .containsExactly(1000);
    }

    @Test
    void movesItsBoundaryWithRowsAndStatements() {
        DumpScanner scanner = new DumpScanner(new DumpListener() {});
        byte[] sql = "SELECT 1;\n\n-- x\nCOPY t FROM stdin;\nab\nc\n\\.\n\nSELECT".getBytes(StandardCharsets.UTF_8);
        StringBuilder boundaries = new StringBuilder();
        long last = 0;
        for (int i = 0; i < sql.length; i++) {
            scanner.write(sql, i, 1);
            if (scanner.boundary() != last) {
                last = scanner.boundary();
                boundaries.append(last).append(' ');
            }
        }
        assertThat(boundaries).hasToString("9 10 11 35 38 40 43 44 ");
        assertThat(scanner.position()).isEqualTo(sql.length);
    }
}
