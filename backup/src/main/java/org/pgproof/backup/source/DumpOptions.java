package org.pgproof.backup.source;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.pgproof.dump.sql.ClientEncoding;

/** {@code PG_DUMP_OPTIONS}: split as a shell would, without a shell; what would break the pipeline is refused by name. */
public final class DumpOptions {
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
            Map.entry("--enable-row-security", "rows that a policy hides would be missing"),
            Map.entry("--filter", "what it leaves out could not be named; say it with --table, --exclude-table …"),
            Map.entry("--on-conflict-do-nothing", "a restore would leave rows out without a word"),
            Map.entry("--lock-wait-timeout", "BACKUP_LOCK_TIMEOUT is in its place"),
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
            "--role",
            "--rows-per-insert",
            "--schema",
            "--superuser",
            "--sync-method",
            "--table",
            "--table-and-children");

    /** Options that choose what is dumped, and so leave out all else. */
    private static final Set<String> CHOOSING = Set.of("--extension", "--schema", "--table", "--table-and-children");

    private static final Set<String> CHOOSING_SHORT = Set.of("-e", "-n", "-t");

    private static final Set<String> LEAVING_OUT = Set.of(
            "--exclude-extension",
            "--exclude-schema",
            "--exclude-table",
            "--exclude-table-and-children",
            "--exclude-table-data",
            "--exclude-table-data-and-children",
            "--no-blobs",
            "--no-comments",
            "--no-large-objects",
            "--no-policies",
            "--no-publications",
            "--no-security-labels",
            "--no-subscriptions",
            "--no-unlogged-table-data");

    private static final Set<String> LEAVING_OUT_SHORT = Set.of("-B", "-N", "-T");

    private DumpOptions() {}

    /**
     * Splits a text into words as a POSIX shell would: blanks separate, quotes and backslashes protect.
     *
     * @throws IllegalArgumentException when a quote is not closed
     */
    public static List<String> split(String text) {
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
    public static Optional<String> problem(List<String> words) {
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
        return value ? Optional.of("the last option lacks its value") : unreadable(words);
    }

    private static Optional<String> unreadable(List<String> words) {
        return encoding(words)
                .map(ClientEncoding::named)
                .filter(encoding -> !encoding.asciiSafe())
                .map(encoding ->
                        "--encoding=" + encoding.name() + " is not possible: a part of a letter may look like a"
                                + " quote or a backslash there, so that no dump in it can be read with certainty");
    }

    /** Returns the encoding that valid options ask for: the last one, as with {@code pg_dump}. */
    static Optional<String> encoding(List<String> words) {
        return parse(words).stream()
                .filter(option -> option.name().equals("-E") || isMeantBy("--encoding", option))
                .map(Option::value)
                .reduce((before, last) -> last);
    }

    /** Returns what valid options keep out of a dump, as they were given. */
    static List<String> leftOut(List<String> words) {
        List<String> leftOut = new ArrayList<>();
        List<Option> options = parse(words);
        String given = options.stream()
                .filter(DumpOptions::leavesOut)
                .map(Option::toString)
                .collect(Collectors.joining(" "));
        if (!given.isEmpty()) {
            leftOut.add("what PG_DUMP_OPTIONS leaves out (" + given + ")");
        }
        if (options.stream().anyMatch(DumpOptions::chooses)) {
            leftOut.add("all that belongs to no chosen schema or table: large objects, extensions, publications …");
        }
        return leftOut;
    }

    private static boolean leavesOut(Option option) {
        return LEAVING_OUT_SHORT.contains(option.name())
                || LEAVING_OUT.stream().anyMatch(name -> isMeantBy(name, option))
                || chooses(option);
    }

    private static boolean chooses(Option option) {
        return CHOOSING_SHORT.contains(option.name()) || CHOOSING.stream().anyMatch(name -> isMeantBy(name, option));
    }

    /** Whether it is this long option or an abbreviation of it. */
    private static boolean isMeantBy(String name, Option option) {
        boolean exact = LONG_WITH_VALUE.contains(option.name());
        return exact ? name.equals(option.name()) : option.name().length() > 3 && name.startsWith(option.name());
    }

    /** @param name {@code -n} or {@code --schema}, as given */
    private record Option(String name, String value) {
        @Override
        public String toString() {
            return value.isEmpty() ? name : name + (name.startsWith("--") ? "=" : " ") + value;
        }
    }

    private static List<Option> parse(List<String> words) {
        List<Option> options = new ArrayList<>();
        for (Iterator<String> left = words.iterator(); left.hasNext(); ) {
            String word = left.next();
            if (!word.startsWith("--")) {
                parseShort(word, left, options);
            } else if (word.contains("=")) {
                int equals = word.indexOf('=');
                options.add(new Option(word.substring(0, equals), word.substring(equals + 1)));
            } else {
                options.add(new Option(word, LONG_WITH_VALUE.contains(word) ? left.next() : ""));
            }
        }
        return options;
    }

    private static void parseShort(String word, Iterator<String> left, List<Option> options) {
        for (int i = 1; i < word.length(); i++) {
            String name = "-" + word.charAt(i);
            if (SHORT_WITH_VALUE.contains(word.charAt(i))) {
                options.add(new Option(name, i + 1 < word.length() ? word.substring(i + 1) : left.next()));
                return;
            }
            options.add(new Option(name, ""));
        }
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
        for (int i = 1; i < word.length(); i++) {
            if (SHORT_WITH_VALUE.contains(word.charAt(i))) {
                return i == word.length() - 1;
            }
        }
        return false;
    }
}
