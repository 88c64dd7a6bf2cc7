package org.pgproof.settings;

/** Makes text from outside fit to be shown on one line of a log. */
public final class Shown {
    /** Secrets are longer, or URLs. A wrong value that people typed is rarely longer than this. */
    private static final int LONGEST_HARMLESS = 15;

    private Shown() {}

    /**
     * The value in double quotes, control characters escaped; or only its length, if it may be a secret that was given in the
     * wrong variable.
     */
    static String quoted(String value) {
        boolean harmless = value.length() <= LONGEST_HARMLESS && !value.contains("@") && !value.contains("://");
        return harmless || value.matches("[0-9]{1,30}")
                ? '"' + onOneLine(value) + '"'
                : "(" + value.length() + " characters, not shown: they may be a secret)";
    }

    /** The text on one line: line ends, control characters and what reorders text are shown as escapes. */
    public static String onOneLine(String text) {
        if (text.codePoints().noneMatch(character -> isControl(character) && character != '\t')) {
            return text;
        }
        StringBuilder line = new StringBuilder();
        text.codePoints().forEach(character -> {
            if (isControl(character) && character != '\t') {
                line.append(escape(character));
            } else {
                line.appendCodePoint(character);
            }
        });
        return line.toString();
    }

    private static String escape(int character) {
        return switch (character) {
            case '\n' -> "\\n";
            case '\r' -> "\\r";
            default -> String.format(character < 0x100 ? "\\x%02x" : "\\u%04x", character);
        };
    }

    /** Whether the character would break or reorder a line of text. */
    public static boolean isControl(int character) {
        int type = Character.getType(character);
        return type == Character.CONTROL
                || type == Character.FORMAT
                || type == Character.LINE_SEPARATOR
                || type == Character.PARAGRAPH_SEPARATOR
                || type == Character.SURROGATE;
    }
}
