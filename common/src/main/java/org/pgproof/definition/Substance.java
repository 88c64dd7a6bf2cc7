package org.pgproof.definition;

import java.util.ArrayList;
import java.util.List;
import org.pgproof.definition.DefinitionParts.Part;

/**
 * What a definition is made of: its words, names, constants and operators in their order, without parentheses, the types of
 * casts and the names of results. Two wordings of one definition share it, also where how they are worded is not known.
 */
public final class Substance {
    private Substance() {}

    public static String of(String definition) {
        return DefinitionParts.writtenFlat(DefinitionParts.read(definition, CanonicalForm::rewritten), Substance::bare);
    }

    private static List<Part> bare(List<Part> parts) {
        List<Part> kept = new ArrayList<>(parts.size());
        int at = 0;
        while (at < parts.size()) {
            Part part = parts.get(at);
            if (TypeName.isCast(parts, at)) {
                at = TypeName.end(parts, at + 2);
            } else if (part.is("AS")
                    && at + 1 < parts.size()
                    && !parts.get(at + 1).isGroup()) {
                at += 2;
            } else {
                if (!part.is(",")) {
                    kept.add(part);
                }
                at++;
            }
        }
        return kept;
    }
}
