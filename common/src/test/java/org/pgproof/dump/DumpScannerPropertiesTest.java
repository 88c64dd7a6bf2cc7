package org.pgproof.dump;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

/** What holds for every dump, shown on thousands made of what is hard to read. */
class DumpScannerPropertiesTest {
    private static final String[] SCRAPS = {
        "'",
        "E'",
        "\"",
        "U&'",
        "$",
        "$$",
        "$a$",
        "a$",
        "\\",
        "\\.",
        "\\.\n",
        ";",
        ";\n",
        "--",
        "-- Name: ",
        "/*",
        "*/",
        "(",
        ")",
        "\n",
        "\r",
        "\t",
        " ",
        "\0",
        "é",
        "1",
        "e",
        "BEGIN ",
        "END ",
        "CREATE FUNCTION f() ",
        "--\n",
        "COPY t (a, \"b\") FROM stdin;\n",
        "COPY t FROM stdin",
        "SET standard_conforming_strings = off;\n",
        "SET client_encoding = 'LATIN1';\n",
        "SELECT pg_catalog.setval('\"a\".b', 1, true);\n",
        "SELECT pg_catalog.lo_open('5', 1);\n",
        "SELECT pg_catalog.lowrite(0, '\\x",
        "0a",
        "');\n",
        "INSERT INTO t ",
        "--\n-- Name: t; Type: TABLE; Schema: public; Owner: -\n--\n",
        "-- PostgreSQL database dump complete\n",
        "\\restrict a1\n",
        "\\unrestrict a1\n",
        "-- Dumped from database version 15\n"
    };

    /** A piece of a statement that holds whatever it holds. */
    private record Piece(String sql) {}

    /** A whole dump and what it must be told to contain. */
    private record Expected(String sql, List<String> statements, List<List<String>> rows) {}

    @Property(tries = 2000)
    void tellsTheSameHoweverTheStreamIsCut(
            @ForAll("scraps") byte[] stream, @ForAll @IntRange(min = 1, max = 40) int piece) {
        assertThat(RecordedDump.of(stream, piece).events).isEqualTo(RecordedDump.of(stream).events);
    }

    @Property(tries = 500)
    void findsExactlyTheStatementsAndRowsThatWereWritten(
            @ForAll("dumps") Expected dump, @ForAll @IntRange(min = 1, max = 300) int piece) {
        RecordedDump found = RecordedDump.of(dump.sql().getBytes(StandardCharsets.UTF_8), piece);
        assertThat(found.texts()).isEqualTo(dump.statements());
        assertThat(found.rows)
                .isEqualTo(dump.rows().stream()
                        .map(DumpScannerPropertiesTest::rows)
                        .toList());
        assertThat(found.metaCommands).isEmpty();
        assertThat(found.complete()).isTrue();
    }

    @Property(tries = 500)
    void isNotCompleteWhenCutShort(@ForAll("dumps") Expected dump, @ForAll @IntRange(min = 1, max = 1000) int missing) {
        byte[] whole = dump.sql().getBytes(StandardCharsets.UTF_8);
        byte[] cut = java.util.Arrays.copyOf(whole, Math.max(0, whole.length - missing));
        assertThat(RecordedDump.of(cut).complete()).isFalse();
    }

    @Provide
    Arbitrary<byte[]> scraps() {
        return Arbitraries.of(SCRAPS)
                .list()
                .ofMaxSize(30)
                .map(scraps -> String.join("", scraps).getBytes(StandardCharsets.UTF_8));
    }

    @Provide
    Arbitrary<Expected> dumps() {
        Arbitrary<Object> statement = statements().map(sql -> (Object) sql);
        Arbitrary<Object> rows = texts().map(DumpScannerPropertiesTest::copyEscaped)
                .list()
                .ofMaxSize(5)
                .map(lines -> (Object) lines);
        return Combinators.combine(
                        Arbitraries.oneOf(statement, rows).list().ofMaxSize(6),
                        fillers().list().ofSize(7))
                .as(DumpScannerPropertiesTest::written);
    }

    private static Expected written(List<Object> parts, List<String> fillers) {
        StringBuilder sql = new StringBuilder();
        List<String> statements = new ArrayList<>();
        List<List<String>> rows = new ArrayList<>();
        for (int i = 0; i < parts.size(); i++) {
            sql.append(fillers.get(i));
            if (parts.get(i) instanceof String statement) {
                statements.add(statement);
                sql.append(statement);
            } else {
                List<String> lines = ((List<?>) parts.get(i))
                        .stream().map(String.class::cast).toList();
                String copy = "COPY \"a;b\".t (x) FROM stdin;";
                statements.add(copy);
                rows.add(lines);
                sql.append(copy).append('\n');
                lines.forEach(line -> sql.append(line).append('\n'));
                sql.append("\\.\n");
            }
        }
        sql.append("\n--\n-- PostgreSQL database dump complete\n--\n");
        return new Expected(sql.toString(), statements, rows);
    }

    private static Rows rows(List<String> lines) {
        Rows sum = Rows.NONE;
        for (String line : lines) {
            byte[] bytes = line.getBytes(StandardCharsets.UTF_8);
            Digest digest = Digest.of(bytes);
            sum = sum.plus(new Rows(1, bytes.length + 1, new Fingerprint(digest.high(), digest.low())));
        }
        return sum;
    }

    private static Arbitrary<String> statements() {
        return pieces(3).list().ofMinSize(1).ofMaxSize(6).map(pieces -> "CREATE x " + joined(pieces) + ";");
    }

    private static String joined(List<Piece> pieces) {
        return String.join(", ", pieces.stream().map(Piece::sql).toList());
    }

    private static Arbitrary<Piece> pieces(int depth) {
        List<Arbitrary<Piece>> kinds = new ArrayList<>(List.of(
                texts().map(text -> new Piece("'" + text.replace("'", "''") + "'")),
                texts().map(text -> new Piece("E'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'")),
                texts().map(text -> new Piece("\"" + text.replace("\"", "\"\"") + "\"")),
                texts().filter(text -> quotable(text, "$$")).map(text -> new Piece("$$" + text + "$$")),
                texts().filter(text -> quotable(text, "$a$")).map(text -> new Piece("$a$" + text + "$a$")),
                texts().map(text -> new Piece("-- " + text.replace("\n", "").replace("\r", "") + "\n")),
                texts().map(text -> new Piece("/* " + text.replace("/", "").replace("*", "") + " */")),
                Arbitraries.of("a$b$c", "x$$", "$1", "1.5e3", "<-", "- -", "/ /", "é", "e", "END", "BEGIN", "::text")
                        .map(Piece::new)));
        if (depth > 0) {
            Arbitrary<List<Piece>> inner =
                    Arbitraries.lazy(() -> pieces(depth - 1)).list().ofMaxSize(3);
            kinds.add(inner.map(pieces -> new Piece("(" + joined(pieces) + " ; )")));
        }
        return Arbitraries.oneOf(kinds);
    }

    private static boolean quotable(String text, String quote) {
        return (text + quote).indexOf(quote) == text.length();
    }

    private static Arbitrary<String> texts() {
        return Arbitraries.of(
                        "'",
                        "\"",
                        "$",
                        "$$",
                        "$a$",
                        "\\",
                        ";",
                        "--",
                        "/*",
                        "*/",
                        "(",
                        ")",
                        "\n",
                        "\r",
                        " ",
                        "a",
                        "é",
                        "\\.",
                        "\n\\.\n",
                        "\\! x",
                        "COPY t FROM stdin;\n",
                        "\n--\n-- Name: x; Type: TABLE")
                .list()
                .ofMaxSize(8)
                .map(parts -> String.join("", parts));
    }

    private static String copyEscaped(String text) {
        return text.replace("\\", "\\\\").replace("\n", "\\n").replace("\r", "\\r");
    }

    private static Arbitrary<String> fillers() {
        return Arbitraries.of("\n\n", " \n", "\n-- it's $$ ; \\! x\n", "/* ' /* \" */ $$ ; */", "\n--\n", "");
    }
}
