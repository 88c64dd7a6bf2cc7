package org.pgproof.manifest;

import java.util.ArrayList;
import java.util.List;
import org.pgproof.archive.Layout;

/** Notes where the parts of a dump lie while it is read; offsets are those in the unpacked dump. */
final class LayoutReading {
    private static final long UNKNOWN = -1;

    private final List<Layout.Span> statements = new ArrayList<>();
    private long dataStart = UNKNOWN;
    private long dataEnd = UNKNOWN;
    private long statementsStart = UNKNOWN;
    private long rowsStart;

    /** Says that an entry begins, and the one before it ends. */
    void entry(String kind, long offset) {
        endStatements(offset);
        boolean data = DumpContents.isData(kind);
        if (data && dataStart == UNKNOWN) {
            dataStart = offset;
        } else if (!data && dataStart != UNKNOWN && dataEnd == UNKNOWN) {
            dataEnd = offset;
        }
        if (data && !kind.equals("TABLE DATA")) {
            statementsStart = offset;
        }
    }

    /** Says that the entry which began at this offset holds data as statements. */
    void dataAsStatements(long entryStart) {
        if (statementsStart == UNKNOWN) {
            statementsStart = entryStart;
        }
    }

    void rowsBegin(long offset) {
        rowsStart = offset;
    }

    Layout.Span rowsEnd(long offset) {
        return new Layout.Span(rowsStart, offset);
    }

    /** Says that the dump has this many bytes. */
    void end(long bytes) {
        endStatements(bytes);
        if (dataStart == UNKNOWN) {
            dataStart = bytes;
        }
        if (dataEnd == UNKNOWN) {
            dataEnd = bytes;
        }
    }

    /** Adjacent statements are one span: it keeps the manifest small. */
    private void endStatements(long offset) {
        if (statementsStart == UNKNOWN) {
            return;
        }
        int last = statements.size() - 1;
        if (last >= 0 && statements.get(last).end() == statementsStart) {
            statements.set(last, new Layout.Span(statements.get(last).start(), offset));
        } else {
            statements.add(new Layout.Span(statementsStart, offset));
        }
        statementsStart = UNKNOWN;
    }

    /** Returns the whole layout, with these members. */
    Layout layout(long bytes, List<Layout.Member> members) {
        return new Layout(
                new Layout.Span(0, dataStart),
                new Layout.Span(dataStart, dataEnd),
                new Layout.Span(dataEnd, bytes),
                List.copyOf(statements),
                members);
    }
}
