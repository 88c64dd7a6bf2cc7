package org.pgproof.receipt;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.List;
import java.util.Locale;

/**
 * One question that a verification asked, and its answer.
 *
 * @param name which question
 * @param result PASSED, FAILED or SKIPPED
 * @param detail figures when it passed, what is wrong when it failed, why when it was skipped
 * @param skipped parts of it that could not be compared, each with the reason
 */
public record Check(Name name, Result result, String detail, List<String> skipped) {

    /** A check that holds. */
    public static Check passed(Name name, String detail) {
        return new Check(name, Result.PASSED, detail, List.of());
    }

    /** A check that does not hold. */
    public static Check failed(Name name, String detail) {
        return new Check(name, Result.FAILED, detail, List.of());
    }

    /** A check that could not be made. */
    public static Check skipped(Name name, String reason) {
        return new Check(name, Result.SKIPPED, reason, List.of());
    }

    /** Returns the same check with the parts it had to skip. */
    public Check withSkipped(List<String> parts) {
        return new Check(name, result, detail, List.copyOf(parts));
    }

    /** The checks, in the order in which they are made. */
    public enum Name {
        OBJECT,
        ARCHIVE,
        RESTORE,
        STRUCTURE,
        ROWS,
        CONTENT,
        SEQUENCES,
        LARGE_OBJECTS,
        QUERIES;

        /** The words for people and in a receipt. */
        @Override
        @JsonValue
        public String toString() {
            return name().toLowerCase(Locale.ROOT).replace('_', ' ');
        }
    }

    /** How a check ended. */
    public enum Result {
        PASSED,
        FAILED,
        SKIPPED
    }
}
