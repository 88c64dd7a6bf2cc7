package org.pgproof.testkit.chaos;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.pgproof.testkit.JarCommand;
import org.pgproof.testkit.JarProcess;

/** One disturbed run of a service, and a healthy one after it. */
final class Round {
    /** Longer than any trouble lasts, together with the patience that the services have with a silent peer. */
    private static final Duration PATIENCE = Duration.ofMinutes(6);

    private static final long GOLDEN = 0x9E3779B97F4A7C15L;
    private static final int DAMAGED_OF_TEN = 4;
    private static final int SUCCEEDED = 0;
    private static final int FAILED = 3;
    private static final int TWO_TROUBLES_OF_TEN = 3;
    private static final int SILENCES_ONE_OF = 3;
    private static final int ORPHANS_LOOKED_FOR = 30;

    private final Scene scene;
    private final Planted planted;
    private final Ledger ledger;
    private final long seed;
    private final Random random;
    private final Service service;
    private final List<String> names = new ArrayList<>();
    private final List<Trouble> troubles = new ArrayList<>();
    private final boolean damaged;

    Round(Scene scene, Planted planted, Ledger ledger, long seed, String only) {
        this.scene = scene;
        this.planted = planted;
        this.ledger = ledger;
        this.seed = seed;
        this.random = new Random(seed * GOLDEN); // neighbours would begin alike
        List<Service> able = new ArrayList<>(List.of(Service.values()));
        able.removeIf(one -> choices(one, only).isEmpty());
        this.service = able.get(random.nextInt(able.size()));
        Map<String, Trouble> choices = choices(service, only);
        choose(choices);
        if (random.nextInt(10) < TWO_TROUBLES_OF_TEN) {
            choose(choices);
        }
        this.damaged = service == Service.VERIFY && random.nextInt(10) < DAMAGED_OF_TEN;
    }

    /** Adds a trouble; silences come seldom, for they take long, and alone, for what else would happen would wait too. */
    private void choose(Map<String, Trouble> choices) {
        String name = any(choices);
        for (int i = 0; i < SILENCES_ONE_OF - 1 && isSilence(name); i++) {
            name = any(choices);
        }
        boolean alone = isSilence(name) || names.stream().anyMatch(Round::isSilence);
        if (names.isEmpty() || (!alone && !names.contains(name))) {
            names.add(name);
            troubles.add(choices.get(name));
        }
    }

    private String any(Map<String, Trouble> choices) {
        return List.copyOf(choices.keySet()).get(random.nextInt(choices.size()));
    }

    private static boolean isSilence(String name) {
        return name.startsWith(Silences.NAME);
    }

    /** Returns the troubles that a service can meet and whose names begin so. */
    static Map<String, Trouble> choices(Service service, String only) {
        Map<String, Trouble> all = new LinkedHashMap<>();
        all.putAll(service == Service.BACKUP ? StoreTroubles.ofBackups() : StoreTroubles.ofVerifications());
        all.putAll(service == Service.BACKUP ? ServerTroubles.ofBackups() : ServerTroubles.ofVerifications());
        all.putAll(ServerTroubles.ofBoth());
        all.putAll(ProcessTroubles.ofBoth());
        all.putAll(ClientTroubles.of(service));
        all.putAll(Silences.of(service));
        all.keySet().removeIf(name -> !name.startsWith(only));
        return all;
    }

    void run() throws Exception {
        scene.use(scene.s3().freshBucket());
        planted.plant(scene.s3(), scene.bucket());
        Verifier verifier = Verifier.any(random);
        scene.use(verifier);
        String damage = damaged ? damage() : "sound";
        ledger.begin("Seed " + seed + ": " + service + ", " + names + ", " + damage + ", " + verifier);
        Backups before = scene.backups();
        List<Ended> ended = disturbed();
        ended.forEach(one -> ledger.outcome(service + " " + names, one.outcome()));
        new Invariants(scene, planted, ledger).afterwards(ended, before, damaged, isSignalled());
        healthy(service, damaged ? FAILED : SUCCEEDED);
        if (service == Service.BACKUP && random.nextBoolean()) {
            healthy(Service.VERIFY, SUCCEEDED);
        }
        Leftovers.check(
                scene, ledger, ended.stream().noneMatch(Ended::killed) && !names.contains("deletion forbidden"));
        scene.emptyBucket();
    }

    private boolean isSignalled() {
        return names.stream().anyMatch(name -> name.startsWith("SIG") && !name.endsWith("child"));
    }

    private String damage() throws Exception {
        Damages damage = Damages.any(random);
        damage.spoil(scene.s3(), scene.bucket(), planted.newest(), random);
        return damage.name();
    }

    private List<Ended> disturbed() throws Exception {
        for (Trouble trouble : troubles) {
            trouble.before(scene, random);
        }
        List<JarProcess> processes = new ArrayList<>();
        processes.add(command().start());
        try {
            for (Trouble trouble : troubles) {
                trouble.during(scene, random, processes.get(0));
            }
            processes.addAll(scene.takeCompanions());
            return await(processes);
        } finally {
            scene.heal();
            for (Trouble trouble : troubles) {
                trouble.end(scene);
            }
            processes.forEach(JarProcess::close);
        }
    }

    private JarCommand command() throws Exception {
        JarCommand command = scene.disturbed(service);
        if (service == Service.VERIFY && random.nextBoolean()) {
            command.environment("VERIFY_JOBS", "2");
        }
        for (Trouble trouble : troubles) {
            command = trouble.command(scene, random, command);
        }
        return command;
    }

    private List<Ended> await(List<JarProcess> processes) throws InterruptedException {
        List<Ended> ended = new ArrayList<>();
        for (JarProcess process : processes) {
            try {
                int exit = process.awaitExit(PATIENCE);
                ledger.check("nothing waits without end", true, "");
                Service which = process.toString().startsWith("backup") ? Service.BACKUP : Service.VERIFY;
                ended.add(new Ended(which, exit, process.log(), orphans(process)));
            } catch (AssertionError late) {
                ledger.check("nothing waits without end", false, String.valueOf(late.getMessage()));
            }
        }
        return ended;
    }

    /** Returns what it left running and does not end by itself at once, as the end of a pipe does. */
    private static List<String> orphans(JarProcess process) throws InterruptedException {
        for (int i = 0; i < ORPHANS_LOOKED_FOR && !process.orphans().isEmpty(); i++) {
            Moments.pass(100);
        }
        return process.orphans();
    }

    private void healthy(Service which, int expected) {
        JarCommand command = scene.healthy(which);
        if (expected == FAILED) { // there may be a newer one by now
            command.environment("VERIFY_LATEST", "false")
                    .environment("VERIFY_BACKUP_FILE", planted.newest() + ".sql.gz");
        }
        JarProcess process = command.run();
        ledger.check(
                "the next healthy cycle does its work", process.awaitExit() == expected, which + "\n" + process.log());
        List<String> orphans = process.orphans();
        ledger.check("a healthy cycle leaves no child", orphans.isEmpty(), which + " " + orphans);
    }
}
