package org.pgproof.verify.restore;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The locks of several statements together. */
final class TakenLocks {
    private final Set<String> shared = new HashSet<>();
    private final Set<String> exclusive = new HashSet<>();

    TakenLocks(List<TableLocks> taken) {
        taken.forEach(this::add);
    }

    void add(TableLocks locks) {
        shared.addAll(locks.shared());
        exclusive.addAll(locks.exclusive());
    }

    /** Returns whether a further statement may run beside all of them. */
    boolean permit(TableLocks further) {
        return further.exclusive().stream().noneMatch(table -> shared.contains(table) || exclusive.contains(table))
                && further.shared().stream().noneMatch(exclusive::contains);
    }
}
