package org.pgproof.settings;

import java.util.List;
import java.util.stream.Collectors;

/** The settings do not allow a start; the message has one line for each problem. */
public final class InvalidSettingsException extends Exception {
    private final transient List<Problem> problems;

    /** Carries all problems at once; there is at least one. */
    public InvalidSettingsException(List<Problem> problems) {
        super(problems.stream().map(Problem::toString).collect(Collectors.joining("\n")));
        this.problems = List.copyOf(problems);
    }

    /** Every problem found, in the order it was found. */
    public List<Problem> problems() {
        return problems;
    }
}
