package org.pgproof.service;

/** One pass of a service, run again and again by {@link ServiceLoop}. */
@FunctionalInterface
public interface Cycle {
    /**
     * Does the work once.
     *
     * @throws Exception when the work could not be done; its message says what, why and what mends it
     * @throws InterruptedException when the service is asked to stop and the work did not end within the grace period
     */
    Outcome run() throws Exception;
}
