package org.pgproof.manifest;

import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.pgproof.dump.Digest;
import org.pgproof.dump.Statement;
import org.pgproof.dump.TocEntry;

/** Digests the definition that the statements of one entry make up, as it is and as far as all versions word it alike. */
final class EntryDefinition {
    private static final Set<String> LARGE_OBJECTS = Set.of("BLOB", "BLOB METADATA", "LARGE OBJECT");

    /** Kinds whose definition includes the session's default table access method. */
    private static final Set<String> HAS_ACCESS_METHOD = Set.of("TABLE", "MATERIALIZED VIEW");

    private static final Pattern WITHOUT_ARGUMENTS =
            Pattern.compile("CREATE (?:FUNCTION|PROCEDURE|AGGREGATE) [^(\"]+\\(\\)( RETURNS \\n)?");

    private final TocEntry entry;
    private boolean gone;
    private @Nullable Digest exact;
    private @Nullable Digest common;

    EntryDefinition(TocEntry entry) {
        this.entry = entry;
    }

    void add(Statement statement) {
        String kind = entry.kind();
        gone |= isGone(statement.head().text());
        Digest digest =
                kind.equals("POLICY") ? PolicyDefinition.digest(statement) : TableDefinition.digest(kind, statement);
        @Nullable Digest commonDigest = common(kind, statement, digest);
        exact = exact == null ? digest : exact.then(digest);
        if (commonDigest != null) {
            common = common == null ? commonDigest : common.then(commonDigest);
        }
    }

    /**
     * Whether it is what {@code pg_dump} writes of an object that was dropped after its snapshot was taken: the functions of
     * the server that it asks for definitions ({@code pg_get_indexdef}, {@code pg_get_function_arguments} and their like)
     * look into the catalog of now, and then return nothing.
     */
    boolean gone() {
        return gone;
    }

    private boolean isGone(String text) {
        Matcher routine = WITHOUT_ARGUMENTS.matcher(text);
        return text.equals(";")
                || (routine.lookingAt()
                        && (routine.group(1) != null || !entry.name().endsWith("()")));
    }

    /** Returns null for a statement that some versions have and others have not. */
    private static @Nullable Digest common(String kind, Statement statement, Digest digest) {
        if (!statement.head().whole()) {
            return digest;
        }
        String text = statement.head().text();
        String common = Wording.common(kind, text);
        if (common.isBlank()) {
            return null;
        }
        return common.equals(text) ? digest : TableDefinition.digest(kind, common);
    }

    /**
     * Returns the object that the entry defines; null where it defines none that is compared by its definition.
     *
     * @param accessMethod the session's default, under which the entry was read
     */
    @Nullable
    SchemaObject object(String accessMethod) {
        String kind = entry.kind();
        if (exact == null || common == null || DumpContents.isData(kind) || LARGE_OBJECTS.contains(kind)) {
            return null;
        }
        return new SchemaObject(
                kind,
                entry.schema(),
                entry.name(),
                under(accessMethod, exact).digits(),
                common.equals(exact) ? null : under(accessMethod, common).digits());
    }

    private Digest under(String accessMethod, Digest digest) {
        return HAS_ACCESS_METHOD.contains(entry.kind())
                ? digest.then(Digest.of(accessMethod.getBytes(StandardCharsets.UTF_8)))
                : digest;
    }
}
