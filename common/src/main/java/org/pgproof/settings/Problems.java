package org.pgproof.settings;

import java.util.ArrayList;
import java.util.List;

/** Collects everything that is wrong with the settings, so that one start shows it all. */
public final class Problems {
    private final List<Problem> errors = new ArrayList<>();
    private final List<Problem> warnings = new ArrayList<>();

    /** Records what makes a start impossible. The same problem is recorded once. */
    public void error(String variable, String wrong, String remedy) {
        add(errors, new Problem(variable, wrong, remedy));
    }

    /** Records what is probably a mistake but does not hinder a start. The same problem is recorded once. */
    public void warning(String variable, String wrong, String remedy) {
        add(warnings, new Problem(variable, wrong, remedy));
    }

    /** What makes a start impossible, in the order it was found. */
    public List<Problem> errors() {
        return List.copyOf(errors);
    }

    /** What is probably a mistake, in the order it was found. */
    public List<Problem> warnings() {
        return List.copyOf(warnings);
    }

    /** Throws an exception with every error, if there is one. */
    public void throwIfAny() throws InvalidSettingsException {
        if (!errors.isEmpty()) {
            throw new InvalidSettingsException(errors);
        }
    }

    @Override
    public String toString() {
        return "errors " + errors + ", warnings " + warnings;
    }

    private static void add(List<Problem> problems, Problem problem) {
        if (!problems.contains(problem)) {
            problems.add(problem);
        }
    }
}
