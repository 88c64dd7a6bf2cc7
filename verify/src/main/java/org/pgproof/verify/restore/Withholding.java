package org.pgproof.verify.restore;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.pgproof.dump.DumpListener;
import org.pgproof.dump.DumpScanner;
import org.pgproof.dump.MetaCommand;
import org.pgproof.dump.Statement;
import org.pgproof.dump.TocEntry;

/**
 * Blanks out what {@code psql} must not be given, and only where the scanner found it between statements: the dump's own pair
 * of {@code \restrict} and {@code \}{@code unrestrict}, which would end the verifier's, the one setting that newer
 * clients write and older servers refuse, and what fills materialized views, which is done when all else was compared.
 */
final class Withholding implements DumpListener {
    private static final String FILLS_VIEWS = "MATERIALIZED VIEW DATA";
    private static final String SINCE_17 = "SET transaction_timeout = 0;";

    private final DumpScanner scanner;
    private final boolean olderThan17;
    private final List<long[]> spans = new ArrayList<>();
    private final List<String> settings = new ArrayList<>();
    private boolean first = true;
    private boolean fillsViews;

    /**
     * @param notices what else is told by the scanner
     * @param serverMajor major version of the server, which may be too old for one of the dump's settings
     */
    Withholding(DumpListener notices, int serverMajor) {
        this.scanner = new DumpScanner(new ListenerPair(notices, this), false);
        this.olderThan17 = serverMajor < 17;
    }

    DumpScanner scanner() {
        return scanner;
    }

    /** Returns the settings that the server does not know. */
    List<String> settings() {
        return List.copyOf(settings);
    }

    @Override
    public void entry(TocEntry entry) {
        first = false;
        fillsViews = entry.kind().equals(FILLS_VIEWS);
    }

    @Override
    public void statement(Statement statement) {
        boolean mayBe = olderThan17 && first && statement.kind() == Statement.Kind.SETTING;
        if (mayBe && statement.head().text().equals(SINCE_17)) {
            settings.add(SINCE_17);
            withhold(statement);
        } else if (fillsViews && statement.kind() == Statement.Kind.REFRESH) {
            withhold(statement);
        }
    }

    /** Returns whether a statement behind the rows was blanked out. */
    static boolean isWithheld(Statement statement, TocEntry of) {
        return of.kind().equals(FILLS_VIEWS) && statement.kind() == Statement.Kind.REFRESH;
    }

    private void withhold(Statement statement) {
        spans.add(new long[] {statement.start(), statement.end()});
    }

    @Override
    public void metaCommand(MetaCommand command) {
        if (command.expected()) {
            int length = command.line().getBytes(StandardCharsets.ISO_8859_1).length;
            spans.add(new long[] {command.offset(), command.offset() + length});
        }
    }

    /**
     * Scans what was read and blanks out what is withheld.
     *
     * @param chunk with the bytes that were kept last time, and what was read behind them
     * @param kept how many were kept
     * @param length of both together
     * @return how many bytes at the end must be kept, because more of them must be seen
     */
    int take(byte[] chunk, int kept, int length) {
        scanner.write(chunk, kept, length - kept);
        long start = scanner.position() - length;
        for (long[] span : spans) {
            int from = (int) Math.max(0, span[0] - start);
            int to = (int) Math.max(0, span[1] - start);
            Arrays.fill(chunk, from, to, (byte) ' ');
        }
        spans.clear();
        long open = first || fillsViews ? scanner.position() - scanner.boundary() : scanner.openCommand();
        return open <= chunk.length / 2 ? (int) Math.min(open, length) : 0;
    }
}
