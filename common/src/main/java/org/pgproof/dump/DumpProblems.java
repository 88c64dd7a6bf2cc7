package org.pgproof.dump;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Notes what {@code psql} must not be given, and what makes a scan prove nothing. */
public final class DumpProblems implements DumpListener {
    private static final int REPORTED = 20;

    private final List<String> problems = new ArrayList<>();

    @Override
    public void metaCommand(MetaCommand command) {
        if (!command.expected()) {
            add("backslash command at byte " + command.offset() + ": " + command.line());
        }
    }

    @Override
    public void foreign(String reason, long offset) {
        add(reason + " at byte " + offset);
    }

    @Override
    public void unsupported(String reason, long offset) {
        add(reason + " at byte " + offset);
    }

    private void add(String text) {
        if (problems.size() < REPORTED) {
            problems.add(text);
        }
    }

    /** Returns the first problems, in the order of the stream. */
    public List<String> all() {
        return List.copyOf(problems);
    }

    /** Returns the first problem. */
    public Optional<String> first() {
        return problems.stream().findFirst();
    }
}
