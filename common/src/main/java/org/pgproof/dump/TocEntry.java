package org.pgproof.dump;

/**
 * The comment with which pg_dump announces an object: everything up to the next one belongs to it.
 *
 * @param kind as pg_dump names it: {@code TABLE}, {@code INDEX}, {@code FK CONSTRAINT}, {@code TABLE DATA},
 *     {@code SEQUENCE SET}, {@code BLOBS}, {@code COMMENT}, {@code ACL} …
 * @param schema empty for what lies in no schema
 * @param name as printed: pg_dump replaced newlines by blanks, and it is not always an identifier ({@code f(integer)},
 *     {@code orders orders_pkey}, {@code TABLE orders})
 * @param owner empty where the dump leaves owners out
 * @param tablespace empty for the default one
 * @param offset of the first byte of the comment's frame in the stream
 */
public record TocEntry(String kind, String schema, String name, String owner, String tablespace, long offset) {}
