package org.pgproof.manifest;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/**
 * What the first bytes of a manifest say, without the hundred thousand tables that may follow.
 *
 * @param key the backup it is of
 * @param source the database it is of
 * @param dump the dump it is of
 */
public record ManifestHead(Optional<String> key, Optional<Manifest.Source> source, Optional<Manifest.DumpFile> dump) {
    private static final long LONGEST = 16L << 20;

    /** Holds of a manifest that says nothing, or is none. */
    private static final ManifestHead NOTHING = new ManifestHead(Optional.empty(), Optional.empty(), Optional.empty());

    /**
     * Reads as far as it has to. Does not close the stream.
     *
     * @throws IOException when it cannot be read; what is no manifest says nothing
     */
    public static ManifestHead read(InputStream manifest) throws IOException {
        try (JsonParser json = Json.parser(new BoundedInputStream(manifest, LONGEST))) {
            ManifestHead head = NOTHING;
            if (json.nextToken() == JsonToken.START_OBJECT) {
                while (!head.isComplete() && json.nextToken() == JsonToken.FIELD_NAME) {
                    head = head.with(json);
                }
            }
            return head;
        } catch (JsonProcessingException e) {
            return NOTHING;
        }
    }

    private boolean isComplete() {
        return key.isPresent() && source.isPresent() && dump.isPresent();
    }

    private ManifestHead with(JsonParser json) throws IOException {
        String field = json.currentName();
        json.nextToken();
        return switch (field) {
            case "key" -> new ManifestHead(Optional.ofNullable(json.getValueAsString()), source, dump);
            case "source" -> new ManifestHead(key, Optional.ofNullable(json.readValueAs(Manifest.Source.class)), dump);
            case "dump" ->
                new ManifestHead(key, source, Optional.ofNullable(json.readValueAs(Manifest.DumpFile.class)));
            default -> {
                json.skipChildren();
                yield this;
            }
        };
    }

    /** Whether it is the manifest of the dump of this key, size and digest. */
    public boolean describes(String backup, long bytes, String sha256) {
        return key.equals(Optional.of(backup))
                && dump.filter(file -> file.bytes() == bytes && file.sha256().equals(sha256))
                        .isPresent();
    }
}
