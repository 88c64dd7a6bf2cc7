package org.pgproof.manifest;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One definition in a dump.
 *
 * @param kind as {@code pg_dump} names it: TABLE, INDEX, FK CONSTRAINT …
 * @param schema empty for objects that live in none
 * @param name as {@code pg_dump} prints it: with the table for parts of a table, with the arguments for functions
 * @param digest XXH3-128 of the definition's text, 32 hexadecimal digits
 * @param commonDigest the same of the form in which all major versions word it; null where that is the text itself
 */
public record SchemaObject(
        String kind,
        String schema,
        String name,
        String digest,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String commonDigest) {

    /** A document that lacks a field is not readable. */
    public SchemaObject {
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(schema, "schema");
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(digest, "digest");
    }

    /** An object that every version words alike. */
    public SchemaObject(String kind, String schema, String name, String digest) {
        this(kind, schema, name, digest, null);
    }

    /** Returns the digest by which it can be compared with what another major version wrote. */
    String comparableDigest() {
        return commonDigest == null ? digest : commonDigest;
    }

    /** Returns kind and name, for people. */
    public String display() {
        return kind + " " + (schema.isEmpty() ? name : schema + "." + name);
    }
}
