package org.pgproof.dump;

/**
 * Where a sequence stands.
 *
 * @param called whether {@code lastValue} has been handed out already
 */
public record SequenceValue(RelationName sequence, long lastValue, boolean called) {}
