package org.pgproof.verify.restore;

import java.util.Optional;
import org.pgproof.dump.CopyTarget;
import org.pgproof.dump.DumpListener;
import org.pgproof.dump.LargeObjects;
import org.pgproof.dump.MetaCommand;
import org.pgproof.dump.Rows;
import org.pgproof.dump.SequenceValue;
import org.pgproof.dump.Statement;
import org.pgproof.dump.TocEntry;
import org.pgproof.dump.sql.RelationName;

/** Tells two listeners what one scanner says. */
record ListenerPair(DumpListener first, DumpListener second) implements DumpListener {
    @Override
    public void serverVersion(String version) {
        first.serverVersion(version);
        second.serverVersion(version);
    }

    @Override
    public void clientVersion(String version) {
        first.clientVersion(version);
        second.clientVersion(version);
    }

    @Override
    public void setting(String name, String value) {
        first.setting(name, value);
        second.setting(name, value);
    }

    @Override
    public void entry(TocEntry entry) {
        first.entry(entry);
        second.entry(entry);
    }

    @Override
    public void statementBegins(long offset) {
        first.statementBegins(offset);
        second.statementBegins(offset);
    }

    @Override
    public void foreign(String reason, long offset) {
        first.foreign(reason, offset);
        second.foreign(reason, offset);
    }

    @Override
    public void statement(Statement statement) {
        first.statement(statement);
        second.statement(statement);
    }

    @Override
    public void misreadByPsql(Optional<TocEntry> entry) {
        first.misreadByPsql(entry);
        second.misreadByPsql(entry);
    }

    @Override
    public void copyBegins(CopyTarget target, long offset) {
        first.copyBegins(target, offset);
        second.copyBegins(target, offset);
    }

    @Override
    public void copyEnds(CopyTarget target, Rows rows, long offset) {
        first.copyEnds(target, rows, offset);
        second.copyEnds(target, rows, offset);
    }

    @Override
    public void insert(RelationName table) {
        first.insert(table);
        second.insert(table);
    }

    @Override
    public void sequenceValue(SequenceValue value) {
        first.sequenceValue(value);
        second.sequenceValue(value);
    }

    @Override
    public void refresh(RelationName view) {
        first.refresh(view);
        second.refresh(view);
    }

    @Override
    public void largeObjects(LargeObjects objects) {
        first.largeObjects(objects);
        second.largeObjects(objects);
    }

    @Override
    public void metaCommand(MetaCommand command) {
        first.metaCommand(command);
        second.metaCommand(command);
    }

    @Override
    public void unsupported(String reason, long offset) {
        first.unsupported(reason, offset);
        second.unsupported(reason, offset);
    }
}
