package org.pgproof.definition;

import org.pgproof.dump.Digest;

/**
 * What stays the same of a definition when a server that read it prints it again.
 *
 * @param canonical digest of its {@link CanonicalForm}
 * @param common the same, of the form in which all major versions word it
 * @param substance digest of its {@link Substance}
 * @param statements how many it takes
 */
public record Printing(Digest canonical, Digest common, Digest substance, int statements) {
    /** Returns the two, one after the other. */
    public Printing then(Printing next) {
        return new Printing(
                canonical.then(next.canonical),
                common.then(next.common),
                substance.then(next.substance),
                statements + next.statements);
    }

    /** Returns it under the session's default table access method. */
    public Printing under(Digest accessMethod) {
        return new Printing(
                canonical.then(accessMethod), common.then(accessMethod), substance.then(accessMethod), statements);
    }
}
