package org.pgproof.testkit;

/** Says to a person why the quickstart cannot go on, and what mends it. */
final class QuickstartFailure extends RuntimeException {
    private static final long serialVersionUID = 1;

    QuickstartFailure(String message) {
        super(message);
    }
}
