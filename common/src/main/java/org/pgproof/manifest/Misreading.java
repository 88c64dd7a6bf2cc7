package org.pgproof.manifest;

import java.util.List;
import java.util.Optional;
import org.pgproof.dump.TocEntry;
import org.pgproof.dump.sql.RelationName;

/** What people are told of definitions that {@code psql} does not find the end of. */
public final class Misreading {
    /** What to do at the source. */
    public static final String REMEDY = "give the function, or the column or table it reads, another name, or write its"
            + " body as a string (AS '…') in place of BEGIN ATOMIC";

    private Misreading() {}

    /** Returns what is wrong with such objects. */
    public static String of(List<String> objects) {
        return "psql cannot read the definition of " + ManifestComparison.shortened(objects)
                + ", where the word begin stands as a name";
    }

    static String name(Optional<TocEntry> defining) {
        return defining.map(each -> each.kind() + " " + new RelationName(each.schema(), each.name()))
                .orElse("a statement");
    }
}
