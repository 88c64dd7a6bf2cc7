package org.pgproof.dump.sql;

/**
 * The name of a table or sequence, unquoted.
 *
 * @param schema empty where the dump did not qualify the name
 */
public record RelationName(String schema, String name) {
    /** As SQL reads it: both parts always quoted. */
    public String quoted() {
        return schema.isEmpty() ? quote(name) : quote(schema) + "." + quote(name);
    }

    /** One identifier, quoted for SQL. */
    public static String quote(String identifier) {
        return '"' + identifier.replace("\"", "\"\"") + '"';
    }

    /** For people to read: {@code schema.name}. */
    @Override
    public String toString() {
        return schema.isEmpty() ? name : schema + "." + name;
    }
}
