package org.pgproof.backup;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** {@code PG_DUMP_OPTIONS}: split as a shell would, without a shell; what would break the pipeline is refused by name. */
final class DumpOptions {
    private static final String OUTPUT = "the dump is streamed as plain SQL";
    private static final String CONNECTION = "the connection comes from DATABASE_URL";
    private static final String PARTIAL = "a backup must hold both definitions and rows";
    private static final String RESTORABLE = "it must restore into an empty database";
    private static final String OURS = "it is set by the backup itself";

    private static final Map<String, String> REFUSED_LONG = Map.ofEntries(
            Map.entry("--file", OUTPUT),
            Map.entry("--format", OUTPUT),
            Map.entry("--jobs", OUTPUT),
            Map.entry("--compress", OUTPUT),
            Map.entry("--version", OUTPUT),
            Map.entry("--help", OUTPUT),
            Map.entry("--create", RESTORABLE),
            Map.entry("--clean", RESTORABLE),
            Map.entry("--if-exists", RESTORABLE),
            Map.entry("--binary-upgrade", RESTORABLE),
            Map.entry("--data-only", PARTIAL),
            Map.entry("--schema-only", PARTIAL),
            Map.entry("--section", PARTIAL),
            Map.entry("--no-data", PARTIAL),
            Map.entry("--no-schema", PARTIAL),
            Map.entry("--statistics-only", PARTIAL),
            Map.entry("--dbname", CONNECTION),
            Map.entry("--host", CONNECTION),
            Map.entry("--port", CONNECTION),
            Map.entry("--username", CONNECTION),
            Map.entry("--password", CONNECTION),
            Map.entry("--no-password", CONNECTION),
            Map.entry("--snapshot", OURS),
            Map.entry("--no-synchronized-snapshots", OURS),
            Map.entry("--restrict-key", OURS),
            Map.entry("--serializable-deferrable", "it cannot share the backup's snapshot"),
            Map.entry("--extra-float-digits", "a backup must keep every digit"),
            Map.entry("--include-foreign-data", "restoring it would write to the foreign server"));

    private static final Map<Character, String> REFUSED_SHORT = Map.ofEntries(
            Map.entry('f', OUTPUT),
            Map.entry('F', OUTPUT),
            Map.entry('j', OUTPUT),
            Map.entry('Z', OUTPUT),
            Map.entry('V', OUTPUT),
            Map.entry('?', OUTPUT),
            Map.entry('C', RESTORABLE),
            Map.entry('c', RESTORABLE),
            Map.entry('a', PARTIAL),
            Map.entry('s', PARTIAL),
            Map.entry('d', CONNECTION),
            Map.entry('h', CONNECTION),
            Map.entry('p', CONNECTION),
            Map.entry('U', CONNECTION),
            Map.entry('W', CONNECTION),
            Map.entry('w', CONNECTION));

    /** An option of its own, and the beginning of one that is refused. */
    private static final String STATISTICS = "--statistics";

    /** Options whose value is the next word when it is not part of the same one. */
    private static final Set<Character> SHORT_WITH_VALUE = Set.of('e', 'E', 'n', 'N', 'S', 't', 'T');

    private static final Set<String> LONG_WITH_VALUE = Set.of(
            "--encoding",
            "--exclude-extension",
            "--exclude-schema",
            "--exclude-table",
            "--exclude-table-and-children",
            "--exclude-table-data",
            "--exclude-table-data-and-children",
            "--extension",
            "--filter",
            "--lock-wait-timeout",
            "--role",
            "--rows-per-insert",
            "--schema",
            "--superuser",
            "--sync-method",
            "--table",
            "--table-and-children");

    private DumpOptions() {}

    /**
     * Splits a text into words as a POSIX shell would: blanks separate, quotes and backslashes protect.
     *
     * @throws IllegalArgumentException when a quote is not closed
     */
    static List<String> split(String text) {
        List<String> words = new ArrayList<>();
        StringBuilder word = new StringBuilder();
        boolean inWord = false;
        char quote = 0;
        for (int i = 0; i < text.length(); i++) {
            char character = text.charAt(i);
            boolean escape = character == '\\' && quote != '\'' && i + 1 < text.length();
            if (escape && (quote == 0 || text.charAt(i + 1) == '"' || text.charAt(i + 1) == '\\')) {
                word.append(text.charAt(++i));
                inWord = true;
            } else if (quote != 0) {
                if (character == quote) {
                    quote = 0;
                } else {
                    word.append(character);
                }
            } else if (character == '\'' || character == '"') {
                quote = character;
                inWord = true;
            } else if (Character.isWhitespace(character)) {
                if (inWord) {
                    words.add(word.toString());
                }
                word.setLength(0);
                inWord = false;
            } else {
                word.append(character);
                inWord = true;
            }
        }
        if (quote != 0) {
            throw new IllegalArgumentException("a quote (" + quote + ") is not closed");
        }
        if (inWord) {
            words.add(word.toString());
        }
        return words;
    }

    /** Returns what is wrong with these options; empty when nothing is. */
    static Optional<String> problem(List<String> words) {
        boolean value = false;
        for (String word : words) {
            if (value) {
                value = false;
                continue;
            }
            if (!word.startsWith("-") || word.equals("-") || word.equals("--")) {
                return Optional.of("\"" + word + "\" is no option of pg_dump");
            }
            Optional<String> refused = word.startsWith("--") ? refusedLong(word) : refusedShort(word);
            if (refused.isPresent()) {
                return refused;
            }
            value = word.startsWith("--") ? LONG_WITH_VALUE.contains(word) : endsWithValueLess(word);
        }
        return value ? Optional.of("the last option lacks its value") : Optional.empty();
    }

    /** Returns the encoding that valid options ask for: the last one, as with {@code pg_dump}. */
    static Optional<String> encoding(List<String> words) {
        Optional<String> encoding = Optional.empty();
        boolean value = false;
        boolean wanted = false;
        for (String word : words) {
            if (value) {
                encoding = wanted ? Optional.of(word) : encoding;
                value = false;
            } else if (word.startsWith("--")) {
                String name = word.contains("=") ? word.substring(0, word.indexOf('=')) : word;
                wanted = name.length() > "--e".length() && "--encoding".startsWith(name);
                value = LONG_WITH_VALUE.contains(word);
                encoding = wanted && word.length() > name.length()
                        ? Optional.of(word.substring(name.length() + 1))
                        : encoding;
            } else {
                int at = shortWithValue(word);
                wanted = at > 0 && word.charAt(at) == 'E';
                value = at == word.length() - 1;
                encoding = wanted && !value ? Optional.of(word.substring(at + 1)) : encoding;
            }
        }
        return encoding;
    }

    /** {@code getopt_long} takes any unambiguous beginning of a name, so every beginning of a refused one is refused. */
    private static Optional<String> refusedLong(String word) {
        String name = word.contains("=") ? word.substring(0, word.indexOf('=')) : word;
        if (LONG_WITH_VALUE.contains(name) || name.equals(STATISTICS)) {
            return Optional.empty();
        }
        return REFUSED_LONG.keySet().stream()
                .filter(refused -> refused.startsWith(name))
                .sorted()
                .findFirst()
                .map(refused -> refused + " is not possible: " + REFUSED_LONG.get(refused));
    }

    private static Optional<String> refusedShort(String word) {
        for (int i = 1; i < word.length(); i++) {
            char letter = word.charAt(i);
            String reason = REFUSED_SHORT.get(letter);
            if (reason != null) {
                return Optional.of("-" + letter + " is not possible: " + reason);
            }
            if (SHORT_WITH_VALUE.contains(letter)) {
                return Optional.empty();
            }
        }
        return Optional.empty();
    }

    /** Returns whether the value of this group's last option is the next word. */
    private static boolean endsWithValueLess(String word) {
        return shortWithValue(word) == word.length() - 1;
    }

    /** Returns the index of the first letter in a group that takes a value; -1 if none does. */
    private static int shortWithValue(String word) {
        for (int i = 1; i < word.length(); i++) {
            if (SHORT_WITH_VALUE.contains(word.charAt(i))) {
                return i;
            }
        }
        return -1;
    }
}
