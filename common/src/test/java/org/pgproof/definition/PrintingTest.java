package org.pgproof.definition;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.pgproof.dump.DumpScanner;
import org.pgproof.manifest.DumpContents;
import org.pgproof.manifest.ManifestComparison;
import org.pgproof.manifest.ManifestComparison.Objects;
import org.pgproof.manifest.ManifestComparison.Versions;
import org.pgproof.postgres.ServerVersion;

/** What a server makes of its own words, and what it cannot have made of them. */
class PrintingTest {
    private static List<SchemaObject> objects(DumpContents contents, String kind, String definition) {
        DumpScanner scanner = new DumpScanner(contents);
        byte[] dump = ("--\n-- PostgreSQL database dump\n--\n\n--\n-- Name: x; Type: " + kind
                        + "; Schema: s; Owner: -\n--\n\n" + definition + "\n")
                .getBytes(StandardCharsets.UTF_8);
        scanner.write(dump, 0, dump.length);
        scanner.end();
        contents.end(scanner.position());
        return contents.objects();
    }

    private static Objects compare(List<SchemaObject> expected, int from, String kind, String found, int to) {
        return ManifestComparison.objects(
                expected, versions(from), objects(DumpContents.toCompare(), kind, found), versions(to));
    }

    private static Objects compare(String kind, String expected, String found) {
        return compare(objects(DumpContents.toCompare(), kind, expected), 15, kind, found, 15);
    }

    private static Versions versions(int major) {
        return new Versions(new ServerVersion(major, 0), new ServerVersion(major, 0));
    }

    private static String check(String expression) {
        return "CREATE TABLE s.x (\n    a integer,\n    CONSTRAINT c CHECK (" + expression + ")\n);";
    }

    @Test
    void whatIsPrintedInAnotherFormIsCompared() {
        Objects result = compare("TABLE", check("(((a > 1) AND (a < 5)) AND b)"), check("((a > 1) AND (a < 5) AND b)"));
        assertThat(result).isEqualTo(new Objects(List.of(), 1, 0, List.of(), List.of()));
    }

    @Test
    void thatHoldsAcrossVersionsToo() {
        Objects result = compare(
                objects(
                        DumpContents.toCompare(),
                        "VIEW",
                        "CREATE VIEW s.x AS SELECT t.a FROM s.t WHERE ((t.a AND t.b) AND t.c);"),
                15,
                "VIEW",
                "CREATE VIEW s.x AS SELECT a FROM s.t WHERE (a AND b AND c);",
                16);
        assertThat(result).isEqualTo(new Objects(List.of(), 1, 1, List.of(), List.of()));
    }

    @Test
    void aWordingThatIsNotKnownIsNotCompared() {
        Objects result = compare("TABLE", check("(a > 1)"), check("((a > 1))"));
        assertThat(result).isEqualTo(new Objects(List.of(), 0, 0, List.of(), List.of("TABLE s.x")));
    }

    @Test
    void withoutAProofOfTheStatementItIsAnother() {
        List<SchemaObject> unproven = objects(new DumpContents(), "TABLE", check("(a > 1)"));
        assertThat(compare(unproven, 15, "TABLE", check("((a > 1))"), 15).differences())
                .containsExactly("different: TABLE s.x");
    }

    @Test
    void aStatementMoreIsNoWording() {
        String more = check("(a > 1)") + "\nALTER TABLE s.x FORCE ROW LEVEL SECURITY;";
        assertThat(compare("TABLE", more, check("(a > 1)")).differences()).containsExactly("different: TABLE s.x");
    }

    @Test
    void whatHoldsNoExpressionHasOneWording() {
        assertThat(compare("SEQUENCE", "CREATE SEQUENCE s.x START WITH 1;", "CREATE SEQUENCE s.x START WITH (1);")
                        .differences())
                .containsExactly("different: SEQUENCE s.x");
    }

    /** An event trigger runs at the statements behind it, and may change what they do not name. */
    @Test
    void whatAnEventTriggerMayHaveChangedMustBeMadeOfTheSame() {
        String before = check("(a > 1)");
        assertThat(withEventTrigger(before, check("(a > 2)")).differences()).containsExactly("different: TABLE s.x");
        assertThat(withEventTrigger(before, check("((a > 1))")).unlike()).containsExactly("TABLE s.x");
        assertThat(compare("TABLE", before, check("(a > 2)")).unlike()).containsExactly("TABLE s.x");
    }

    private static Objects withEventTrigger(String expected, String found) {
        SchemaObject trigger = new SchemaObject("EVENT TRIGGER", "", "e", "00");
        List<SchemaObject> one = new ArrayList<>(objects(DumpContents.toCompare(), "TABLE", expected));
        List<SchemaObject> other = new ArrayList<>(objects(DumpContents.toCompare(), "TABLE", found));
        one.add(trigger);
        other.add(trigger);
        return ManifestComparison.objects(one, versions(15), other, versions(15));
    }

    @Test
    void theColumnsOfAChildMayComeInAnotherOrderAndForm() {
        Objects result = compare(
                "TABLE",
                child("a integer,\n    CONSTRAINT c CHECK (((a AND b) AND c))"),
                child("CONSTRAINT c CHECK ((a AND b AND c)),\n    a integer"));
        assertThat(result.compared()).isEqualTo(1);
    }

    private static String child(String columns) {
        return "CREATE TABLE s.x (\n    " + columns + "\n)\nINHERITS (s.y);";
    }
}
