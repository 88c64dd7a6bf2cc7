package org.pgproof.postgres;

import java.io.IOException;
import java.util.List;

/** A client tool ended with an error; the message carries what it said on stderr. */
public final class ToolFailedException extends IOException {
    private static final long serialVersionUID = 1L;
    private static final int SHOWN_LINES = 8;

    private final int exitCode;
    private final transient List<String> stderr;

    /** @param stderr what the tool printed, in order; its end is shown */
    public ToolFailedException(String tool, int exitCode, List<String> stderr) {
        super(tool + " ended with exit code " + exitCode + ": " + tail(stderr));
        this.exitCode = exitCode;
        this.stderr = List.copyOf(stderr);
    }

    /** Returns the tool's exit code; 128 and the signal's number when it was killed. */
    public int exitCode() {
        return exitCode;
    }

    /** Returns what the tool printed on stderr, its first and its last lines. */
    public List<String> stderr() {
        return stderr;
    }

    private static String tail(List<String> stderr) {
        if (stderr.isEmpty()) {
            return "it printed no error";
        }
        return String.join(" | ", stderr.subList(Math.max(0, stderr.size() - SHOWN_LINES), stderr.size()));
    }
}
