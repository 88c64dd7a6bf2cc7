package org.pgproof.definition;

import java.util.Set;

/**
 * A word, a quoted name, a string or a single character of a definition as the server writes it: key words in capitals,
 * names in small letters or in quotes, and no comments.
 *
 * @param start where it begins
 * @param end where it ends
 */
record DefinitionToken(String text, int start, int end) {
    /** Returns the one that begins here or after blanks; at the end of the text an empty one. */
    static DefinitionToken at(String text, int from) {
        int start = from;
        while (start < text.length() && Character.isWhitespace(text.charAt(start))) {
            start++;
        }
        return new DefinitionToken(text, start, start == text.length() ? start : end(text, start));
    }

    DefinitionToken next() {
        return at(text, end);
    }

    boolean isEnd() {
        return start == end;
    }

    boolean is(char character) {
        return end - start == 1 && text.charAt(start) == character;
    }

    boolean is(String keyword) {
        return end - start == keyword.length() && text.startsWith(keyword, start);
    }

    boolean isOneOf(Set<String> keywords) {
        return isKeyword() && keywords.contains(text.substring(start, end));
    }

    /** Returns whether it is a word in capitals: the server puts quotes around names that have any. */
    boolean isKeyword() {
        return !isEnd() && text.charAt(start) >= 'A' && text.charAt(start) <= 'Z';
    }

    boolean isName() {
        return !isEnd() && (text.charAt(start) == '"' || (isWord(text.charAt(start)) && !isKeyword() && !isNumber()));
    }

    boolean isString() {
        return !isEnd() && text.charAt(end - 1) == '\'';
    }

    /** Returns it as it is written. */
    String word() {
        return text.substring(start, end);
    }

    /** Returns the name without its quotes. */
    String name() {
        return unquoted(text.substring(start, end));
    }

    static String unquoted(String name) {
        return name.startsWith("\"") ? name.substring(1, name.length() - 1).replace("\"\"", "\"") : name;
    }

    private boolean isNumber() {
        return text.charAt(start) >= '0' && text.charAt(start) <= '9';
    }

    private static int end(String text, int start) {
        char first = text.charAt(start);
        if (first == '\'' || first == '"') {
            boolean escapes = first == '\'' && start > 0 && text.charAt(start - 1) == 'E';
            return quotedEnd(text, start, first, escapes);
        }
        if (first == '$') {
            return dollarQuotedEnd(text, start);
        }
        int end = start + 1;
        while (isWord(first) && end < text.length() && isWord(text.charAt(end))) {
            end++;
        }
        return end;
    }

    private static int dollarQuotedEnd(String text, int start) {
        int tagEnd = start + 1;
        while (tagEnd < text.length() && text.charAt(tagEnd) != '$' && isWord(text.charAt(tagEnd))) {
            tagEnd++;
        }
        if (tagEnd == text.length() || text.charAt(tagEnd) != '$' || Character.isDigit(text.charAt(start + 1))) {
            return start + 1;
        }
        String tag = text.substring(start, tagEnd + 1);
        int end = text.indexOf(tag, tagEnd + 1);
        return end < 0 ? text.length() : end + tag.length();
    }

    private static int quotedEnd(String text, int start, char quote, boolean escapes) {
        int at = start + 1;
        while (at < text.length()) {
            char character = text.charAt(at);
            if (character == '\\' && escapes) {
                at++;
            } else if (character == quote && at + 1 < text.length() && text.charAt(at + 1) == quote) {
                at++;
            } else if (character == quote) {
                return at + 1;
            }
            at++;
        }
        return text.length();
    }

    private static boolean isWord(char character) {
        return Character.isLetterOrDigit(character) || character == '_' || character == '$';
    }
}
