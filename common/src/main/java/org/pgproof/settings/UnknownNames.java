package org.pgproof.settings;

import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Finds variables that were probably meant as one of ours: misspelt, shortened, or with a word too many. */
final class UnknownNames {
    private static final int MISSPELT = 2;

    private UnknownNames() {}

    /** Warns of each such variable, with the name that was probably meant. */
    static void warn(Collection<String> variables, Problems problems) {
        for (String variable : variables) {
            if (variable.toUpperCase(Locale.ROOT).endsWith("_PROXY")) {
                continue; // every program's, and some of them ours
            }
            boolean file = variable.endsWith(ValueFiles.SUFFIX);
            String base = file ? variable.substring(0, variable.length() - ValueFiles.SUFFIX.length()) : variable;
            if (Settings.named(variable).isPresent()
                    || (file && Settings.named(base).isPresent())) {
                continue;
            }
            Optional<String> nearest = nearest(variable);
            if (nearest.isEmpty() && file) {
                nearest = nearest(base).map(name -> name + ValueFiles.SUFFIX);
            }
            nearest.ifPresent(name ->
                    problems.warning(variable, "is not a setting and has no effect", "did you mean " + name + "?"));
        }
    }

    /** The setting that an unknown name probably means, if there is one. */
    static Optional<String> nearest(String unknown) {
        String name = unknown.toUpperCase(Locale.ROOT).replace('-', '_');
        return Settings.ALL.stream()
                .map(Setting::name)
                .filter(known -> isMisspelt(name, known) || hasItsWords(name, known))
                .min(Comparator.comparingInt(known -> distance(name, known)));
    }

    private static boolean isMisspelt(String name, String known) {
        return Math.abs(name.length() - known.length()) <= MISSPELT && distance(name, known) <= MISSPELT;
    }

    private static boolean hasItsWords(String name, String known) {
        Set<String> words = words(name);
        Set<String> knownWords = words(known);
        boolean shortened = words.size() > 1 && knownWords.containsAll(words);
        boolean ours = name.startsWith("BACKUP_") || name.startsWith("VERIFY_") || name.startsWith("S3_");
        return shortened || (ours && words.containsAll(knownWords));
    }

    private static Set<String> words(String name) {
        return new HashSet<>(Arrays.asList(name.split("_")));
    }

    /** Levenshtein's distance: how many letters to add, drop or change. */
    static int distance(String from, String to) {
        int[] costs = new int[to.length() + 1];
        Arrays.setAll(costs, index -> index);
        for (int row = 1; row <= from.length(); row++) {
            int diagonal = costs[0];
            costs[0] = row;
            for (int column = 1; column <= to.length(); column++) {
                int change = diagonal + (from.charAt(row - 1) == to.charAt(column - 1) ? 0 : 1);
                diagonal = costs[column];
                costs[column] = Math.min(change, Math.min(costs[column], costs[column - 1]) + 1);
            }
        }
        return costs[to.length()];
    }
}
