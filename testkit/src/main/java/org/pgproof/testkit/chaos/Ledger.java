package org.pgproof.testkit.chaos;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** How often each invariant was checked, what did not hold, and how the rounds of each trouble ended. */
final class Ledger {
    private final Map<String, Integer> checks = new TreeMap<>();
    private final Map<String, Map<String, Integer>> outcomes = new TreeMap<>();
    private final List<String> violations = new ArrayList<>();
    private String round = "";

    /** Begins a round, under whose name violations are noted. */
    void begin(String name) {
        round = name;
    }

    /** Notes that an invariant was checked, and if it does not hold, what was seen instead. */
    void check(String invariant, boolean holds, String seen) {
        checks.merge(invariant, 1, Integer::sum);
        if (!holds) {
            violations.add(round + "\n  VIOLATED: " + invariant + "\n  " + seen.replace("\n", "\n  "));
        }
    }

    /** Notes how the disturbed process ended. */
    void outcome(String trouble, String outcome) {
        outcomes.computeIfAbsent(trouble, name -> new TreeMap<>()).merge(outcome, 1, Integer::sum);
    }

    String round() {
        return round;
    }

    List<String> violations() {
        return List.copyOf(violations);
    }

    void print(PrintStream out) {
        out.printf("%nOutcomes by trouble%n");
        outcomes.forEach((trouble, counts) -> out.printf("  %-44s %s%n", trouble, counts));
        out.printf("%nInvariants, and how often each was checked%n");
        checks.forEach((invariant, count) -> out.printf("  %6d  %s%n", count, invariant));
        int all = checks.values().stream().mapToInt(Integer::intValue).sum();
        out.printf("%n%d checks, %d violations%n", all, violations.size());
    }
}
