package org.pgproof.testkit.chaos;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.pgproof.testkit.JarProcess;

/** What must hold after processes have ended, whatever went wrong while they ran. */
final class Invariants {
    private static final int KILLED = 137;

    private final Scene scene;
    private final Planted planted;
    private final Ledger ledger;

    Invariants(Scene scene, Planted planted, Ledger ledger) {
        this.scene = scene;
        this.planted = planted;
        this.ledger = ledger;
    }

    /**
     * Checks what the processes of a round did to the store and said of it.
     *
     * @param damaged whether the newest backup was damaged before they began
     * @param signalled whether one of them was sent a signal
     */
    void afterwards(List<Ended> processes, Backups before, boolean damaged, boolean signalled)
            throws IOException, SQLException, InterruptedException {
        Backups after = scene.backups();
        for (Ended process : processes) {
            ended(process, signalled);
            if (process.service() == Service.VERIFY) {
                verdict(process, damaged, after);
            }
        }
        published(processes, before, after);
        kept(processes, before, after);
        for (String key : after.newSince(before)) {
            sound(key);
        }
    }

    private void ended(Ended process, boolean signalled) {
        Set<Integer> documented = process.service() == Service.BACKUP ? Set.of(0, 2) : Set.of(0, 2, 3);
        holds(
                "a process ends with a documented code",
                documented.contains(process.exit())
                        || (signalled && (process.exit() == KILLED || process.stoppedBeforeItBegan())),
                process);
        holds(
                "a process that was not killed leaves no child",
                process.killed() || process.orphans().isEmpty(),
                process);
        holds("no exception escapes", !process.log().contains("unexpected error"), process);
    }

    private void verdict(Ended process, boolean newestDamaged, Backups after) {
        String verdict = process.verdict();
        boolean newer = !process.verified().isEmpty() && !process.verified().equals(planted.newest());
        boolean damaged = newestDamaged && !newer;
        if (damaged) {
            holds("nothing damaged is PASSED", !verdict.equals("PASSED") && process.exit() != 0, process);
        } else {
            holds("nothing sound is FAILED", !verdict.equals("FAILED") && process.exit() != 3, process);
        }
        boolean agree =
                switch (process.exit()) {
                    case 0 -> verdict.equals("PASSED");
                    case 3 -> verdict.equals("FAILED");
                    default -> true; // it may have been stopped behind its verdict
                };
        holds("the exit code is the verdict's", agree, process);
        String receipt = Backups.receipt(planted.newest());
        if (after.has(receipt)) {
            String text = new String(scene.s3().read(scene.bucket(), receipt), StandardCharsets.UTF_8);
            holds(
                    "a receipt says what is true",
                    !text.contains(newestDamaged ? "\"verdict\":\"PASSED\"" : "\"verdict\":\"FAILED\""),
                    process);
        }
    }

    private void published(List<Ended> processes, Backups before, Backups after) {
        Set<String> reported = processes.stream()
                .flatMap(process -> process.published().stream())
                .collect(Collectors.toSet());
        Set<String> visible = after.newSince(before);
        ledger.check(
                "what was reported published is there", visible.containsAll(reported), seen(processes, before, after));
        boolean certain = processes.stream().noneMatch(process -> process.killed() || process.doubts());
        ledger.check(
                "what was not reported published is not there",
                !certain || reported.containsAll(visible),
                seen(processes, before, after));
        ledger.check(
                "every visible dump has its manifest",
                after.dumps().stream()
                        .filter(key -> !before.has(Backups.dump(key)) || before.has(Backups.manifest(key)))
                        .allMatch(key -> after.has(Backups.manifest(key))),
                seen(processes, before, after));
    }

    private void kept(List<Ended> processes, Backups before, Backups after) {
        Set<String> changed = after.changedSince(before);
        changed.removeIf(object -> object.contains(planted.expendable + ".") && !object.endsWith(".bak"));
        changed.removeIf(object -> object.endsWith(".verification.json") && after.has(object));
        if (processes.stream().anyMatch(process -> process.verdict().equals("PASSED"))) {
            changed.removeIf(object -> object.contains(planted.proven + ".")); // there is a newer one
        }
        ledger.check("nothing sound is pruned or changed", changed.isEmpty(), changed + seen(processes, before, after));
        Set<String> pruned =
                processes.stream().flatMap(process -> process.pruned().stream()).collect(Collectors.toSet());
        Set<String> still = new TreeSet<>(pruned);
        still.retainAll(after.dumps());
        ledger.check("what was reported pruned is gone", still.isEmpty(), still + seen(processes, before, after));
    }

    private void sound(String key) throws IOException, SQLException, InterruptedException {
        String complaint = scene.backups().has(Backups.manifest(key)) ? Restored.complaint(scene, key) : "no manifest";
        ledger.check("a visible dump restores with gunzip | psql", complaint.isEmpty(), key + ": " + complaint);
        JarProcess verify = scene.healthy(Service.VERIFY)
                .environment("VERIFY_LATEST", "false")
                .environment("VERIFY_BACKUP_FILE", key + ".sql.gz")
                .run();
        ledger.check("a visible dump is PASSED", verify.awaitExit() == 0, key + "\n" + verify.log());
    }

    private void holds(String invariant, boolean holds, Ended process) {
        ledger.check(invariant, holds, "exit " + process.exit() + " " + process.orphans() + "\n" + process.log());
    }

    private static String seen(List<Ended> processes, Backups before, Backups after) {
        return "\nbefore: " + before.objects().keySet() + "\nafter:  "
                + after.objects().keySet() + "\n"
                + processes.stream()
                        .map(process -> "exit " + process.exit() + "\n" + process.log())
                        .collect(Collectors.joining("\n---\n"));
    }
}
