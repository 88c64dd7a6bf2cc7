package org.pgproof.definition;

import java.util.Set;

/**
 * Leaves out the names of columns that nobody can see. Of {@code EXISTS (SELECT NULL …)} a server writes {@code SELECT
 * NULL::text}; who reads that gets a column that is named after its type, and a restored server writes {@code SELECT
 * NULL::text AS text}. PostgreSQL: {@code get_target_list} in ruleutils.c, {@code FigureColname} in parse_target.c.
 */
public final class ColumnAliases {
    private static final Set<String> KINDS =
            Set.of("VIEW", "MATERIALIZED VIEW", "RULE", "POLICY", "FUNCTION", "PROCEDURE");

    private ColumnAliases() {}

    /** Returns whether definitions of this kind may hold such a name. */
    public static boolean occurIn(String kind) {
        return KINDS.contains(kind);
    }

    /** Returns the definition without them; another text with the same meaning. */
    public static String without(String text) {
        if (!text.contains(" AS ")) {
            return text;
        }
        StringBuilder kept = new StringBuilder(text.length());
        int copied = 0;
        for (QueryNames.Alias alias : QueryNames.unseen(text)) {
            kept.append(text, copied, alias.start());
            copied = alias.end();
        }
        return kept.append(text, copied, text.length()).toString();
    }
}
