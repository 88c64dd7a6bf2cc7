package org.pgproof.testkit.chaos;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.pgproof.testkit.Fault;
import org.pgproof.testkit.JarCommand;
import org.pgproof.testkit.JarProcess;
import org.pgproof.testkit.Signal;

/** Peers that take every byte and say nothing for longer than anybody should wait: a round of these takes minutes. */
final class Silences {
    /** How all their names begin. */
    static final String NAME = "silence";

    private static final int PART_BYTES = 4_000_000;
    private static final int DUMP_BYTES = 9_000_000;

    private Silences() {}

    /** Silences that a service meets, by name. */
    static Map<String, Trouble> of(Service service) {
        Map<String, Trouble> troubles = new LinkedHashMap<>();
        if (service == Service.BACKUP) {
            troubles.put(NAME + " in a part", (Trouble.Before) (scene, random) -> scene.http()
                    .fail(
                            StoreTroubles.PART,
                            1 + random.nextInt(3),
                            new Fault.SilentInRequest(random.nextInt(PART_BYTES))));
            troubles.put(NAME + " behind a part", (Trouble.Before) (scene, random) ->
                    scene.http().fail(StoreTroubles.PART, 1 + random.nextInt(5), new Fault.SilentInsteadOfAnswer()));
            troubles.put(NAME + " behind a completion", (Trouble.Before) (scene, random) -> scene.http()
                    .fail(StoreTroubles.COMPLETION, 1 + random.nextInt(3), new Fault.SilentInsteadOfAnswer()));
            troubles.put(NAME + " behind a manifest", (Trouble.Before)
                    (scene, random) -> scene.http().fail(StoreTroubles.MANIFEST, 1, new Fault.SilentInsteadOfAnswer()));
            troubles.put(NAME + " behind a deletion", (Trouble.Before)
                    (scene, random) -> scene.http().fail(StoreTroubles.DELETION, 1, new Fault.SilentInsteadOfAnswer()));
        } else {
            troubles.put(NAME + " in a dump that is read", (Trouble.Before) (scene, random) -> scene.http()
                    .fail(StoreTroubles.READ_DUMP, 1, new Fault.SilentInAnswer(random.nextInt(DUMP_BYTES))));
            troubles.put(NAME + " between a dump's bytes", (Trouble.Before) (scene, random) ->
                    scene.http().fail(StoreTroubles.READ_DUMP, 1, new Fault.TrickleInAnswer(50 + random.nextInt(500))));
            troubles.put(NAME + " behind a receipt", (Trouble.Before)
                    (scene, random) -> scene.http().fail(StoreTroubles.RECEIPT, 1, new Fault.SilentInsteadOfAnswer()));
        }
        troubles.put(NAME + " of the server's wire", (Shortened) (scene, random, process) -> {
            Moments.pass(random.nextInt(5000));
            scene.wire().hold();
        });
        troubles.put(NAME + " of the server", (Shortened) (scene, random, process) -> {
            Moments.pass(random.nextInt(5000));
            scene.server().pause();
        });
        troubles.put(
                NAME + " of one session", (Shortened) (scene, random, process) -> stopSession(scene, random, process));
        return troubles;
    }

    /** Freezes one of the sessions of the services, some time after one has appeared. */
    static void stopSession(Scene scene, Random random, JarProcess process) throws Exception {
        Moments.pass(random.nextInt(3000));
        while (process.isAlive()) {
            List<String> sessions = scene.sessions();
            if (!sessions.isEmpty()) {
                Signal.STOP.send(Long.parseLong(sessions.get(random.nextInt(sessions.size()))));
                return;
            }
            Moments.pass(20);
        }
    }

    /** Where the services' own limits can be made short, they are. */
    private interface Shortened extends Trouble.During {
        @Override
        default JarCommand command(Scene scene, Random random, JarCommand command) {
            return command.environment("BACKUP_INTERVAL", "60").environment("VERIFY_TIMEOUT", "60");
        }
    }
}
