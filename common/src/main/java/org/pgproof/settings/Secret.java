package org.pgproof.settings;

/** A value that must never be printed: {@code toString} hides it, so that a record holding one may be logged. */
public record Secret(String value) {
    @Override
    public String toString() {
        return "***";
    }
}
