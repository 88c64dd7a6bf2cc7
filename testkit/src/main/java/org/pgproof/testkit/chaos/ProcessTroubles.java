package org.pgproof.testkit.chaos;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.pgproof.testkit.JarCommand;
import org.pgproof.testkit.JarProcess;
import org.pgproof.testkit.Signal;

/** Signals to the jar and to the programs that it runs, and a second one of its kind. */
final class ProcessTroubles {
    private ProcessTroubles() {}

    /** Troubles that either service meets, by name. */
    static Map<String, Trouble> ofBoth() {
        Map<String, Trouble> troubles = new LinkedHashMap<>();
        for (Signal signal : List.of(Signal.TERM, Signal.INT, Signal.KILL)) {
            troubles.put("SIG" + signal, (Trouble.During) (scene, random, process) -> {
                Moments.pass(random.nextInt(5000));
                process.send(signal);
            });
            troubles.put("SIG" + signal + " to its child", (Trouble.During) (scene, random, process) ->
                    awaitChild(process, random).ifPresent(child -> signal.send(child.pid())));
        }
        troubles.put("stopped for a while", (Trouble.During) (scene, random, process) -> {
            Moments.pass(random.nextInt(3000));
            freeze(process.pid(), random);
        });
        troubles.put("its child stopped for a while", (Trouble.During) (scene, random, process) -> {
            Optional<ProcessHandle> child = awaitChild(process, random);
            if (child.isPresent()) {
                freeze(child.get().pid(), random);
            }
        });
        troubles.put("a backup of another database at once", (Trouble.During) (scene, random, process) -> {
            Moments.pass(random.nextInt(1000));
            scene.join(spelt(scene.neighbour(), scene, random));
        });
        for (Service service : Service.values()) {
            troubles.put("another " + service.name().toLowerCase(Locale.ROOT) + " at once", (Trouble.During)
                    (scene, random, process) -> scene.join(spelt(scene.disturbed(service), scene, random)));
        }
        return troubles;
    }

    /** The same store under the same or another name. */
    private static JarCommand spelt(JarCommand command, Scene scene, Random random) {
        String endpoint = scene.http().endpoint().toString();
        return command.environment(
                "S3_ENDPOINT", random.nextBoolean() ? endpoint : endpoint.replace("127.0.0.1", "localhost"));
    }

    private static void freeze(long pid, Random random) throws InterruptedException {
        Signal.STOP.send(pid);
        Moments.pass(2000 + random.nextInt(3000));
        Signal.CONT.send(pid);
    }

    /** Waits for a pg_dump or psql, then for a moment in its life. */
    private static Optional<ProcessHandle> awaitChild(JarProcess process, Random random) throws InterruptedException {
        while (process.isAlive()) {
            Optional<ProcessHandle> child = ProcessHandle.of(process.pid()).stream()
                    .flatMap(ProcessHandle::children)
                    .filter(handle -> handle.info()
                            .arguments()
                            .map(words -> words.length > 1)
                            .orElse(false))
                    .findAny();
            if (child.isPresent()) {
                Moments.pass(random.nextInt(1500));
                return child;
            }
            Moments.pass(5);
        }
        return Optional.empty();
    }
}
