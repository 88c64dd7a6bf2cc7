package org.pgproof.settings;

/**
 * One environment variable as {@code --help} and the README describe it.
 *
 * @param name the variable's name
 * @param service which of the two services reads it
 * @param fallback what holds when it is not set, as text; empty for nothing, {@code required} where a value must be given
 * @param meaning one line for people, with the bounds of its value
 */
public record Setting(String name, Service service, String fallback, String meaning) {
    /** Which of the services reads a setting. */
    public enum Service {
        /** Both services read it. */
        BOTH,
        /** Only the backup service reads it. */
        BACKUP,
        /** Only the verify service reads it. */
        VERIFY;

        /** Whether a setting of this kind concerns the given service. */
        public boolean concerns(Service other) {
            return this == BOTH || other == BOTH || this == other;
        }
    }
}
