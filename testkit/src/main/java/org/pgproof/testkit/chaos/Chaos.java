package org.pgproof.testkit.chaos;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Disturbs the built jars for some rounds: {@code java -cp testkit/target/testkit.jar org.pgproof.testkit.chaos.Chaos
 * --rounds 600 --seed 1}, and {@code --only "wire"} for the troubles whose names begin so. The seed chooses services,
 * troubles and damage; what a moment in time decides differs from run to run.
 */
public final class Chaos {
    private final PrintStream out;
    private final String only;

    /**
     * @param out where it tells what it does
     * @param only how the names of the troubles begin; empty for all
     */
    public Chaos(PrintStream out, String only) {
        this.out = out;
        this.only = only;
    }

    /** Runs and ends with 1 if something did not hold. */
    public static void main(String[] arguments) throws Exception {
        int rounds = 10;
        long seed = 1;
        String only = "";
        for (int i = 0; i + 1 < arguments.length; i += 2) {
            switch (arguments[i]) {
                case "--rounds" -> rounds = Integer.parseInt(arguments[i + 1]);
                case "--seed" -> seed = Long.parseLong(arguments[i + 1]);
                case "--only" -> only = arguments[i + 1];
                default -> throw new IllegalArgumentException("usage: Chaos [--rounds N] [--seed S] [--only NAME]");
            }
        }
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        System.exit(new Chaos(out, only).run(rounds, seed).isEmpty() ? 0 : 1);
    }

    /** Runs rounds with this and the following seeds, and returns what did not hold. */
    public List<String> run(int rounds, long seed) throws Exception {
        Ledger ledger = new Ledger();
        try (Scene scene = new Scene()) {
            Planted planted = Planted.make(scene);
            for (int i = 0; i < rounds; i++) {
                int before = ledger.violations().size();
                Round round = new Round(scene, planted, ledger, seed + i, only);
                play(round, ledger, scene);
                ledger.violations().stream().skip(before).forEach(violation -> out.printf("%n%s%n", violation));
                out.println(ledger.round());
            }
        }
        ledger.print(out);
        return ledger.violations();
    }

    /** A round that ends in an exception says nothing of the jars, and the others still run. */
    private static void play(Round round, Ledger ledger, Scene scene) throws Exception {
        try {
            round.run();
        } catch (SQLException | IOException | RuntimeException | AssertionError e) {
            ledger.check("a round can be played to its end", false, described(e));
            scene.heal();
        }
    }

    /** Returns what was thrown and where, with all causes. */
    private static String described(Throwable thrown) {
        return Stream.iterate(thrown, Objects::nonNull, Throwable::getCause)
                .flatMap(one -> Stream.concat(Stream.of(one), Stream.of(one.getStackTrace())))
                .map(String::valueOf)
                .collect(Collectors.joining("\n"));
    }
}
