package org.pgproof.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.pgproof.definition.SchemaObject;
import org.pgproof.manifest.ManifestComparison.Versions;
import org.pgproof.postgres.ServerVersion;

class ManifestComparisonTest {
    private static final SchemaObject TABLE = new SchemaObject("TABLE", "public", "t", "1");
    private static final SchemaObject INDEX = new SchemaObject("INDEX", "public", "i", "2");
    private static final SchemaObject SEQUENCE = new SchemaObject("SEQUENCE", "public", "s", "3");

    private static List<String> differences(List<SchemaObject> expected, List<SchemaObject> found) {
        return ManifestComparison.objects(expected, found).differences();
    }

    @Test
    void equalWhateverTheOrder() {
        ManifestComparison.Objects result =
                ManifestComparison.objects(List.of(TABLE, INDEX, INDEX), List.of(INDEX, TABLE, INDEX));
        assertThat(result).isEqualTo(new ManifestComparison.Objects(List.of(), 3, 0, List.of(), List.of()));
    }

    @Test
    void namesWhatIsMissingUnexpectedOrDifferent() {
        SchemaObject other = new SchemaObject("TABLE", "public", "t", "9");
        assertThat(differences(List.of(TABLE, INDEX), List.of(other, SEQUENCE)))
                .containsExactly(
                        "missing: INDEX public.i", "different: TABLE public.t", "unexpected: SEQUENCE public.s");
    }

    @Test
    void countsObjectsOfOneName() {
        assertThat(differences(List.of(INDEX, INDEX), List.of(INDEX))).containsExactly("missing: INDEX public.i");
        assertThat(differences(List.of(INDEX), List.of(INDEX, INDEX))).containsExactly("unexpected: INDEX public.i");
    }

    @Test
    void anUnknownVersionDoesNotExcuseAMissingObject() {
        Versions known = new Versions(new ServerVersion(15, 0), new ServerVersion(15, 0));
        Versions unknown = new Versions(new ServerVersion(99, 0), new ServerVersion(99, 0));
        assertThat(ManifestComparison.objects(List.of(TABLE), known, List.of(), unknown)
                        .differences())
                .containsExactly("missing: TABLE public.t");
    }

    @Test
    void longListsAreShortened() {
        assertThat(ManifestComparison.shortened(List.of("a", "b"))).isEqualTo("a; b");
        assertThat(ManifestComparison.shortened(Collections.nCopies(12, "a"))).endsWith("a and 2 more");
    }
}
