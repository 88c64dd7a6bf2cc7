package org.pgproof.testkit.chaos;

/** Which of the two jars a round disturbs. */
enum Service {
    BACKUP,
    VERIFY
}
