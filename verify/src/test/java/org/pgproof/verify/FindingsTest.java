package org.pgproof.verify;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.pgproof.receipt.Check;
import org.pgproof.receipt.Check.Name;
import org.pgproof.receipt.Verdict;

/** Every row of the table of verdicts by cause. */
class FindingsTest {
    private final Findings findings = new Findings();

    private void pass(Iterable<Name> names) {
        names.forEach(name -> findings.add(Check.passed(name, "fine")));
    }

    @Test
    void passesWhenEverythingHolds() {
        pass(EnumSet.allOf(Name.class));
        assertThat(findings.verdict()).isEqualTo(Verdict.PASSED);
        assertThat(findings.skipped()).isEmpty();
        assertThat(findings.reason()).startsWith("object, archive, restore").endsWith("hold");
    }

    @Test
    void passesWithoutCustomQueries() {
        pass(EnumSet.complementOf(EnumSet.of(Name.QUERIES)));
        findings.add(Check.skipped(Name.QUERIES, "no file"));
        assertThat(findings.verdict()).isEqualTo(Verdict.PASSED);
        assertThat(findings.skipped()).contains("skipped: queries");
    }

    @ParameterizedTest
    @EnumSource(Name.class)
    void failsWhenOneCheckFails(Name name) {
        pass(EnumSet.complementOf(EnumSet.of(name)));
        findings.add(Check.failed(name, "it is not so"));
        assertThat(findings.verdict()).isEqualTo(Verdict.FAILED);
        assertThat(findings.reason()).isEqualTo(name + ": it is not so");
    }

    @ParameterizedTest
    @EnumSource(
            value = Name.class,
            names = {"OBJECT", "ARCHIVE", "RESTORE", "STRUCTURE", "ROWS", "CONTENT"})
    void isNotProvenWhenARequiredCheckIsSkipped(Name name) {
        pass(EnumSet.complementOf(EnumSet.of(name)));
        findings.add(Check.skipped(name, "nobody knows"));
        assertThat(findings.verdict()).isEqualTo(Verdict.RESTORED);
    }

    @ParameterizedTest
    @EnumSource(
            value = Name.class,
            names = {"OBJECT", "ARCHIVE", "RESTORE", "STRUCTURE", "ROWS", "CONTENT"})
    void isNotProvenWhenARequiredCheckWasNeverMade(Name name) {
        pass(EnumSet.complementOf(EnumSet.of(name)));
        assertThat(findings.verdict()).isEqualTo(Verdict.RESTORED);
    }

    @Test
    void nothingIsNeverPassed() {
        assertThat(findings.verdict()).isNotEqualTo(Verdict.PASSED);
        assertThat(findings.reason()).isEqualTo("nothing was checked");
    }

    @Test
    void couldNotVerifyWhenStopped() {
        pass(EnumSet.of(Name.OBJECT, Name.ARCHIVE));
        findings.stoppedBy("the server went away");
        assertThat(findings.verdict()).isEqualTo(Verdict.COULD_NOT_VERIFY);
        assertThat(findings.reason()).isEqualTo("the server went away");
        assertThat(findings.checks()).hasSameSizeAs(Name.values());
        assertThat(findings.skipped()).isEmpty();
    }

    @Test
    void stoppedAfterEverythingPassedIsNotPassed() {
        pass(EnumSet.allOf(Name.class));
        findings.stoppedBy("the server went away");
        assertThat(findings.verdict()).isEqualTo(Verdict.COULD_NOT_VERIFY);
    }

    @Test
    void failureStandsWhateverStopsTheRest() {
        findings.add(Check.failed(Name.OBJECT, "another digest"));
        findings.stoppedBy("the server went away");
        assertThat(findings.verdict()).isEqualTo(Verdict.FAILED);
        assertThat(findings.reason()).isEqualTo("object: another digest");
    }

    @Test
    void checksNotMadeAreSkippedWithTheReasonAndInOrder() {
        findings.add(Check.failed(Name.RESTORE, "syntax error"));
        findings.skipRest("the backup did not restore");
        assertThat(findings.checks()).extracting(Check::name).containsExactly(Name.values());
        assertThat(findings.checks())
                .filteredOn(check -> check.name() == Name.CONTENT)
                .containsExactly(Check.skipped(Name.CONTENT, "the backup did not restore"));
    }

    @Test
    void itemsNotComparedAreCountedAndDoNotSpoilTheVerdict() {
        pass(EnumSet.complementOf(EnumSet.of(Name.CONTENT)));
        findings.add(Check.passed(Name.CONTENT, "fine").withSkipped(List.of("a: extension", "b: money")));
        assertThat(findings.verdict()).isEqualTo(Verdict.PASSED);
        assertThat(findings.skipped()).contains("2 items not compared");
    }

    @Test
    void timesOfOneStepAddUp() {
        findings.took("restore", Duration.ofSeconds(1));
        findings.took("restore", Duration.ofSeconds(2));
        assertThat(findings.steps()).containsEntry("restore", Duration.ofSeconds(3));
    }
}
