package org.pgproof.manifest;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/** Reads and writes manifests and receipts. */
public final class Json {
    /** Characters of one text; the longest that is written is a warning of {@code pg_dump}. */
    private static final int LONGEST_TEXT = 1 << 20;
    /** Levels of nesting; what is written has five. */
    private static final int DEEPEST = 50;

    // Unknown fields are skipped: a later version may add some without a new format number.
    private static final JsonMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxStringLength(LONGEST_TEXT)
                            .maxNestingDepth(DEEPEST)
                            .build())
                    .build())
            .addModule(new InstantModule())
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .enable(MapperFeature.ALLOW_FINAL_FIELDS_AS_MUTATORS)
            .build();

    private Json() {}

    /** Returns the value as UTF-8 JSON. */
    public static byte[] bytes(Object value) {
        try {
            return MAPPER.writeValueAsBytes(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a " + value.getClass().getSimpleName() + " has no JSON form", e);
        }
    }

    /** Writes the value as UTF-8 JSON and leaves the stream open; what is large is never held as text. */
    public static void stream(Object value, OutputStream out) throws IOException {
        MAPPER.writer().without(JsonGenerator.Feature.AUTO_CLOSE_TARGET).writeValue(out, value);
    }

    /** Writes the value as UTF-8 JSON, indented for people, and leaves the stream open. */
    public static void write(Object value, OutputStream out) throws IOException {
        out.write(MAPPER.writerWithDefaultPrettyPrinter().writeValueAsBytes(value));
    }

    /** Returns a parser that leaves the stream open. */
    public static JsonParser parser(InputStream in) throws IOException {
        return MAPPER.createParser(in).disable(JsonParser.Feature.AUTO_CLOSE_SOURCE);
    }

    /** Reads a value to its end. */
    static <T> T read(JsonParser json, Class<T> type) throws IOException {
        return MAPPER.readValue(json, type);
    }

    /** Reads a value; does not close the stream. */
    public static <T> T read(InputStream in, Class<T> type) throws IOException {
        return MAPPER.readValue(in, type);
    }
}
