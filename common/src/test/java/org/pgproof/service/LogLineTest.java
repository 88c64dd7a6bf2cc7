package org.pgproof.service;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxy;
import ch.qos.logback.core.LayoutBase;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.pgproof.settings.Shown;
import org.slf4j.LoggerFactory;
import org.slf4j.event.KeyValuePair;

class LogLineTest {
    private static final Instant TIME = Instant.parse("2026-02-11T09:30:22.987Z");

    private final LoggerContext context = new LoggerContext();
    private final Logger logger = context.getLogger("org.pgproof.test");

    @Test
    void beginsWithTheTimeInUtcAndTheLevel() {
        assertThat(text(Level.INFO, "Backup published", null))
                .isEqualTo("2026-02-11T09:30:22Z INFO: Backup published\n");
        assertThat(text(Level.WARN, "Careful", null)).isEqualTo("2026-02-11T09:30:22Z WARNING: Careful\n");
        assertThat(text(Level.ERROR, "No", null)).isEqualTo("2026-02-11T09:30:22Z ERROR: No\n");
    }

    @Test
    void isOneLineWhateverTheMessageContains() {
        assertThat(text(Level.INFO, "a\nb\r\nc\u0085d\u001b[31me\tü漢😀", null))
                .isEqualTo("2026-02-11T09:30:22Z INFO: a\\nb\\r\\nc\\x85d\\x1b[31me\tü漢😀\n");
    }

    @Test
    void showsWhatWouldTurnTheOrderOfItsTextAround() {
        assertThat(text(Level.INFO, "a\u202eb\u2028c\u200bd", null)).endsWith("a\\u202eb\\u2028c\\u200bd\n");
    }

    @Test
    void showsAStackTraceOnlyToThoseWhoAskedForDebug() {
        logger.setLevel(Level.INFO);
        assertThat(text(Level.ERROR, "Failed", new IOException("why"))).hasLineCount(1);
    }

    @Test
    void showsWhatWouldForgeOrReorderLines() {
        assertThat(text(Level.INFO, "a\u202eb\u2028c", null))
                .isEqualTo("2026-02-11T09:30:22Z INFO: a\\u202eb\\u2028c\n");
    }

    /** The messages in it may hold what a server, a store or a dump says. */
    @Test
    void showsControlCharactersInAStackTrace() {
        Exception thrown = new IOException("why\n2026-02-11T09:30:22Z INFO: forged\u001b[31m", new IOException("c\rd"));
        thrown.addSuppressed(new IOException("e\nf"));
        assertThat(StackTrace.of(new ThrowableProxy(thrown)))
                .startsWith(
                        "java.io.IOException: why\\n2026-02-11T09:30:22Z INFO: forged\\x1b[31m\n\tat org.pgproof.service.")
                .contains("\nCaused by: java.io.IOException: c\\rd\n", " more\n")
                .contains("\n\tSuppressed: java.io.IOException: e\\nf\n\t\tat ")
                .doesNotContain("\u001b", "\r");
    }

    @Test
    void tellsNumbersAndNamesAsFields() throws IOException {
        LoggingEvent event = new LoggingEvent("test", logger, Level.INFO, "Backup published", null, null);
        event.setInstant(TIME);
        event.addKeyValuePair(new KeyValuePair("key", "backup_20260211_093022"));
        event.addKeyValuePair(new KeyValuePair("bytes", 3_400_000_000L));
        event.addKeyValuePair(new KeyValuePair("tables", 7));
        event.addKeyValuePair(new KeyValuePair("seconds", Duration.ofMillis(2205)));
        JsonNode json = new ObjectMapper().readTree(new JsonLine().doLayout(event));
        assertThat(json.get("key").asText()).isEqualTo("backup_20260211_093022");
        assertThat(json.get("bytes").isNumber()).isTrue();
        assertThat(json.get("bytes").asLong()).isEqualTo(3_400_000_000L);
        assertThat(json.get("tables").asInt()).isEqualTo(7);
        assertThat(json.get("seconds").isNumber()).isTrue();
        assertThat(json.get("seconds").asDouble()).isEqualTo(2.205);
        assertThat(new TextLine().doLayout(event)).isEqualTo("2026-02-11T09:30:22Z INFO: Backup published\n");
    }

    @Test
    void isOneJsonObject() throws IOException {
        String line = line(new JsonLine(), Level.WARN, "a\n\"b\" \\ ü😀", null);
        assertThat(line).endsWith("}\n").hasLineCount(1);
        JsonNode json = new ObjectMapper().readTree(line);
        assertThat(json.get("time").asText()).isEqualTo("2026-02-11T09:30:22Z");
        assertThat(json.get("level").asText()).isEqualTo("WARNING");
        assertThat(json.get("message").asText()).isEqualTo("a\n\"b\" \\ ü😀");
        assertThat(json.size()).isEqualTo(3);
    }

    /** C0 and C1, DEL, what reorders text, what has no width, a tag beyond 16 bits, half a character. */
    @Test
    void sendsNoControlCharacterInEitherForm() throws IOException {
        String hostile =
                "a\0b\u001b[31mc\u007fd\u0085e\u009bf\u202eg\u2066h\u200bi\u2028j\ufeffk\udb40\udc01l\ud83dm😀";
        String json = line(new JsonLine(), Level.INFO, hostile, null);
        String text = text(Level.INFO, hostile, null);
        for (String line : new String[] {json, text}) {
            assertThat(line.strip().codePoints()).noneMatch(Shown::isControl);
            assertThat(line).contains("😀").hasLineCount(1);
        }
        assertThat(new ObjectMapper().readTree(json).get("message").asText()).isEqualTo(hostile);
        assertThat(text)
                .contains(
                        "a\\x00b\\x1b[31mc\\x7fd\\x85e\\x9bf\\u202eg\\u2066h\\u200bi\\u2028j\\ufeffk\\ue0001l\\ud83dm😀");
    }

    @Test
    void showsControlCharactersInFieldsToo() throws IOException {
        LoggingEvent event = new LoggingEvent("test", logger, Level.INFO, "x", null, null);
        event.setInstant(TIME);
        event.addKeyValuePair(new KeyValuePair("key", "a\u009b31m\u202e"));
        String json = new JsonLine().doLayout(event);
        assertThat(json).contains("a\\u009b31m\\u202e").doesNotContain("\u009b", "\u202e");
        assertThat(new ObjectMapper().readTree(json).get("key").asText()).isEqualTo("a\u009b31m\u202e");
    }

    @Test
    void sendsErrorsAloneToStandardError() {
        PrintStream out = System.out;
        PrintStream error = System.err;
        ByteArrayOutputStream outBytes = new ByteArrayOutputStream();
        ByteArrayOutputStream errorBytes = new ByteArrayOutputStream();
        try {
            System.setOut(new PrintStream(outBytes, true, StandardCharsets.UTF_8));
            System.setErr(new PrintStream(errorBytes, true, StandardCharsets.UTF_8));
            Logging.configure("INFO", false);
            org.slf4j.Logger ours = LoggerFactory.getLogger("org.pgproof.test");
            ours.debug("quiet");
            ours.info("information");
            ours.warn("warning");
            ours.error("error");
        } finally {
            System.setOut(out);
            System.setErr(error);
            Logging.configure("INFO", false);
        }
        assertThat(outBytes.toString(StandardCharsets.UTF_8).lines())
                .hasSize(2)
                .anyMatch(line -> line.endsWith("Z INFO: information"))
                .anyMatch(line -> line.endsWith("Z WARNING: warning"));
        assertThat(errorBytes.toString(StandardCharsets.UTF_8))
                .endsWith("Z ERROR: error\n")
                .hasLineCount(1);
    }

    private String text(Level level, String message, @Nullable Throwable thrown) {
        return line(new TextLine(), level, message, thrown);
    }

    private String line(LayoutBase<ILoggingEvent> layout, Level level, String message, @Nullable Throwable thrown) {
        LoggingEvent event = new LoggingEvent("test", logger, level, message, thrown, null);
        event.setInstant(TIME);
        return layout.doLayout(event);
    }
}
