package org.pgproof.manifest;

import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.pgproof.definition.CanonicalForm;
import org.pgproof.definition.Printing;
import org.pgproof.definition.SchemaObject;
import org.pgproof.definition.Substance;
import org.pgproof.definition.Wording;
import org.pgproof.dump.Digest;
import org.pgproof.dump.Statement;
import org.pgproof.dump.TocEntry;

/** Digests the definition that the statements of one entry make up, as it is and as far as all versions word it alike. */
final class EntryDefinition {
    private static final Set<String> LARGE_OBJECTS = Set.of("BLOB", "BLOB METADATA", "LARGE OBJECT");

    /** Kinds whose definition includes the session's default table access method. */
    private static final Set<String> HAS_ACCESS_METHOD = Set.of("TABLE", "MATERIALIZED VIEW");

    private static final int LONGEST = 1 << 18;

    private static final Digest UNKNOWN = Digest.of(new byte[0]);

    private static final Pattern WITHOUT_ARGUMENTS =
            Pattern.compile("CREATE (?:FUNCTION|PROCEDURE|AGGREGATE) [^(\"]+\\(\\)( RETURNS \\n)?");

    private final TocEntry entry;
    private final boolean printed;
    private boolean gone;
    private @Nullable Digest exact;
    private @Nullable Digest common;
    private @Nullable Printing printing;

    /** @param printed whether to look at how it may be printed again */
    EntryDefinition(TocEntry entry, boolean printed) {
        this.entry = entry;
        this.printed = printed && Wording.HOLDING_EXPRESSIONS.contains(entry.kind());
    }

    void add(Statement statement) {
        String kind = entry.kind();
        gone |= isGone(statement.head().text());
        Digest digest = TableDefinition.digest(kind, statement);
        @Nullable Digest commonDigest = common(kind, statement, digest);
        exact = exact == null ? digest : exact.then(digest);
        if (commonDigest != null) {
            common = common == null ? commonDigest : common.then(commonDigest);
        }
        if (printed) {
            Printing next = printing(kind, statement, digest);
            printing = printing == null ? next : printing.then(next);
        }
    }

    /** A long statement may be worded in whichever way: to take it apart would take much memory. */
    private static Printing printing(String kind, Statement statement, Digest digest) {
        String text = statement.head().whole() ? statement.head().text() : "";
        if (text.isEmpty() || text.length() > LONGEST) {
            return new Printing(digest, digest, UNKNOWN, 1);
        }
        String common = Wording.common(kind, text);
        Digest canonical = TableDefinition.digest(kind, text, CanonicalForm::of);
        return new Printing(
                canonical,
                common.equals(text) ? canonical : TableDefinition.digest(kind, common, CanonicalForm::of),
                TableDefinition.digest(kind, common, Substance::of),
                1);
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
                common.equals(exact) ? null : under(accessMethod, common).digits(),
                printing == null || !HAS_ACCESS_METHOD.contains(kind)
                        ? printing
                        : printing.under(method(accessMethod)));
    }

    private static Digest method(String name) {
        return Digest.of(name.getBytes(StandardCharsets.UTF_8));
    }

    private Digest under(String accessMethod, Digest digest) {
        return HAS_ACCESS_METHOD.contains(entry.kind()) ? digest.then(method(accessMethod)) : digest;
    }
}
