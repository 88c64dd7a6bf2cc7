package org.pgproof.dump;

/**
 * A backslash that psql would act upon.
 *
 * @param line from the backslash to the end of its line, cut after 1,000 bytes
 * @param offset of the backslash
 * @param insideStatement whether a statement had begun and not ended
 * @param expected whether it is one of the pair that pg_dump itself writes: one {@code \restrict} with an alphanumeric
 *     key before the first statement, one {@code \}{@code unrestrict} with the same key after the last. Any other must
 *     not reach psql
 */
public record MetaCommand(String line, long offset, boolean insideStatement, boolean expected) {}
