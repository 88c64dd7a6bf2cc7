package org.pgproof.dump;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import org.pgproof.testkit.ClientBinaries;
import org.pgproof.testkit.PostgresServer;

/** On whatever is made of SQL and rows, the scanner and psql see the same statements, and rows go where both think they go. */
class PsqlAgreementIT {
    private static final int MAJOR = 15;

    private static final String[] SCRAPS = {
        "'",
        "''",
        "E'",
        "e'\\''",
        "U&'x'",
        "U&\"x\"",
        "B'1'",
        "N'x'",
        "\"",
        "$$",
        "$a$",
        "$é$",
        "a$b$",
        "$1",
        "1a",
        "1.5e3",
        "--",
        "-- x'\n",
        "/**/",
        "/* /* */ */",
        "(",
        ")",
        ";",
        ";\n",
        "\n",
        "\r",
        " ",
        "x",
        "é",
        "::",
        ":x",
        ":'x'",
        "x:y",
        "SELECT ",
        "CREATE FUNCTION f() ",
        "CREATE OR REPLACE PROCEDURE p() ",
        " BEGIN ",
        " ATOMIC ",
        " CASE ",
        " END ",
        " END; ",
        "CREATE TABLE \"begin\" (",
        "SET standard_conforming_strings = off;\n",
        "SET standard_conforming_strings = on;\n",
        "SET client_encoding = 'UTF8';\n",
        "SELECT 'a\\';\n",
        "COPY t FROM stdin;\n",
        "COPY t (a) FROM STDOUT;\n",
        "copy \"t\" from STDIN ;\n",
        "COPY t FROM stdin",
        " WITH (FORMAT text);\n",
        "1\n",
        "row\n",
        "\\N\n",
        "'\n",
        "$$\n",
        "\\\\.\n",
        " \\.\n",
        "\\.\n",
        "\\.\r\n",
        "\\.\n",
        "COPY t FROM stdin;\n1\n\\.\n"
    };

    private final List<PostgresClient> clients;
    private final PostgresServer server = PostgresServer.shared(MAJOR);
    private final String database;

    PsqlAgreementIT() throws IOException, SQLException {
        Path folder = Files.createTempDirectory("agreement");
        clients = ClientBinaries.all().stream()
                .filter(client -> client.major() >= MAJOR)
                .map(client -> new PostgresClient(server, client, folder))
                .toList();
        database = server.freshDatabase().name();
        server.execute(database, "CREATE TABLE t (a text)");
    }

    @Property(tries = 60, shrinking = ShrinkingMode.BOUNDED)
    void seesWhatPsqlSees(@ForAll("soup") String soup) throws Exception {
        RecordedDump scanned = RecordedDump.of(soup.getBytes(StandardCharsets.UTF_8), 7);
        Assume.that(scanned.unsupported.isEmpty() && scanned.metaCommands.isEmpty());
        for (PostgresClient client : clients) {
            server.execute(database, "TRUNCATE t");
            byte[] script = soup.getBytes(StandardCharsets.UTF_8);
            PostgresClient.Output output =
                    client.script(database, script, "--quiet", "--echo-queries", "--output=/dev/null");
            String seen = plain(Files.readString(output.stdout(), StandardCharsets.ISO_8859_1));
            String expected = plain(new String(
                    String.join("\n", scanned.texts()).getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1));
            boolean same = seen.startsWith(expected) || (stopsAtFailedCopy(seen, output) && expected.startsWith(seen));
            assertThat(same)
                    .as(
                            "psql %d saw %s, the scanner %s: %s",
                            client.binaries().major(), seen, expected, output.stderr())
                    .isTrue();
            if (hasPlainRows(soup, scanned) && !output.stderr().contains("ERROR")) {
                long rows = scanned.rows.stream().mapToLong(Rows::count).sum();
                assertThat(server.value(database, "SELECT count(*) FROM t")).isEqualTo(Long.toString(rows));
            }
        }
    }

    /** From 17.12 and 18.6 on psql takes all that follows a COPY that fails for its rows; a restore ends at that error. */
    private static boolean stopsAtFailedCopy(String seen, PostgresClient.Output output) {
        return output.stderr().contains("ERROR")
                && seen.toLowerCase(Locale.ROOT).contains("copy");
    }

    /** Rows without an end are never given to psql; after a row with the end of rows in it, older servers read no more. */
    private static boolean hasPlainRows(String soup, RecordedDump scanned) {
        boolean openEnd = scanned.incompleteBecause.orElse("").contains("the middle of the rows");
        return !openEnd && !soup.replace("\\\\", "").matches("(?s).*[^\n]\\\\\\..*");
    }

    /** Without comments before a statement, which psql sends with it, and white space. */
    private static String plain(String text) {
        return text.replaceAll("[\\s/*]+", "");
    }

    @Provide
    Arbitrary<String> soup() {
        return Arbitraries.of(SCRAPS).list().ofMinSize(2).ofMaxSize(24).map(scraps -> String.join("", scraps) + "\n");
    }
}
