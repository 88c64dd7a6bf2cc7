package org.pgproof.dump;

import java.util.Optional;
import java.util.function.Consumer;

/**
 * What a statement is for.
 *
 * @param told what the listener hears besides the statement itself
 * @param rows set when rows follow
 * @param alone whether it changes how what follows is read, so that nothing else may stand on its line
 * @param unsupported why it is not understood; empty when it is
 */
record Meaning(
        Statement.Kind kind,
        Consumer<DumpListener> told,
        Optional<CopyTarget> rows,
        boolean alone,
        String unsupported) {
    static Meaning of(Statement.Kind kind) {
        return of(kind, listener -> {});
    }

    static Meaning of(Statement.Kind kind, Consumer<DumpListener> told) {
        return new Meaning(kind, told, Optional.empty(), false, "");
    }

    static Meaning rowsFollow(CopyTarget target) {
        return new Meaning(Statement.Kind.COPY, listener -> {}, Optional.of(target), true, "");
    }

    static Meaning unsupported(Statement.Kind kind, String why) {
        return new Meaning(kind, listener -> {}, Optional.empty(), false, why);
    }

    Meaning onItsOwnLine() {
        return new Meaning(kind, told, rows, true, unsupported);
    }
}
