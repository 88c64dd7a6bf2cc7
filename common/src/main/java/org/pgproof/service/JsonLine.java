package org.pgproof.service;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.LayoutBase;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;

/** {@code {"time":"2026-02-11T09:30:22Z","level":"INFO","message":"…"}}, one object a line. */
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
            String stackTrace = TextLine.stackTrace(event);
            if (stackTrace != null) {
                json.writeStringField("stackTrace", stackTrace);
            }
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return line + System.lineSeparator();
    }
}
