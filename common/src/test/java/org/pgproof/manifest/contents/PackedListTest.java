package org.pgproof.manifest.contents;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.pgproof.archive.Layout;
import org.pgproof.definition.Printing;
import org.pgproof.definition.SchemaObject;
import org.pgproof.dump.Digest;
import org.pgproof.dump.SequenceValue;

final class PackedListTest {
    private static final String DIGEST = "0123456789abcdef0123456789abcdef";
    private static final String FINGERPRINT = "xxh3-128-sum:" + DIGEST;
    private static final List<String> NAMES = List.of(
            "", "t", "Tür", "表", "a\u0001b", "\ud83d\ude00", "\ud800", "name\nof two lines", "x".repeat(70_000));

    private static <E> void comesBack(List<E> values, List<E> packed) {
        packed.addAll(values);
        assertThat(packed).isEqualTo(values);
    }

    @Test
    void objectsComeBackAsTheyWere() {
        List<SchemaObject> objects = new ArrayList<>();
        for (String name : NAMES) {
            for (String digest : List.of(DIGEST, "", "1", "0F", "no digest", "ab".repeat(100))) {
                objects.add(new SchemaObject("TABLE", name, name, digest));
                objects.add(new SchemaObject(name, "public", name, digest, digest));
            }
        }
        Digest one = new Digest(1, -1);
        Digest other = new Digest(Long.MIN_VALUE, 0);
        objects.add(new SchemaObject("VIEW", "s", "v", DIGEST, null, new Printing(one, one, other, 1)));
        objects.add(new SchemaObject("VIEW", "s", "v", DIGEST, DIGEST, new Printing(one, other, one, 300)));
        comesBack(objects, new PackedObjects());
    }

    @Test
    void tablesComeBackAsTheyWere() {
        List<TableContent> tables = new ArrayList<>();
        for (String name : NAMES) {
            Layout.Span first = new Layout.Span(0, 63);
            Layout.Span far = new Layout.Span(64, Long.MAX_VALUE);
            tables.add(new TableContent(name, name, List.of(), 0, 0, "of another form", List.of()));
            tables.add(new TableContent(name, "t", NAMES, 1L << 40, Long.MAX_VALUE, FINGERPRINT, List.of(first, far)));
        }
        comesBack(tables, new PackedTables());
    }

    @Test
    void sequencesComeBackAsTheyWere() {
        List<SequenceValue> sequences = new ArrayList<>();
        for (long value : new long[] {0, 1, -1, 63, -64, 64, 1 << 20, Long.MIN_VALUE, Long.MAX_VALUE}) {
            sequences.add(new SequenceValue("public", "s", value, true));
            sequences.add(new SequenceValue("public", "s", value, false));
        }
        comesBack(sequences, new PackedSequences());
    }

    @Test
    void moreNamesThanAreSharedComeBackToo() {
        List<SchemaObject> objects = new ArrayList<>();
        for (int i = 0; i < 10_000; i++) {
            objects.add(new SchemaObject("TABLE", "schema " + i, "table " + i, DIGEST));
        }
        comesBack(objects, new PackedObjects());
    }

    @Test
    void aValueCanBeReplaced() {
        List<SequenceValue> sequences = new PackedSequences();
        sequences.add(new SequenceValue("public", "s", 1, true));
        sequences.add(new SequenceValue("public", "t", 2, true));
        sequences.set(0, new SequenceValue("public", "longer than before", 3, true));
        assertThat(sequences)
                .containsExactly(
                        new SequenceValue("public", "longer than before", 3, true),
                        new SequenceValue("public", "t", 2, true));
    }

    @Test
    void eachOfManyTablesIsFoundByItsName() {
        List<TableContent> tables = new PackedTables();
        for (int i = 0; i < 10_000; i++) {
            tables.add(new TableContent("s" + i % 7, "t" + i / 7, List.of(), i, 0, FINGERPRINT, List.of()));
        }
        TableIndex index = new TableIndex(tables);
        for (int i = 0; i < 10_000; i++) {
            assertThat(index.find("s" + i % 7, "t" + i / 7)).isEqualTo(i);
        }
        assertThat(index.find("s0", "t9999")).isEqualTo(-1);
        assertThat(new TableIndex(List.of()).find("s0", "t0")).isEqualTo(-1);
    }
}
