package org.pgproof.definition;

import java.util.List;
import java.util.Set;
import org.pgproof.definition.DefinitionParts.Part;

/** Where the name of a type ends, as the server writes it behind {@code ::}. */
final class TypeName {
    /** What may follow the first word of types whose names SQL spells in several. */
    private static final Set<String> FURTHER_WORDS = Set.of(
            "varying",
            "precision",
            "with",
            "without",
            "time",
            "zone",
            "year",
            "month",
            "day",
            "hour",
            "minute",
            "second",
            "to");

    private static final Set<String> OF_SEVERAL = Set.of("character", "bit", "double", "time", "timestamp", "interval");

    private TypeName() {}

    /** Returns where the type ends that begins here, its modifiers and {@code []} included. */
    static int end(List<Part> parts, int start) {
        int at = start;
        if (at >= parts.size() || parts.get(at).isGroup()) {
            return at;
        }
        boolean several = OF_SEVERAL.contains(parts.get(at).text());
        at++;
        while (at + 1 < parts.size()
                && parts.get(at).is(".")
                && !parts.get(at + 1).isGroup()) {
            at += 2;
        }
        at = modifierEnd(parts, at);
        while (several
                && at < parts.size()
                && !parts.get(at).isGroup()
                && FURTHER_WORDS.contains(parts.get(at).text())) {
            at = modifierEnd(parts, at + 1);
        }
        while (isArray(parts, at)) {
            at++;
        }
        return at;
    }

    private static int modifierEnd(List<Part> parts, int at) {
        return at < parts.size() && parts.get(at).isParenthesis() ? at + 1 : at;
    }

    private static boolean isArray(List<Part> parts, int at) {
        return at < parts.size()
                && parts.get(at).isBracket()
                && parts.get(at).parts().isEmpty();
    }

    /** Returns whether the type that ends here is one of arrays. */
    static boolean endsAsArray(List<Part> parts, int end) {
        return end > 0 && isArray(parts, end - 1);
    }

    /** Returns whether a cast begins here: two colons. */
    static boolean isCast(List<Part> parts, int at) {
        return at + 2 < parts.size()
                && parts.get(at).is(":")
                && parts.get(at + 1).is(":");
    }
}
