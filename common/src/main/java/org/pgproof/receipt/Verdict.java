package org.pgproof.receipt;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What a verification says of a backup. */
public enum Verdict {
    /** Everything the manifest says was found, and nothing else. */
    PASSED("PASSED"),
    /** It restored without an error, but nothing says what it should contain. */
    @JsonProperty("RESTORED")
    RESTORED("RESTORED (not proven)"),
    /** It is not what it should be. */
    FAILED("FAILED"),
    /** Nothing was found out: the reason lies outside the backup. */
    @JsonProperty("COULD NOT VERIFY")
    COULD_NOT_VERIFY("COULD NOT VERIFY");

    private final String words;

    Verdict(String words) {
        this.words = words;
    }

    @Override
    public String toString() {
        return words;
    }
}
