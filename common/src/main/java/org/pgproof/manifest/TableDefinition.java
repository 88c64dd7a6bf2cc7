package org.pgproof.manifest;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.pgproof.definition.ColumnAliases;
import org.pgproof.definition.PolicyDefinition;
import org.pgproof.dump.Digest;
import org.pgproof.dump.Fingerprint;
import org.pgproof.dump.Statement;

/**
 * Digests a definition. A table that inherits from another may come back with its columns in another order: those are
 * digested as a set. Queries may come back with names for columns that had none: those are left out. A policy's roles are
 * put in order.
 */
final class TableDefinition {
    private TableDefinition() {}

    /** Returns the digest of a statement as the server wrote it. */
    static Digest digest(String kind, Statement statement) {
        if (!statement.head().whole() || !isReworked(kind)) {
            return statement.digest();
        }
        String text = statement.head().text();
        String reworked = reworked(kind, text);
        return reworked.equals(text) && !inherits(kind, text) ? statement.digest() : digest(kind, reworked);
    }

    /** Returns the digest of a statement that is not as it was written. */
    static Digest digest(String kind, String text) {
        return digest(kind, text, UnaryOperator.identity());
    }

    /**
     * Returns the digest of a form of a statement.
     *
     * @param form taken of each of the columns by itself where their order does not count
     */
    static Digest digest(String kind, String text, UnaryOperator<String> form) {
        return inherits(kind, text)
                ? unordered(text, text.indexOf("(\n") + 1, text.lastIndexOf("\n)"), form)
                : digest(form.apply(reworked(kind, text)));
    }

    private static boolean isReworked(String kind) {
        return kind.equals("TABLE") || kind.equals("POLICY") || ColumnAliases.occurIn(kind);
    }

    private static String reworked(String kind, String text) {
        String ordered = kind.equals("POLICY") ? PolicyDefinition.sorted(text) : text;
        return ColumnAliases.occurIn(kind) ? ColumnAliases.without(ordered) : ordered;
    }

    private static boolean inherits(String kind, String text) {
        if (!kind.equals("TABLE")) {
            return false;
        }
        int open = text.indexOf("(\n");
        int close = text.lastIndexOf("\n)");
        return open >= 0 && close > open && text.startsWith("\n)\nINHERITS (", close);
    }

    private static Digest unordered(String text, int open, int close, UnaryOperator<String> form) {
        Fingerprint columns = Fingerprint.ZERO;
        for (String column : elements(text.substring(open, close))) {
            Digest digest = digest(form.apply(column));
            columns = columns.plus(new Fingerprint(digest.high(), digest.low()));
        }
        return digest(form.apply(text.substring(0, open)) + columns + form.apply(text.substring(close)));
    }

    private static Digest digest(String text) {
        return Digest.of(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Splits at the commas that are in no quotes and no parentheses. */
    private static List<String> elements(String body) {
        List<String> elements = new ArrayList<>();
        int depth = 0;
        char quote = 0;
        int start = 0;
        for (int i = 0; i < body.length(); i++) {
            char character = body.charAt(i);
            if (quote != 0) {
                quote = character == quote ? 0 : quote;
            } else if (character == '\'' || character == '"') {
                quote = character;
            } else if (character == '(' || character == '[') {
                depth++;
            } else if (character == ')' || character == ']') {
                depth--;
            } else if (character == ',' && depth == 0) {
                elements.add(body.substring(start, i).strip());
                start = i + 1;
            }
        }
        elements.add(body.substring(start).strip());
        return elements;
    }
}
