package org.pgproof.manifest;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/** Reads whom a manifest is of from its first bytes, without the hundred thousand tables that may follow. */
public final class ManifestSource {
    private ManifestSource() {}

    /** Returns the source; empty when the manifest names none or is no JSON. Does not close the stream. */
    public static Optional<Manifest.Source> read(InputStream manifest) throws IOException {
        try (JsonParser json = Json.parser(manifest)) {
            if (json.nextToken() != JsonToken.START_OBJECT) {
                return Optional.empty();
            }
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                boolean found = json.currentName().equals("source");
                json.nextToken();
                if (found) {
                    return Optional.ofNullable(json.readValueAs(Manifest.Source.class))
                            .filter(source -> source.database() != null); // other people's JSON
                }
                json.skipChildren();
            }
            return Optional.empty();
        } catch (JsonProcessingException e) {
            return Optional.empty();
        }
    }
}
