package org.pgproof.service;

/** How one cycle ended, and the exit code with which a {@code --once} run says so. */
public enum Outcome {
    /** The backup is published, or the verification found nothing wrong. */
    SUCCEEDED(0),
    /** The cycle could not be done: nothing was published, or nothing could be verified. */
    NOT_DONE(2),
    /** A backup was verified and is not what it should be. */
    FAILED(3);

    /** The exit code for settings or usage that are wrong. */
    public static final int INVALID_SETTINGS = 1;

    private final int exitCode;

    Outcome(int exitCode) {
        this.exitCode = exitCode;
    }

    /** Returns the process exit code of a {@code --once} run that ended so. */
    public int exitCode() {
        return exitCode;
    }
}
