package org.pgproof.testkit.chaos;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
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
        int count = random.nextInt(10) < TWO_TROUBLES_OF_TEN ? 2 : 1;
        for (int i = 0; i < count; i++) {
            String name = List.copyOf(choices.keySet()).get(random.nextInt(choices.size()));
            if (!names.contains(name)) {
                names.add(name);
                troubles.add(choices.get(name));
            }
        }
        this.damaged = service == Service.VERIFY && random.nextInt(10) < DAMAGED_OF_TEN;
    }

    /** Returns the troubles that a service can meet and whose names begin so. */
    static Map<String, Trouble> choices(Service service, String only) {
        Map<String, Trouble> all = new LinkedHashMap<>();
        all.putAll(service == Service.BACKUP ? StoreTroubles.ofBackups() : StoreTroubles.ofVerifications());
        all.putAll(service == Service.BACKUP ? ServerTroubles.ofBackups() : ServerTroubles.ofVerifications());
        all.putAll(ServerTroubles.ofBoth());
        all.putAll(ProcessTroubles.ofBoth());
        all.keySet().removeIf(name -> !name.startsWith(only));
        return all;
    }

    void run() throws Exception {
        scene.use(scene.s3().freshBucket());
        planted.plant(scene.s3(), scene.bucket());
        String damage = damaged ? damage() : "sound";
        ledger.begin("Seed " + seed + ": " + service + ", " + names + ", " + damage);
        Backups before = scene.backups();
        List<Ended> ended = disturbed();
        ended.forEach(one -> ledger.outcome(service + " " + names, one.outcome()));
        new Invariants(scene, planted, ledger).afterwards(ended, before, damaged);
        healthy(service, damaged ? FAILED : SUCCEEDED);
        if (service == Service.BACKUP && random.nextBoolean()) {
            healthy(Service.VERIFY, SUCCEEDED);
        }
        Leftovers.check(scene, ledger);
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
        processes.add(scene.disturbed(service).start());
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

    private List<Ended> await(List<JarProcess> processes) {
        List<Ended> ended = new ArrayList<>();
        for (JarProcess process : processes) {
            try {
                int exit = process.awaitExit(PATIENCE);
                ledger.check("nothing waits without end", true, "");
                Service which = process.toString().startsWith("backup") ? Service.BACKUP : Service.VERIFY;
                ended.add(new Ended(which, exit, process.log(), process.orphans()));
            } catch (AssertionError late) {
                ledger.check("nothing waits without end", false, String.valueOf(late.getMessage()));
            }
        }
        return ended;
    }

    private void healthy(Service which, int expected) {
        JarProcess process = scene.healthy(which).run();
        ledger.check(
                "the next healthy cycle does its work", process.awaitExit() == expected, which + "\n" + process.log());
        List<String> orphans = process.orphans();
        ledger.check("a healthy cycle leaves no child", orphans.isEmpty(), which + " " + orphans);
    }
}
