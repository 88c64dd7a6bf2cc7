package org.pgproof.verify;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.pgproof.receipt.Check;
import org.pgproof.receipt.Check.Name;
import org.pgproof.receipt.Check.Result;
import org.pgproof.receipt.Verdict;
import org.pgproof.service.Quantity;

/** What one verification has found so far, and the verdict that follows from it. */
final class Findings {
    /** A backup passes only if each of these does. */
    private static final Set<Name> REQUIRED =
            Set.of(Name.OBJECT, Name.ARCHIVE, Name.RESTORE, Name.STRUCTURE, Name.ROWS, Name.CONTENT);

    /** The step that has parts of its own. */
    static final String RESTORE = "restore";

    private final List<Check> checks = new ArrayList<>();
    private final Map<String, Duration> steps = new LinkedHashMap<>();
    private @Nullable String obstacle;

    void add(Check check) {
        checks.add(check);
    }

    boolean has(Name check) {
        return checks.stream().anyMatch(made -> made.name() == check);
    }

    /** Says that the checks not made yet cannot be made, and why. */
    void skipRest(String reason) {
        Set<Name> made = checks.stream().map(Check::name).collect(Collectors.toSet());
        for (Name name : Name.values()) {
            if (!made.contains(name)) {
                checks.add(Check.skipped(name, reason));
            }
        }
    }

    /** Says that the verification had to end, for a reason outside the backup. */
    void stoppedBy(String reason) {
        obstacle = reason;
        skipRest("the verification could not go on");
    }

    void took(String step, Duration duration) {
        steps.merge(step, duration, Duration::plus);
    }

    List<Check> checks() {
        return checks.stream().sorted(Comparator.comparing(Check::name)).toList();
    }

    Map<String, Duration> steps() {
        return steps;
    }

    /** Returns how long each step took, the restore's own parts in parentheses. */
    String times() {
        String parts = steps.entrySet().stream()
                .filter(step -> step.getKey().startsWith(RESTORE + " "))
                .map(step -> step.getKey().substring(RESTORE.length() + 1) + " " + Quantity.duration(step.getValue()))
                .collect(Collectors.joining(", "));
        return steps.entrySet().stream()
                .filter(step -> !step.getKey().startsWith(RESTORE + " "))
                .map(step -> step.getKey() + " " + Quantity.duration(step.getValue())
                        + (step.getKey().equals(RESTORE) && !parts.isEmpty() ? " (" + parts + ")" : ""))
                .collect(Collectors.joining(", "));
    }

    /** A failure that was found stands, whatever stopped the verification after it. */
    Verdict verdict() {
        if (!with(Result.FAILED).isEmpty()) {
            return Verdict.FAILED;
        }
        if (obstacle != null) {
            return Verdict.COULD_NOT_VERIFY;
        }
        Set<Name> passed = with(Result.PASSED).stream().map(Check::name).collect(Collectors.toSet());
        return passed.containsAll(REQUIRED) ? Verdict.PASSED : Verdict.RESTORED;
    }

    /** Returns why the verdict is what it is, in one line. */
    String reason() {
        List<Check> failed = with(Result.FAILED);
        if (!failed.isEmpty()) {
            return failed.stream()
                    .map(check -> check.name() + ": " + check.detail())
                    .collect(Collectors.joining("; "));
        }
        if (obstacle != null) {
            return obstacle;
        }
        String figures = with(Result.PASSED).stream()
                .map(Check::name)
                .map(Name::toString)
                .collect(Collectors.joining(", "));
        return figures.isEmpty() ? "nothing was checked" : figures + " hold";
    }

    /** Returns how many checks, tables and objects were skipped, in words; empty when none were. */
    Optional<String> skipped() {
        if (obstacle != null) {
            return Optional.empty(); // the reason says it
        }
        List<String> parts = new ArrayList<>();
        List<Check> skippedChecks = with(Result.SKIPPED);
        if (!skippedChecks.isEmpty()) {
            parts.add("skipped: "
                    + skippedChecks.stream()
                            .map(check -> check.name().toString())
                            .collect(Collectors.joining(", ")));
        }
        long items = checks.stream().mapToLong(check -> check.skipped().size()).sum();
        if (items > 0) {
            parts.add(Quantity.count(items) + (items == 1 ? " item" : " items") + " not compared");
        }
        return parts.isEmpty() ? Optional.empty() : Optional.of(String.join(", ", parts));
    }

    private List<Check> with(Result result) {
        return checks().stream().filter(check -> check.result() == result).toList();
    }
}
