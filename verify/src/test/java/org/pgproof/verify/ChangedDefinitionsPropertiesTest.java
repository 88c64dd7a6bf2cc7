package org.pgproof.verify;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import org.pgproof.definition.SchemaObject;
import org.pgproof.dump.DumpScanner;
import org.pgproof.manifest.DumpContents;
import org.pgproof.manifest.ManifestComparison;

/** What a server prints in another form must not hide that something else was printed. */
class ChangedDefinitionsPropertiesTest {
    private static List<SchemaObject> table(String condition) {
        String dump = "--\n-- PostgreSQL database dump\n--\n\n--\n-- Name: x; Type: TABLE; Schema: s; Owner: -\n--\n\n"
                + "CREATE TABLE s.x (\n    v text,\n    CHECK (" + condition + ")\n);\n";
        byte[] bytes = dump.getBytes(StandardCharsets.UTF_8);
        DumpContents contents = DumpContents.toCompare();
        DumpScanner scanner = new DumpScanner(contents);
        scanner.write(bytes, 0, bytes.length);
        scanner.end();
        contents.end(bytes.length);
        return contents.objects();
    }

    @Property(tries = 2000, shrinking = ShrinkingMode.OFF)
    void anotherConstantOrOperatorIsSeen(@ForAll long seed) {
        Random random = new Random(seed);
        String condition = new GeneratedExpressions(random, true).condition();
        String changed = ExpressionDamage.otherwise(condition, random);
        Assume.that(!changed.equals(condition));
        assertThat(ManifestComparison.objects(table(condition), table(changed)).compared())
                .as(condition + "\n" + changed)
                .isZero();
    }

    @Property(tries = 500, shrinking = ShrinkingMode.OFF)
    void theSameIsTheSame(@ForAll long seed) {
        String condition = new GeneratedExpressions(new Random(seed), true).condition();
        assertThat(ManifestComparison.objects(table(condition), table("(" + condition + ")"))
                        .compared())
                .isZero();
        assertThat(ManifestComparison.objects(table(condition), table(condition))
                        .compared())
                .isOne();
    }
}
