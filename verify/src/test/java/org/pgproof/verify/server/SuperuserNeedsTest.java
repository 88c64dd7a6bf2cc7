package org.pgproof.verify.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.pgproof.definition.SchemaObject;
import org.pgproof.manifest.Manifest;
import org.pgproof.verify.Manifests;

class SuperuserNeedsTest {
    private static final List<String> PLAIN = List.of("--no-tablespaces", "--no-owner", "--no-privileges");
    private static final SchemaObject TABLE = new SchemaObject("TABLE", "public", "t", "00");

    private static List<String> reasons(List<String> options, SchemaObject object, List<String> noted, int major) {
        Manifest manifest = Manifests.ofDefinitions(options, List.of(TABLE, object), noted);
        return new SuperuserNeeds(manifest, Set.of("postgis"), major).reasons();
    }

    private static List<String> reasons(SchemaObject object) {
        return reasons(PLAIN, object, List.of(), 15);
    }

    /** Whoever could create one himself could have his code run as a superuser. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "AGGREGATE",
                "CAST",
                "COLLATION",
                "CONVERSION",
                "DOMAIN",
                "FUNCTION",
                "MATERIALIZED VIEW",
                "OPERATOR",
                "POLICY",
                "PUBLICATION",
                "PUBLICATION TABLE",
                "SERVER",
                "TEXT SEARCH DICTIONARY",
                "TRIGGER",
                "TYPE",
                "USER MAPPING"
            })
    void whatAnOrdinaryOwnerMayCreateNeedsNone(String kind) {
        assertThat(reasons(new SchemaObject(kind, "public", "x", "00"))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ACCESS METHOD",
                "EVENT TRIGGER",
                "FOREIGN DATA WRAPPER",
                "OPERATOR CLASS",
                "OPERATOR FAMILY",
                "SHELL TYPE",
                "SUBSCRIPTION"
            })
    void namesWhatNeedsOneByItsKind(String kind) {
        assertThat(reasons(new SchemaObject(kind, "", "x", "00"))).containsExactly(kind + " x");
    }

    @Test
    void anExtensionNeedsOneWhereItIsNotTrusted() {
        assertThat(reasons(new SchemaObject("EXTENSION", "", "postgis", "00"))).containsExactly("EXTENSION postgis");
        assertThat(reasons(new SchemaObject("EXTENSION", "", "hstore", "00"))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"14, 1", "15, 0"})
    void theSchemaPublicBelongedToOneBeforeVersion15(int major, int needs) {
        SchemaObject comment = new SchemaObject("COMMENT", "", "SCHEMA public", "00");
        assertThat(reasons(PLAIN, comment, List.of(), major)).hasSize(needs);
    }

    @Test
    void ownersAndGrantsNeedOne() {
        assertThat(reasons(List.of("--no-tablespaces"), TABLE, List.of(), 15)).containsExactly("owners", "grants");
        assertThat(reasons(List.of("-O", "--no-acl"), TABLE, List.of(), 15)).isEmpty();
    }

    @Test
    void believesWhatTheBackupNoted() {
        assertThat(reasons(PLAIN, TABLE, List.of("FUNCTION f()"), 15)).containsExactly("FUNCTION f()");
    }
}
