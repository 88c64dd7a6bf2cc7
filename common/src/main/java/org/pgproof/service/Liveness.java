package org.pgproof.service;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.pgproof.store.ObjectKind;
import org.pgproof.store.StoredObject;

/**
 * Judges by what a service has stored whether it still does its work. A cycle that hangs, or fails again and again, shows in
 * nothing else: the services keep no state of their own.
 *
 * @param result what a successful cycle leaves, in words
 * @param kind the object that it leaves
 * @param maxAge how long ago the last one may have been
 */
public record Liveness(String result, ObjectKind kind, Duration maxAge) {

    /**
     * Returns what is wrong, if something is. A service that was started since then, or a store without a result while no
     * service is seen, are given time.
     *
     * @param objects what the store holds
     * @param started when the service was started, if that can be seen
     */
    Optional<String> complaint(List<StoredObject> objects, Optional<Instant> started, Instant now) {
        Optional<Instant> newest = objects.stream()
                .filter(object -> object.kind() == kind)
                .map(StoredObject::lastModified)
                .max(Comparator.naturalOrder());
        Instant oldest = now.minus(maxAge);
        if (started.isPresent() && started.get().isAfter(oldest)) {
            return Optional.empty();
        }
        String allowed = "HEALTH_MAX_AGE allows " + Quantity.duration(maxAge) + "; the service's log says what it does";
        if (newest.isEmpty()) {
            return started.map(since -> "There is no " + result + " yet, and the service has run for "
                    + Quantity.duration(Duration.between(since, now)) + ": " + allowed);
        }
        return newest.filter(oldest::isAfter)
                .map(time -> "The newest " + result + " is " + Quantity.duration(Duration.between(time, now)) + " old: "
                        + allowed);
    }
}
