package org.pgproof.verify.restore;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.pgproof.dump.DumpListener;
import org.pgproof.dump.TocEntry;
import org.pgproof.manifest.DumpContents;
import org.pgproof.service.Stopwatch;

/** Tells how long a restore spent on definitions, on rows and on indexes, by what of the dump was passing. */
final class RestorePhases implements DumpListener {
    private static final String DOWNLOAD = "download";
    private static final String DEFINITIONS = "definitions";
    private static final String ROWS = "rows";
    private static final String INDEXES = "indexes";

    private final Map<String, Duration> phases = new LinkedHashMap<>();
    private Stopwatch current = Stopwatch.start();
    private String phase = DEFINITIONS;

    @Override
    public void entry(TocEntry entry) {
        boolean data = DumpContents.isData(entry.kind());
        if (data && phase.equals(DEFINITIONS)) {
            next(ROWS);
        } else if (!data && phase.equals(ROWS)) {
            next(INDEXES);
        }
    }

    private void next(String following) {
        phases.put(phase, current.elapsed());
        current = Stopwatch.start();
        phase = following;
    }

    /**
     * Says that the restore has ended, and returns what it spent on each phase that it reached.
     *
     * @param download how long it waited for the store, during all phases
     */
    Map<String, Duration> end(Duration download) {
        next("");
        phases.put(DOWNLOAD, download);
        return phases;
    }
}
