package org.pgproof.manifest;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.util.JsonParserDelegate;
import java.io.IOException;
import java.util.Set;

/**
 * Refuses a manifest that would take all memory. Tables, objects and sequences are packed one by one, however many there
 * are; whatever else there is, and each of these alone, becomes objects of many times its size in the text.
 */
final class ManifestBounds extends JsonParserDelegate {
    /** Fields whose values are packed. */
    private static final Set<String> PACKED = Set.of("tables", "objects", "sequences");
    /** Depth of an element of such a field. */
    private static final int ELEMENT = 3;
    /** Texts: a table has at most 1,600 columns, and nobody has so many roles, extensions or warnings. */
    private static final int MOST_TEXTS = 200_000;
    /** All tokens: spans of the layout, of which there is one for each sequence value. */
    private static final int MOST_TOKENS = 6_000_000;

    private int depth;
    private boolean packed;
    private int texts;
    private int tokens;

    ManifestBounds(JsonParser json) {
        super(json);
    }

    @Override
    public JsonToken nextToken() throws IOException {
        JsonToken token = super.nextToken();
        if (token != null) {
            follow(token);
        }
        return token;
    }

    private void follow(JsonToken token) throws IOException {
        if (token.isStructStart()) {
            depth++;
        } else if (token.isStructEnd()) {
            depth--;
        } else if (token == JsonToken.FIELD_NAME && depth == 1) {
            packed = PACKED.contains(currentName());
        }
        if (packed && depth <= ELEMENT && token.isStructStart()) {
            texts = 0;
            tokens = 0;
        }
        tokens++;
        texts += token == JsonToken.VALUE_STRING ? 1 : 0;
        if (texts > MOST_TEXTS || tokens > MOST_TOKENS) {
            throw new StreamConstraintsException("it lists far more than any backup has");
        }
    }
}
