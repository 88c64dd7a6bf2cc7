package org.pgproof.manifest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.pgproof.archive.Layout;
import org.pgproof.definition.SchemaObject;
import org.pgproof.dump.SequenceValue;
import org.pgproof.manifest.contents.TableContent;

class JsonTest {
    private static final Instant AT = Instant.parse("2026-02-11T09:30:22.125Z");
    private static final String HOSTILE = "a\"b\\c\n\t\u0001\u001f é 🐴 \u2028 ; -- '";

    static Manifest manifest() {
        return new Manifest(
                Manifest.FORMAT,
                "backup_20260211_093022",
                AT,
                AT.plusMillis(1),
                AT.plusSeconds(2),
                3600,
                new Manifest.Source(
                        HOSTILE, null, "15.18", "UTF8", "C", "C", "C", "libc", null, new TreeMap<>(Map.of("a", "b"))),
                "15.18",
                "1.0.0",
                List.of("--schema=" + HOSTILE),
                new Manifest.DumpFile(Long.MAX_VALUE, "0".repeat(64), 1L << 53, "UTF8", "0".repeat(32)),
                List.of(new TableContent(
                        HOSTILE, "t", List.of(HOSTILE, ""), 2, 3, "f", List.of(new Layout.Span(1, Long.MAX_VALUE)))),
                List.of(new SchemaObject("TABLE", "", HOSTILE, "00"), new SchemaObject("VIEW", "s", "v", "00", "01")),
                new TreeMap<>(Map.of("TABLE", 1)),
                List.of(
                        new SequenceValue("s", HOSTILE, Long.MIN_VALUE, false),
                        new SequenceValue("s", "max", Long.MAX_VALUE, true)),
                new Manifest.LargeObjects(1, 2, "f"),
                List.of(new Manifest.Extension("x", "1", "s")),
                List.of(HOSTILE),
                List.of(new Manifest.RowType("s", HOSTILE, List.of(HOSTILE))),
                List.of(HOSTILE),
                List.of(),
                new Layout(
                        new Layout.Span(0, 1),
                        new Layout.Span(1, 2),
                        new Layout.Span(2, 3),
                        List.of(),
                        List.of(new Layout.Member(0, 0))),
                List.of("grants"),
                List.of(HOSTILE));
    }

    private static Manifest read(String json) throws IOException {
        return Json.read(new ByteArrayInputStream(json.getBytes(StandardCharsets.UTF_8)), Manifest.class);
    }

    private static String json() {
        return new String(Json.bytes(manifest()), StandardCharsets.UTF_8);
    }

    @Test
    void readsTheManifestThatItWrote() throws IOException {
        assertThat(read(json())).isEqualTo(manifest());
    }

    @Test
    void skipsWhatALaterVersionAdds() throws IOException {
        assertThat(read(json().replaceFirst("\\{", "{\"unheardOf\":{\"a\":[1]},")))
                .isEqualTo(manifest());
    }

    @Test
    void readsAManifestOfAVersionThatKnewNoRowTypes() throws IOException {
        String json = json().replace("\"rowTypes\":", "\"unheardOf\":");

        assertThat(read(json).rowTypes()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "key",
                "source",
                "encoding",
                "dump",
                "sha256",
                "statementsDigest",
                "tables",
                "columns",
                "rows",
                "fingerprint",
                "objects",
                "digest",
                "sequences",
                "lastValue",
                "called",
                "largeObjects",
                "roles"
            })
    void refusesAManifestThatLacksAField(String field) {
        String json = json();
        assertThat(json).contains("\"" + field + "\":");

        assertThatThrownBy(() -> read(json.replaceFirst("\"" + field + "\":", "\"was\":")))
                .isInstanceOf(IOException.class);
    }
}
