package org.pgproof.dump;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.pgproof.dump.sql.RelationName;

/** Everything a scanner told of a dump, for assertions. */
final class RecordedDump implements DumpListener {
    final List<String> events = new ArrayList<>();
    final List<Statement> statements = new ArrayList<>();
    final List<TocEntry> entries = new ArrayList<>();
    final List<CopyTarget> targets = new ArrayList<>();
    final List<Rows> rows = new ArrayList<>();
    final List<Long> rowsBegin = new ArrayList<>();
    final List<Long> rowsEnd = new ArrayList<>();
    final List<SequenceValue> sequences = new ArrayList<>();
    final List<RelationName> inserts = new ArrayList<>();
    final List<MetaCommand> metaCommands = new ArrayList<>();
    final List<String> settings = new ArrayList<>();
    final List<String> unsupported = new ArrayList<>();
    final List<String> foreign = new ArrayList<>();
    final List<String> misread = new ArrayList<>();
    LargeObjects largeObjects = LargeObjects.NONE;
    String serverVersion = "";
    String clientVersion = "";
    Optional<String> incompleteBecause = Optional.empty();
    long boundary;

    static RecordedDump of(String sql) {
        return of(sql, StandardCharsets.UTF_8);
    }

    static RecordedDump of(String sql, Charset charset) {
        return of(sql.getBytes(charset));
    }

    static RecordedDump of(byte[] bytes) {
        return of(bytes, Math.max(1, bytes.length));
    }

    /** Scans the bytes in pieces of this size. */
    static RecordedDump of(byte[] bytes, int piece) {
        RecordedDump dump = new RecordedDump();
        DumpScanner scanner = new DumpScanner(dump);
        for (int i = 0; i < bytes.length; i += piece) {
            scanner.write(bytes, i, Math.min(piece, bytes.length - i));
        }
        dump.ended(scanner);
        return dump;
    }

    void ended(DumpScanner scanner) {
        scanner.end();
        incompleteBecause = scanner.incompleteBecause();
        boundary = scanner.boundary();
        events.add("position " + scanner.position() + " boundary " + boundary + " " + incompleteBecause);
    }

    List<String> texts() {
        return statements.stream().map(statement -> statement.head().text()).toList();
    }

    boolean complete() {
        return incompleteBecause.isEmpty();
    }

    @Override
    public void serverVersion(String version) {
        serverVersion = version;
        events.add("server " + version);
    }

    @Override
    public void clientVersion(String version) {
        clientVersion = version;
        events.add("client " + version);
    }

    @Override
    public void setting(String name, String value) {
        settings.add(name + "=" + value);
        events.add("setting " + name + "=" + value);
    }

    @Override
    public void entry(TocEntry entry) {
        entries.add(entry);
        events.add(entry.toString());
    }

    @Override
    public void statement(Statement statement) {
        statements.add(statement);
        events.add(statement.toString());
    }

    @Override
    public void misreadByPsql(Optional<TocEntry> entry) {
        misread.add(entry.map(TocEntry::name).orElse(""));
        events.add("misread " + entry);
    }

    @Override
    public void copyBegins(CopyTarget target, long offset) {
        targets.add(target);
        rowsBegin.add(offset);
        events.add(target + " at " + offset);
    }

    @Override
    public void copyEnds(CopyTarget target, Rows found, long offset) {
        rows.add(found);
        rowsEnd.add(offset);
        events.add(found + " to " + offset);
    }

    @Override
    public void insert(RelationName table) {
        inserts.add(table);
        events.add("insert " + table);
    }

    @Override
    public void sequenceValue(SequenceValue value) {
        sequences.add(value);
        events.add(value.toString());
    }

    @Override
    public void largeObjects(LargeObjects objects) {
        largeObjects = objects;
        events.add(objects.toString());
    }

    @Override
    public void foreign(String reason, long offset) {
        foreign.add(reason);
        events.add("foreign " + reason + " " + offset);
    }

    @Override
    public void metaCommand(MetaCommand command) {
        metaCommands.add(command);
        events.add(command.toString());
    }

    @Override
    public void unsupported(String reason, long offset) {
        unsupported.add(reason);
        events.add("unsupported " + reason + " at " + offset);
    }
}
