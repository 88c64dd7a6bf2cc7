package org.pgproof.backup.source;

import java.util.List;
import org.pgproof.manifest.Manifest;

/**
 * What a dump does not say about its source, read in the dump's own snapshot.
 *
 * @param databaseBytes size of the database on the server's disk
 * @param roles that policies and other definitions name
 * @param rowTypes tables whose rows are values in columns of tables
 * @param forSuperusers what only a superuser may create, as far as its kind does not say so
 * @param warnings what a restore would change, or what the dump gives away
 * @param leftOut what the database has and the dump will not
 */
public record CatalogFacts(
        Manifest.Source source,
        long databaseBytes,
        List<Manifest.Extension> extensions,
        List<String> roles,
        List<Manifest.RowType> rowTypes,
        List<String> forSuperusers,
        List<String> leftOut,
        List<String> warnings) {}
