package org.pgproof.dump;

/**
 * Where a sequence stands: what {@code setval(name, lastValue, called)} restores.
 *
 * @param called whether {@code lastValue} has been handed out already
 */
public record SequenceValue(String schema, String name, long lastValue, boolean called) {
    /** A document that lacks a field is not readable. */
    public SequenceValue {
        Form.requireStorable(schema);
        Form.requireStorable(name);
    }
}
