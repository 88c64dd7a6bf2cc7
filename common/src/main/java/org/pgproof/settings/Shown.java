package org.pgproof.settings;

/** Makes a value from outside fit to be shown on one line of a log. */
final class Shown {
    private static final int LONGEST = 60;

    private Shown() {}

    /** The value in double quotes, control characters escaped, long ones cut. */
    static String quoted(String value) {
        StringBuilder shown = new StringBuilder("\"");
        value.codePoints().limit(LONGEST).forEach(character -> {
            if (isControl(character)) {
                shown.append(String.format("\\u%04x", character));
            } else {
                shown.appendCodePoint(character);
            }
        });
        if (value.codePointCount(0, value.length()) > LONGEST) {
            shown.append('…');
        }
        return shown.append('"').toString();
    }

    /** Whether the character would break or reorder a line of text. */
    static boolean isControl(int character) {
        int type = Character.getType(character);
        return type == Character.CONTROL
                || type == Character.FORMAT
                || type == Character.LINE_SEPARATOR
                || type == Character.PARAGRAPH_SEPARATOR
                || type == Character.SURROGATE;
    }
}
