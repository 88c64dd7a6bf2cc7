package org.pgproof.manifest;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.pgproof.dump.Digest;
import org.pgproof.dump.Fingerprint;
import org.pgproof.dump.Statement;

/**
 * Digests a definition. A table that inherits from another may come back with its columns in another order: those are
 * digested as a set. Queries may come back with names for columns that had none: those are left out.
 */
final class TableDefinition {
    private TableDefinition() {}

    static Digest digest(String kind, Statement statement) {
        if (!statement.head().whole()) {
            return statement.digest();
        }
        if (kind.equals("TABLE")) {
            String text = statement.head().text();
            return inherits(text) ? digest(kind, text) : statement.digest();
        }
        if (ColumnAliases.occurIn(kind)) {
            String text = statement.head().text();
            String without = ColumnAliases.without(text);
            return without.equals(text) ? statement.digest() : digest(without);
        }
        return statement.digest();
    }

    /** Returns the digest of a statement that is not as it was written. */
    static Digest digest(String kind, String text) {
        if (kind.equals("TABLE") && inherits(text)) {
            return unordered(text, text.indexOf("(\n") + 1, text.lastIndexOf("\n)"));
        }
        return digest(ColumnAliases.occurIn(kind) ? ColumnAliases.without(text) : text);
    }

    private static boolean inherits(String text) {
        int open = text.indexOf("(\n");
        int close = text.lastIndexOf("\n)");
        return open >= 0 && close > open && text.startsWith("\n)\nINHERITS (", close);
    }

    private static Digest unordered(String text, int open, int close) {
        Fingerprint columns = Fingerprint.ZERO;
        for (String column : elements(text.substring(open, close))) {
            Digest digest = digest(column);
            columns = columns.plus(new Fingerprint(digest.high(), digest.low()));
        }
        return digest(text.substring(0, open) + columns + text.substring(close));
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
