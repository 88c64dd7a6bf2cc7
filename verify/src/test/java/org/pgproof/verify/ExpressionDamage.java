package org.pgproof.verify;

import java.util.List;
import java.util.Random;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Changes one constant, operator or parenthesis of one definition in a dump, by chance. */
final class ExpressionDamage {
    private static final Pattern DEFINED = Pattern.compile("(?:\\w+ )?d\\d+(?:_true|\\(.*\\))?");

    /**
     * What can be changed: a constant's character, an operator, a pair of parentheses around what has none inside. Names of
     * results are no constants: those of a UNION's later parts mean nothing.
     */
    private static final Pattern CHANGEABLE = Pattern.compile(
            "((?<='|[ (,])(?<!AS )[a-z0-9](?='|[),;]))|( (?:AND|OR|=|<>|<|>|<=|>=|\\+|-|\\*) )|(\\([^()]*\\))");

    private static final int CONSTANT = 1;
    private static final int PAIR = 3;
    private static final int AROUND = 60;

    private final BackupFiles backup;
    private final DumpText dump;
    private final List<MatchResult> places;
    private final Random random;

    ExpressionDamage(BackupFiles backup, Random random) {
        this.backup = backup;
        this.dump = DumpText.of(backup.sql());
        this.random = random;
        this.places = dump.definitions()
                .filter(entry -> DEFINED.matcher(entry.name()).matches())
                .flatMap(entry -> places(dump.text(), entry.body(), entry.end()))
                .toList();
    }

    Damage next() {
        MatchResult place = places.get(random.nextInt(places.size()));
        String changed = changed(place, random);
        return new Damage(
                "\"" + place.group() + "\" as \"" + changed + "\" in \"" + around(place) + "\"",
                backup.forged(dump.splice(place.start(), place.end(), changed)),
                "",
                false);
    }

    private String around(MatchResult place) {
        String text = dump.text();
        return text.substring(Math.max(0, place.start() - AROUND), Math.min(text.length(), place.end() + AROUND));
    }

    /** Returns an expression with another constant or operator; the same one where it has none. */
    static String otherwise(String expression, Random random) {
        List<MatchResult> places = places(expression, 0, expression.length())
                .filter(place -> place.group(PAIR) == null)
                .toList();
        if (places.isEmpty()) {
            return expression;
        }
        MatchResult place = places.get(random.nextInt(places.size()));
        return expression.substring(0, place.start()) + changed(place, random) + expression.substring(place.end());
    }

    private static Stream<MatchResult> places(String text, int from, int to) {
        return CHANGEABLE.matcher(text).region(from, to).results();
    }

    private static String changed(MatchResult place, Random random) {
        String old = place.group();
        if (place.group(CONSTANT) != null) {
            char character = old.charAt(0);
            return String.valueOf((char) (character == '9' || character == 'z' ? character - 1 : character + 1));
        }
        if (place.group(PAIR) != null) {
            return random.nextBoolean() ? "(" + old + ")" : old.substring(1, old.length() - 1);
        }
        return switch (old) {
            case " AND " -> " OR ";
            case " OR " -> " AND ";
            case " = " -> " <> ";
            case " + " -> " - ";
            default -> " = ";
        };
    }
}
