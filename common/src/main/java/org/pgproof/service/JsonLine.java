package org.pgproof.service;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.LayoutBase;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import org.pgproof.settings.Shown;
import org.slf4j.event.KeyValuePair;

/**
 * {@code {"time":"2026-02-11T09:30:22Z","level":"INFO","message":"…","key":"backup_…"}}, one object a line: what the event
 * says in numbers and names follows its message.
 */
final class JsonLine extends LayoutBase<ILoggingEvent> {
    private static final JsonFactory JSON = new JsonFactory();

    @Override
    public String doLayout(ILoggingEvent event) {
        StringWriter line = new StringWriter();
        try (JsonGenerator json = JSON.createGenerator(line)) {
            json.writeStartObject();
            json.writeStringField("time", TextLine.time(event).toString());
            json.writeStringField("level", TextLine.levelName(event.getLevel()));
            json.writeStringField("message", event.getFormattedMessage());
            for (KeyValuePair pair : pairs(event)) {
                json.writeFieldName(pair.key);
                value(pair.value, json);
            }
            String stackTrace = TextLine.stackTrace(event);
            if (stackTrace != null) {
                json.writeStringField("stackTrace", stackTrace);
            }
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return withoutControls(line.toString()) + System.lineSeparator();
    }

    /** JSON allows most control characters to stand as they are; a terminal obeys them, and some turn text around. */
    private static String withoutControls(String json) {
        if (json.codePoints().noneMatch(Shown::isControl)) {
            return json;
        }
        StringBuilder shown = new StringBuilder();
        json.codePoints().forEach(character -> {
            if (Shown.isControl(character)) {
                for (char unit : Character.toChars(character)) {
                    shown.append(String.format("\\u%04x", (int) unit));
                }
            } else {
                shown.appendCodePoint(character);
            }
        });
        return shown.toString();
    }

    private static List<KeyValuePair> pairs(ILoggingEvent event) {
        List<KeyValuePair> pairs = event.getKeyValuePairs();
        return pairs == null ? List.of() : pairs;
    }

    private static void value(Object value, JsonGenerator json) throws IOException {
        if (value instanceof Long || value instanceof Integer) {
            json.writeNumber(((Number) value).longValue());
        } else if (value instanceof Duration duration) {
            json.writeNumber(BigDecimal.valueOf(duration.toMillis(), 3));
        } else {
            json.writeString(String.valueOf(value));
        }
    }
}
