package org.pgproof.definition;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.pgproof.dump.DumpScanner;
import org.pgproof.manifest.DumpContents;
import org.pgproof.manifest.ManifestComparison;
import org.pgproof.manifest.ManifestComparison.Versions;
import org.pgproof.postgres.ServerVersion;

class WordingTest {
    private static ManifestComparison.Objects compare(
            String kind, String before, int from, String after, int to, int client) {
        return ManifestComparison.objects(
                objects(kind, before), versions(from, from), objects(kind, after), versions(to, client));
    }

    private static Versions versions(int server, int client) {
        return new Versions(new ServerVersion(server, 0), new ServerVersion(client, 0));
    }

    private static List<SchemaObject> objects(String kind, String definition) {
        DumpContents contents = new DumpContents();
        DumpScanner scanner = new DumpScanner(contents);
        byte[] dump = ("--\n-- PostgreSQL database dump\n--\n\n--\n-- Name: x; Type: " + kind
                        + "; Schema: s; Owner: -\n--\n\n" + definition + "\n")
                .getBytes(StandardCharsets.UTF_8);
        scanner.write(dump, 0, dump.length);
        scanner.end();
        contents.end(scanner.position());
        assertThat(contents.objects()).hasSize(1);
        return contents.objects();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "VIEW | CREATE VIEW s.x AS SELECT t.a, ' t.a ' FROM s.t; | 15 | CREATE VIEW s.x AS SELECT a, ' t.a ' FROM s.t; | 16",
                "VIEW | CREATE VIEW s.x AS SELECT \"T \"\".a\".\"B\" FROM s.t; | 15 | CREATE VIEW s.x AS SELECT \"B\" FROM s.t; | 18",
                "VIEW | CREATE VIEW s.x AS SELECT XMLSERIALIZE(CONTENT y AS text), ' NO INDENT)'; | 15 | CREATE VIEW s.x AS SELECT XMLSERIALIZE(CONTENT y AS text NO INDENT), ' NO INDENT)'; | 16",
                "TABLE | CREATE TABLE s.x (y xml CHECK (XMLSERIALIZE(CONTENT y AS text) <> '')); | 15 | CREATE TABLE s.x (y xml CHECK (XMLSERIALIZE(CONTENT y AS text NO INDENT) <> '')); | 18",
                "PROCEDURE | CREATE PROCEDURE s.x(a integer, INOUT b text) AS 'x'; | 13 | CREATE PROCEDURE s.x(IN a integer, INOUT b text) AS 'x'; | 14",
                "TABLE | CREATE TABLE s.x (a integer NOT NULL); | 17 | CREATE TABLE s.x (a integer CONSTRAINT \"n \"\"n\" NOT NULL); | 18",
                "TABLE | CREATE TABLE s.x (json text DEFAULT '\"json\"', b text); | 16 | CREATE TABLE s.x (\"json\" text DEFAULT '\"json\"', b text); | 17",
                "VIEW | CREATE VIEW s.x AS SELECT system_user FROM s.t; | 15 | CREATE VIEW s.x AS SELECT \"system_user\" FROM s.t; | 16",
                "TABLE | CREATE TABLE s.x (a integer DEFAULT NULL, b text DEFAULT ' DEFAULT NULL '); | 15 | CREATE TABLE s.x (a integer, b text DEFAULT ' DEFAULT NULL '); | 16",
                "OPERATOR CLASS | 'CREATE OPERATOR CLASS s.x FOR TYPE integer USING hash AS\n    OPERATOR 1 =(integer,integer) ,\n    FUNCTION 2 (integer, integer) s.f(integer,bigint);' | 13 | 'CREATE OPERATOR CLASS s.x FOR TYPE integer USING hash AS\n    OPERATOR 1 =(integer,integer);' | 14",
                "OPERATOR FAMILY | CREATE OPERATOR FAMILY s.x USING hash; | 13 | 'CREATE OPERATOR FAMILY s.x USING hash;\nALTER OPERATOR FAMILY s.x USING hash ADD\n    FUNCTION 2 (integer, integer) s.f(integer,bigint);' | 14",
                "SUBSCRIPTION | CREATE SUBSCRIPTION x WITH (connect = false); | 17 | CREATE SUBSCRIPTION x WITH (connect = false, streaming = parallel); | 18",
            })
    void knowsWhatMajorVersionsWordDifferently(String kind, String before, int from, String after, int to) {
        ManifestComparison.Objects across = compare(kind, before, from, after, to, to);
        assertThat(across.differences()).isEmpty();
        assertThat(across.reworded()).isEqualTo(1);
        assertThat(compare(kind, before, to, after, to, to).differences())
                .containsExactly("different: " + kind + " s.x");
        assertThat(compare(kind, after, from, after, to, to).reworded()).isZero();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "VIEW | CREATE VIEW s.x AS SELECT t.a FROM s.t; | CREATE VIEW s.x AS SELECT b FROM s.t;",
                "VIEW | CREATE VIEW s.x AS SELECT 't.a' FROM s.t; | CREATE VIEW s.x AS SELECT 'a' FROM s.t;",
                "VIEW | CREATE VIEW s.x AS SELECT 'a)'; | CREATE VIEW s.x AS SELECT 'a NO INDENT)';",
                "INDEX | CREATE INDEX x ON s.t (a); | CREATE INDEX x ON s.t (b);",
                "TABLE | CREATE TABLE s.x (a integer NOT NULL); | CREATE TABLE s.x (a integer);",
                "FUNCTION | CREATE FUNCTION s.x() AS 'a.b'; | CREATE FUNCTION s.x() AS 'b';",
            })
    void seesWhatIsNotWording(String kind, String before, String after) {
        assertThat(compare(kind, before, 15, after, 18, 18).differences())
                .containsExactly("different: " + kind + " s.x");
    }

    @Test
    void longTextsAreNoBurden() {
        String view = "CREATE VIEW s.x AS SELECT t.a, '" + "a.b''".repeat(50_000) + "', E'" + "\\\\".repeat(100_000)
                + "' FROM s.t;";
        assertThat(compare("VIEW", view, 15, view.replace("t.a,", "a,"), 16, 16).reworded())
                .isEqualTo(1);
    }

    @Test
    void comparesNamesWhereAVersionIsNotKnown() {
        ManifestComparison.Objects objects =
                compare("INDEX", "CREATE INDEX x ON s.t (a);", 15, "CREATE INDEX x ON ONLY s.t (a);", 19, 19);
        assertThat(objects.differences()).isEmpty();
        assertThat(objects.unknown()).containsExactly("INDEX s.x");
        assertThat(objects.compared()).isZero();
    }

    @Test
    void takesTheRolesOfAPolicyAsASet() {
        String before = "CREATE POLICY x ON s.t FOR SELECT TO a, \"b, \"\" c\" USING (true);";
        String after = "CREATE POLICY x ON s.t FOR SELECT TO \"b, \"\" c\", a USING (true);";
        assertThat(compare("POLICY", before, 15, after, 15, 15).differences()).isEmpty();
        assertThat(compare("POLICY", before, 15, after.replace(", a ", " "), 15, 15)
                        .differences())
                .isNotEmpty();
    }
}
