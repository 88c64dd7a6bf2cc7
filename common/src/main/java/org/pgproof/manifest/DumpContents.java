package org.pgproof.manifest;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.pgproof.archive.Layout;
import org.pgproof.definition.SchemaObject;
import org.pgproof.dump.CopyTarget;
import org.pgproof.dump.Digest;
import org.pgproof.dump.DumpListener;
import org.pgproof.dump.DumpProblems;
import org.pgproof.dump.LargeObjects;
import org.pgproof.dump.MetaCommand;
import org.pgproof.dump.Rows;
import org.pgproof.dump.SequenceValue;
import org.pgproof.dump.Statement;
import org.pgproof.dump.TocEntry;
import org.pgproof.dump.sql.RelationName;
import org.pgproof.manifest.contents.PackedObjects;
import org.pgproof.manifest.contents.PackedSequences;
import org.pgproof.manifest.contents.PackedTables;
import org.pgproof.manifest.contents.SortedObjects;
import org.pgproof.manifest.contents.TableContent;
import org.pgproof.manifest.contents.TableIndex;

/** Collects what a scanner says of a dump, in the form in which a manifest keeps it. */
public final class DumpContents implements DumpListener {
    /** Entries whose statements are data, as {@code pg_dump} names them. */
    private static final Set<String> DATA =
            Set.of("TABLE DATA", "SEQUENCE SET", "BLOBS", "BLOB DATA", "LARGE OBJECTS", "STATISTICS DATA");

    private static final Digest NOTHING = Digest.of(new byte[0]);

    private final List<SchemaObject> objects = new PackedObjects();
    private final List<TableContent> tables = new PackedTables();
    private final TableIndex tableIndex = new TableIndex(tables);
    private final List<SequenceValue> sequences = new PackedSequences();
    private final Set<RelationName> inserted = new LinkedHashSet<>();
    private final Set<RelationName> withoutCopy = new HashSet<>();
    private final LayoutReading layout = new LayoutReading();
    private final DumpProblems problems = new DumpProblems();
    private final List<String> gone = new ArrayList<>();
    private final boolean printed;
    private final List<String> misread = new ArrayList<>();

    private LargeObjects largeObjects = LargeObjects.NONE;
    private Digest statementsDigest = NOTHING;
    private String serverVersion = "";
    private String clientEncoding = "UTF8";
    private String accessMethod = "";
    private @Nullable TocEntry entry;
    private @Nullable EntryDefinition definition;

    /** What is written into a manifest. */
    public DumpContents() {
        this(false);
    }

    private DumpContents(boolean printed) {
        this.printed = printed;
    }

    /** What is compared with another reading, also where a server may have printed it in another form. */
    public static DumpContents toCompare() {
        return new DumpContents(true);
    }

    /** Returns whether {@code pg_dump} names so what is data, which lies between two runs of definitions. */
    public static boolean isData(String kind) {
        return DATA.contains(kind);
    }

    @Override
    public void serverVersion(String version) {
        serverVersion = version;
    }

    @Override
    public void setting(String name, String value) {
        if (name.equals("client_encoding")) {
            clientEncoding = value;
        } else if (name.equals("default_table_access_method")) {
            accessMethod = value;
        }
    }

    @Override
    public void entry(TocEntry next) {
        endEntry();
        entry = next;
        definition = new EntryDefinition(next, printed);
        layout.entry(next.kind(), next.offset());
    }

    @Override
    public void statement(Statement statement) {
        statementsDigest = statementsDigest.then(statement.digest());
        if (statement.kind() == Statement.Kind.DEFINITION && definition != null) {
            definition.add(statement);
        }
    }

    @Override
    public void misreadByPsql(Optional<TocEntry> defining) {
        misread.add(Misreading.name(defining));
    }

    @Override
    public void copyBegins(CopyTarget target, long offset) {
        layout.rowsBegin(offset);
    }

    @Override
    public void copyEnds(CopyTarget target, Rows rows, long offset) {
        RelationName name = target.table();
        Layout.Span span = layout.rowsEnd(offset);
        int place = tableIndex.find(name.schema(), name.name());
        if (place >= 0) {
            tables.set(place, tables.get(place).plus(rows, span));
        } else {
            TableContent table = new TableContent(
                    name.schema(),
                    name.name(),
                    target.columns(),
                    rows.count(),
                    rows.bytes(),
                    rows.fingerprint().toString(),
                    List.of(span));
            tables.add(table);
            tableIndex.add(table);
        }
    }

    @Override
    public void insert(RelationName table) {
        if (inserted.add(table) && entry != null) {
            layout.dataAsStatements(entry.offset());
        }
    }

    @Override
    public void refresh(RelationName view) {
        objects.add(populated(view.schema(), view.name()));
    }

    @Override
    public void sequenceValue(SequenceValue value) {
        sequences.add(value);
    }

    @Override
    public void largeObjects(LargeObjects all) {
        largeObjects = all;
    }

    @Override
    public void metaCommand(MetaCommand command) {
        problems.metaCommand(command);
    }

    @Override
    public void unsupported(String reason, long offset) {
        problems.unsupported(reason, offset);
    }

    /** Says that the stream ended, at this many bytes. */
    public void end(long bytes) {
        endEntry();
        entry = null;
        definition = null;
        layout.end(bytes);
    }

    private void endEntry() {
        if (entry != null && definition != null && definition.gone()) {
            gone.add(entry.kind() + " " + new RelationName(entry.schema(), entry.name()));
        }
        if (entry != null && entry.kind().equals("TABLE DATA") && tableIndex.find(entry.schema(), entry.name()) < 0) {
            withoutCopy.add(new RelationName(entry.schema(), entry.name()));
        }
        SchemaObject defined = definition == null ? null : definition.object(accessMethod);
        if (defined != null) {
            objects.add(defined);
        }
    }

    /** That a materialized view has its rows: what the statement REFRESH restores. */
    public static SchemaObject populated(String schema, String name) {
        return new SchemaObject("MATERIALIZED VIEW DATA", schema, name, NOTHING.digits());
    }

    /** Returns the schema objects, ordered by kind, schema and name. */
    public List<SchemaObject> objects() {
        return SortedObjects.of(
                objects, Comparator.comparing(SchemaObject::schema).thenComparing(SchemaObject::name));
    }

    /** Returns the number of schema objects by kind. */
    public SortedMap<String, Integer> counts() {
        SortedMap<String, Integer> counts = new TreeMap<>();
        objects.forEach(object -> counts.merge(object.kind(), 1, Integer::sum));
        return counts;
    }

    /** Returns the tables whose rows the dump holds as COPY text, in the dump's order. */
    public List<TableContent> tables() {
        return Collections.unmodifiableList(tables);
    }

    /** Returns whether the dump has a part for the rows of a table, and be it an empty one. */
    public boolean hasPartFor(RelationName table) {
        return tableIndex.find(table.schema(), table.name()) >= 0 || withoutCopy.contains(table);
    }

    /**
     * Returns whether the dump defines something of this name in this schema, or with an empty name, whether it defines
     * anything there.
     */
    public boolean names(String schema, String name) {
        return objects.stream()
                .anyMatch(object -> object.schema().equals(schema)
                        ? isNamed(object.name(), name)
                        : name.isEmpty()
                                && object.kind().equals("SCHEMA")
                                && object.name().equals(schema));
    }

    /** The names of what is a part of a relation begin with its name; those of functions end with their arguments. */
    private static boolean isNamed(String name, String wanted) {
        boolean whole = wanted.isEmpty() || name.length() == wanted.length();
        return name.startsWith(wanted) && (whole || " (".indexOf(name.charAt(wanted.length())) >= 0);
    }

    /** Returns the value of each sequence, in the dump's order. */
    public List<SequenceValue> sequences() {
        return Collections.unmodifiableList(sequences);
    }

    /** Returns all large objects together. */
    public Manifest.LargeObjects largeObjects() {
        return new Manifest.LargeObjects(
                largeObjects.count(),
                largeObjects.bytes(),
                largeObjects.fingerprint().toString());
    }

    /** Returns the tables whose rows the dump holds as INSERT statements, as people read them. */
    public List<String> insertedTables() {
        return inserted.stream().map(RelationName::toString).toList();
    }

    /** Returns the digest of all statements in their order, also of those that define nothing. */
    public String statementsDigest() {
        return statementsDigest.digits();
    }

    /** Returns where the parts lie, with these members. */
    public Layout layout(long bytes, List<Layout.Member> members) {
        return layout.layout(bytes, members);
    }

    /** Returns the version of the server the dump was taken from, as the dump says it. */
    public String serverVersion() {
        return serverVersion;
    }

    /** Returns the encoding the dump is written in. */
    public String clientEncoding() {
        return clientEncoding;
    }

    /** Returns the objects that were dropped while {@code pg_dump} began: the dump has no definition of them, or half of it. */
    public List<String> gone() {
        return Collections.unmodifiableList(gone);
    }

    /** Returns the objects whose definition psql does not find the end of. */
    public List<String> misreadByPsql() {
        return Collections.unmodifiableList(misread);
    }

    /** Returns what in the dump {@code psql} must not be given, or what makes the scan prove nothing. */
    public List<String> problems() {
        return problems.all();
    }
}
