package org.pgproof.receipt;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import org.pgproof.manifest.BoundedInputStream;
import org.pgproof.manifest.Json;

/**
 * What a receipt says in short, read without its long lists.
 *
 * @param key the backup it is of
 * @param verdict what was found
 * @param bytes size of the dump that was read
 * @param sha256 digest of the dump that was read; receipts of early versions have none
 */
public record ReceiptHead(
        Optional<String> key, Optional<Verdict> verdict, Optional<Long> bytes, Optional<String> sha256) {
    private static final long LONGEST = 16L << 20;

    /**
     * Reads as far as it has to. Does not close the stream.
     *
     * @throws IOException when it cannot be read or is no receipt
     */
    public static ReceiptHead read(InputStream receipt) throws IOException {
        ReceiptHead head = new ReceiptHead(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
        try (JsonParser json = Json.parser(new BoundedInputStream(receipt, LONGEST))) {
            if (json.nextToken() != JsonToken.START_OBJECT) {
                throw new IOException("it is no JSON object");
            }
            while (!head.isComplete() && json.nextToken() == JsonToken.FIELD_NAME) {
                head = head.with(json);
            }
            return head;
        }
    }

    private boolean isComplete() {
        return key.isPresent() && verdict.isPresent() && bytes.isPresent() && sha256.isPresent();
    }

    private ReceiptHead with(JsonParser json) throws IOException {
        String field = json.currentName();
        json.nextToken();
        return switch (field) {
            case "key" -> new ReceiptHead(Optional.ofNullable(json.getValueAsString()), verdict, bytes, sha256);
            case "verdict" -> new ReceiptHead(key, Optional.ofNullable(json.readValueAs(Verdict.class)), bytes, sha256);
            case "bytes" -> new ReceiptHead(key, verdict, Optional.of(json.getValueAsLong(-1)), sha256);
            case "sha256" -> new ReceiptHead(key, verdict, bytes, Optional.ofNullable(json.getValueAsString()));
            default -> {
                json.skipChildren();
                yield this;
            }
        };
    }
}
