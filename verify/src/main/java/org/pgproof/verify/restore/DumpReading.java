package org.pgproof.verify.restore;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.pgproof.definition.SchemaObject;
import org.pgproof.dump.CopyTarget;
import org.pgproof.dump.DumpListener;
import org.pgproof.dump.MetaCommand;
import org.pgproof.dump.Rows;
import org.pgproof.dump.SequenceValue;
import org.pgproof.dump.Statement;
import org.pgproof.dump.TocEntry;
import org.pgproof.dump.sql.RelationName;
import org.pgproof.manifest.DumpContents;
import org.pgproof.manifest.Manifest;
import org.pgproof.manifest.ManifestComparison;
import org.pgproof.manifest.contents.TableContent;
import org.pgproof.manifest.contents.TableIndex;
import org.pgproof.service.Quantity;

/**
 * Notes what the dump's own text says while it is restored. A statement more or less than the manifest knows is damage
 * even when the restored database does not show it: a grant, a change of rows that no statistics count, another body of
 * a view whose wording cannot be compared.
 */
final class DumpReading implements DumpListener {
    /** Entries that hold rows or a value, and no other statement. */
    private static final Set<String> VALUES_ONLY = Set.of("TABLE DATA", "SEQUENCE SET");

    private static final int REPORTED = 10;

    private final DumpContents contents = DumpContents.toCompare();
    private final List<String> astray = new ArrayList<>();
    private final List<RelationName> views = new ArrayList<>();
    private final boolean hashed;
    private String entryKind = "";
    private String entryName = "";

    /** @param hashed whether the scanner hashes rows: if not, only their number and size are compared */
    DumpReading(boolean hashed) {
        this.hashed = hashed;
    }

    @Override
    public void serverVersion(String version) {
        contents.serverVersion(version);
    }

    @Override
    public void setting(String name, String value) {
        contents.setting(name, value);
    }

    @Override
    public void entry(TocEntry entry) {
        entryKind = entry.kind();
        entryName = new RelationName(entry.schema(), entry.name()).toString();
        contents.entry(entry);
    }

    @Override
    public void statement(Statement statement) {
        contents.statement(statement);
        boolean belongsNowhere = entryKind.isEmpty() || VALUES_ONLY.contains(entryKind);
        if (statement.kind() == Statement.Kind.DEFINITION && belongsNowhere && astray.size() < REPORTED) {
            astray.add("unexpected: a statement at byte " + statement.start()
                    + (entryKind.isEmpty() ? " before everything" : " in " + entryKind + " " + entryName));
        }
    }

    @Override
    public void misreadByPsql(Optional<TocEntry> entry) {
        contents.misreadByPsql(entry);
    }

    @Override
    public void copyBegins(CopyTarget target, long offset) {
        contents.copyBegins(target, offset);
    }

    @Override
    public void copyEnds(CopyTarget target, Rows read, long offset) {
        contents.copyEnds(target, read, offset);
    }

    @Override
    public void insert(RelationName table) {
        contents.insert(table);
    }

    @Override
    public void refresh(RelationName view) {
        views.add(view);
        contents.refresh(view);
    }

    @Override
    public void sequenceValue(SequenceValue value) {
        contents.sequenceValue(value);
    }

    @Override
    public void metaCommand(MetaCommand command) {
        contents.metaCommand(command);
    }

    /** Returns the objects whose definition psql does not find the end of. */
    List<String> misreadByPsql() {
        return contents.misreadByPsql();
    }

    /** Returns the definitions of the text; to be asked at its end. */
    List<SchemaObject> definitions() {
        return contents.objects();
    }

    /** Returns the materialized views that the dump fills, in its order. */
    List<RelationName> views() {
        return List.copyOf(views);
    }

    /** Returns how the text differs from what the manifest describes, for people; to be asked at its end. */
    List<String> differences(Manifest manifest) {
        contents.end(0); // where the last entry ends matters to a layout only
        List<String> differences = new ArrayList<>(astray);
        differences.addAll(ManifestComparison.objects(manifest.objects(), contents.objects())
                .differences());
        differences.addAll(rows(manifest.tables(), contents.tables()));
        if (!Set.copyOf(manifest.insertedTables()).equals(Set.copyOf(contents.insertedTables()))) {
            differences.add("rows inserted into other tables");
        }
        if (!manifest.sequences().equals(contents.sequences())) {
            differences.add("other values of sequences");
        }
        if (differences.isEmpty() && !manifest.dump().statementsDigest().equals(contents.statementsDigest())) {
            differences.add("a statement that defines nothing, such as SET or BEGIN, is not as it was dumped");
        }
        return differences;
    }

    private List<String> rows(List<TableContent> expected, List<TableContent> read) {
        List<String> differences = new ArrayList<>();
        TableIndex index = new TableIndex(read);
        BitSet known = new BitSet(read.size());
        for (TableContent table : expected) {
            int place = index.find(table.schema(), table.name());
            boolean again = place >= 0 && known.get(place); // a manifest that names a table twice
            if (place < 0 || again) {
                differences.add(table.display() + ": expected " + Quantity.count(table.rows(), "row") + ", found none");
            } else {
                compare(table, read.get(place)).ifPresent(differences::add);
            }
            if (place >= 0) {
                known.set(place);
            }
        }
        for (int place = known.nextClearBit(0); place < read.size(); place = known.nextClearBit(place + 1)) {
            differences.add("unexpected: rows of " + read.get(place).display());
        }
        return differences;
    }

    private Optional<String> compare(TableContent expected, TableContent found) {
        String what = null;
        if (found.rows() != expected.rows()) {
            what = Quantity.count(expected.rows(), "row") + ", found " + Quantity.count(found.rows());
        } else if (found.bytes() != expected.bytes()) {
            what = "rows of " + Quantity.count(expected.bytes(), "byte") + ", found " + Quantity.count(found.bytes());
        } else if (!found.columns().equals(expected.columns())) {
            what = "the columns " + String.join(", ", expected.columns()) + ", found "
                    + String.join(", ", found.columns());
        } else if (hashed && !found.fingerprint().equals(expected.fingerprint())) {
            what = expected.fingerprint() + ", found " + found.fingerprint();
        }
        return Optional.ofNullable(what).map(difference -> expected.display() + ": expected " + difference);
    }
}
