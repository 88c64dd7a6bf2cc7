package org.pgproof.backup.retention;

import java.io.IOException;
import java.util.Optional;
import org.pgproof.store.StorageException;
import org.pgproof.store.StorageException.Reason;

/** Counts the objects that something could not be done with, and remembers the first and why. */
final class LeftAlone {
    private int count;
    private String first = "";
    private Optional<IOException> reason = Optional.empty();

    void add(String name, IOException why) {
        if (count++ == 0) {
            first = name;
            reason = Optional.of(why);
        }
    }

    int count() {
        return count;
    }

    /** Returns the first and why, for people; empty when there is none. */
    Optional<String> example() {
        return reason.map(why -> first + ": " + why.getMessage());
    }

    /** Whether it was the store that did not allow it. */
    boolean denied() {
        return reason.filter(why -> why instanceof StorageException known && known.reason() == Reason.DENIED)
                .isPresent();
    }
}
