package org.pgproof.definition;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.pgproof.dump.Form;

/**
 * One definition in a dump.
 *
 * @param kind as {@code pg_dump} names it: TABLE, INDEX, FK CONSTRAINT …
 * @param schema empty for objects that live in none
 * @param name as {@code pg_dump} prints it: with the table for parts of a table, with the arguments for functions
 * @param digest XXH3-128 of the definition's text, 32 hexadecimal digits
 * @param commonDigest the same of the form in which all major versions word it; null where that is the text itself
 * @param printing how it may be printed again; null where the text was not looked at for that, and in documents
 */
public record SchemaObject(
        String kind,
        String schema,
        String name,
        String digest,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String commonDigest,
        @JsonIgnore @Nullable Printing printing) {

    /** A document that lacks a field is not readable. */
    public SchemaObject {
        Objects.requireNonNull(kind, "kind");
        Form.requireStorable(schema);
        Form.requireStorable(name);
        Objects.requireNonNull(digest, "digest");
    }

    /** An object as a document tells of it. */
    public SchemaObject(String kind, String schema, String name, String digest, @Nullable String commonDigest) {
        this(kind, schema, name, digest, commonDigest, null);
    }

    /** An object that every version words alike. */
    public SchemaObject(String kind, String schema, String name, String digest) {
        this(kind, schema, name, digest, null, null);
    }

    /** Returns whether a server that read the one prints the other. */
    public boolean isPrintedAs(SchemaObject other) {
        return printing != null
                && other.printing != null
                && printing.canonical().equals(other.printing.canonical());
    }

    /** Returns whether it is what another major version wrote. */
    public boolean isWordedAs(SchemaObject other) {
        return comparableDigest().equals(other.comparableDigest())
                || (printing != null
                        && other.printing != null
                        && printing.common().equals(other.printing.common()));
    }

    /**
     * Returns whether a server that read the one may print the other, in a way that is not known here: the same number of
     * statements, of a kind that holds expressions.
     *
     * @param sameSubstance whether both must also be made of the same
     */
    public boolean mayBePrintedAs(SchemaObject other, boolean sameSubstance) {
        return printing != null
                && other.printing != null
                && printing.statements() == other.printing.statements()
                && (!sameSubstance || printing.substance().equals(other.printing.substance()));
    }

    private String comparableDigest() {
        return commonDigest == null ? digest : commonDigest;
    }

    /** Returns kind and name, for people. */
    public String display() {
        return kind + " " + (schema.isEmpty() ? name : schema + "." + name);
    }
}
