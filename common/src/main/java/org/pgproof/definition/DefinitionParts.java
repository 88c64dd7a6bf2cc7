package org.pgproof.definition;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * The text of a definition as a tree: its words, literals and operators, and what stands between parentheses or brackets.
 * Without recursion, because an expression may be nested some thousands of times.
 */
final class DefinitionParts {
    private DefinitionParts() {}

    /**
     * A word, a literal or a character, or what stands between two parentheses or brackets.
     *
     * @param text the opening character where it is a group
     * @param parts a list of its own that may be changed; empty where it is none
     */
    record Part(String text, List<Part> parts, boolean isGroup) {
        static Part token(String text) {
            return new Part(text, List.of(), false);
        }

        static Part group(String opening, List<Part> parts) {
            return new Part(opening, parts, true);
        }

        boolean is(String token) {
            return !isGroup && text.equals(token);
        }

        boolean isParenthesis() {
            return isGroup && text.equals("(");
        }

        boolean isBracket() {
            return isGroup && text.equals("[");
        }

        boolean holds(String token) {
            return isGroup && parts.stream().anyMatch(part -> part.is(token));
        }
    }

    /** Changes what stands beside each other between two parentheses, or in none; what is within was changed before. */
    @FunctionalInterface
    interface Rewriting {
        List<Part> of(List<Part> parts);
    }

    /** Reads a text and rewrites it from the innermost parentheses outwards. */
    static List<Part> read(String text, Rewriting rewriting) {
        Deque<List<Part>> open = new ArrayDeque<>();
        Deque<String> brackets = new ArrayDeque<>();
        open.push(new ArrayList<>());
        for (DefinitionToken token = DefinitionToken.at(text, 0); !token.isEnd(); token = token.next()) {
            if (token.is('(') || token.is('[')) {
                open.push(new ArrayList<>());
                brackets.push(token.word());
            } else if ((token.is(')') || token.is(']')) && !brackets.isEmpty()) {
                List<Part> within = rewriting.of(open.pop());
                open.element().add(Part.group(brackets.pop(), within));
            } else {
                open.element().add(Part.token(token.word()));
            }
        }
        while (!brackets.isEmpty()) { // a text that the server did not write
            List<Part> within = rewriting.of(open.pop());
            open.element().add(Part.group(brackets.pop(), within));
        }
        return rewriting.of(open.pop());
    }

    /** Writes them with a blank behind each. */
    static String written(List<Part> parts) {
        return written(parts, all -> all, true);
    }

    /**
     * Writes them as if no parentheses or brackets were there.
     *
     * @param selection takes from what stands beside each other what is to be written
     */
    static String writtenFlat(List<Part> parts, Rewriting selection) {
        return written(parts, selection, false);
    }

    private static String written(List<Part> parts, Rewriting selection, boolean brackets) {
        StringBuilder text = new StringBuilder();
        Deque<Part> rest = new ArrayDeque<>();
        pushAll(selection.of(parts), rest);
        while (!rest.isEmpty()) {
            Part part = rest.pop();
            if (brackets || !part.isGroup()) {
                text.append(part.text()).append(' ');
            }
            if (brackets && part.isGroup()) {
                rest.push(Part.token(part.isParenthesis() ? ")" : "]"));
            }
            pushAll(selection.of(part.parts()), rest);
        }
        return text.toString();
    }

    private static void pushAll(List<Part> parts, Deque<Part> rest) {
        for (int i = parts.size() - 1; i >= 0; i--) {
            rest.push(parts.get(i));
        }
    }
}
