package org.pgproof.settings;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads {@code .env} files: {@code NAME=value} a line, with an optional {@code export}, comments, and quotes. Single quotes
 * keep everything; double quotes know {@code \n \r \t \" \\ \$}; without quotes a value ends before white space and
 * {@code #}. Nothing is expanded.
 */
public final class EnvFile {
    private static final Pattern ASSIGNMENT =
            Pattern.compile("\\s*(?:export\\s+)?([A-Za-z_][A-Za-z0-9_]*)\\s*=[ \\t]*(.*)");
    private static final Pattern AFTER_QUOTES = Pattern.compile("\\s*(?:#.*)?");

    private EnvFile() {}

    /** The variables of a file; what cannot be read is recorded, without the line's text, which may be a secret. */
    public static Map<String, String> read(Path file, Problems problems) {
        try {
            return parse(Files.readString(file), file.toString(), problems);
        } catch (NoSuchFileException e) {
            problems.error("--env-file", "names " + file + ", which does not exist", "give the path of a .env file");
        } catch (CharacterCodingException e) {
            problems.error("--env-file", "names " + file + ", which is not UTF-8 text", "save it as UTF-8");
        } catch (IOException e) {
            problems.error(
                    "--env-file",
                    "names " + file + ", which cannot be read (" + e.getClass().getSimpleName() + ")",
                    "give the path of a file that this user may read");
        }
        return Map.of();
    }

    /** The variables of a file's text; the last of two assignments holds. */
    static Map<String, String> parse(String text, String name, Problems problems) {
        Map<String, String> variables = new LinkedHashMap<>();
        String[] lines = text.replaceFirst("^\uFEFF", "").split("\r\n|\n|\r", -1);
        for (int index = 0; index < lines.length; index++) {
            String line = lines[index];
            if (!line.isBlank() && !line.stripLeading().startsWith("#")) {
                parseLine(line, name + " line " + (index + 1), variables, problems);
            }
        }
        return variables;
    }

    private static void parseLine(String line, String where, Map<String, String> variables, Problems problems) {
        Matcher assignment = ASSIGNMENT.matcher(line);
        if (!assignment.matches()) {
            problems.error("--env-file", "has no NAME=value in " + where, "write NAME=value, or # before a comment");
            return;
        }
        String raw = assignment.group(2);
        char first = raw.isEmpty() ? 0 : raw.charAt(0);
        if (first != '"' && first != '\'') {
            variables.put(assignment.group(1), unquoted(raw));
            return;
        }
        int end = closingQuote(raw, first);
        if (end < 0) {
            problems.error(
                    "--env-file", "lacks a closing " + first + " in " + where, "close the quotes on the same line");
        } else if (!AFTER_QUOTES.matcher(raw.substring(end + 1)).matches()) {
            problems.error(
                    "--env-file",
                    "has text after the closing " + first + " in " + where,
                    "put all of the value in quotes");
        } else {
            String inside = raw.substring(1, end);
            variables.put(assignment.group(1), first == '"' ? unescaped(inside) : inside);
        }
    }

    private static String unquoted(String raw) {
        for (int index = 0; index < raw.length(); index++) {
            boolean startsWord = index == 0 || Character.isWhitespace(raw.charAt(index - 1));
            if (raw.charAt(index) == '#' && startsWord) {
                return raw.substring(0, index).strip();
            }
        }
        return raw.strip();
    }

    private static int closingQuote(String raw, char quote) {
        for (int index = 1; index < raw.length(); index++) {
            if (raw.charAt(index) == quote) {
                return index;
            }
            if (quote == '"' && raw.charAt(index) == '\\') {
                index++;
            }
        }
        return -1;
    }

    private static String unescaped(String inside) {
        StringBuilder value = new StringBuilder();
        for (int index = 0; index < inside.length(); index++) {
            char character = inside.charAt(index);
            if (character != '\\' || index + 1 == inside.length()) {
                value.append(character);
                continue;
            }
            char escaped = inside.charAt(++index);
            switch (escaped) {
                case 'n' -> value.append('\n');
                case 'r' -> value.append('\r');
                case 't' -> value.append('\t');
                case '"', '\\', '$' -> value.append(escaped);
                default -> value.append('\\').append(escaped);
            }
        }
        return value.toString();
    }
}
