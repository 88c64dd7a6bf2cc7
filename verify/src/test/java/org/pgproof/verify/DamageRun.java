package org.pgproof.verify;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.pgproof.receipt.Check;
import org.pgproof.receipt.Receipt;
import org.pgproof.receipt.Verdict;
import org.pgproof.service.Logging;
import org.pgproof.store.BackupKey;
import org.pgproof.testkit.PostgresServer;
import org.pgproof.testkit.S3Server;

/** Verifies damaged backups, two at once, and keeps those that were not found out. */
final class DamageRun implements AutoCloseable {
    private static final int AT_ONCE = 2;

    private final List<Drill> drills;
    private final BackupKey key;
    private final List<Damage> cases = new ArrayList<>();
    private final List<String> survivors = Collections.synchronizedList(new ArrayList<>());
    private final List<String> wrongly = Collections.synchronizedList(new ArrayList<>());
    private final List<String> byTextOnly = Collections.synchronizedList(new ArrayList<>());

    DamageRun(PostgresServer server, S3Server s3, BackupKey key) {
        this.key = key;
        Logging.configure("OFF", false); // each case is judged by its receipt
        this.drills = IntStream.rangeClosed(1, AT_ONCE)
                .mapToObj(jobs -> new Drill(
                        Drill.connection(server.url("postgres")),
                        Drill.settings(s3, s3.freshBucket()),
                        Optional.of(jobs)))
                .toList();
    }

    void add(Damage damage) {
        cases.add(damage);
    }

    /** Verifies one backup. */
    Receipt verify(BackupFiles backup) throws IOException, InterruptedException {
        return drills.get(0).verify(key, backup);
    }

    /** Verifies all that were added since the last time, one half on one session and one on several: none survives. */
    void allFail() {
        ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE);
        try {
            List<Future<?>> running = new ArrayList<>();
            for (int i = 0; i < AT_ONCE; i++) {
                int mine = i;
                running.add(threads.submit(() -> {
                    for (int next = mine; next < cases.size(); next += AT_ONCE) {
                        judge(
                                cases.get(next),
                                drills.get(mine).verify(key, cases.get(next).backup()));
                    }
                    return null;
                }));
            }
            for (Future<?> one : running) {
                one.get();
            }
        } catch (ExecutionException | InterruptedException e) {
            throw new AssertionError(e);
        } finally {
            threads.shutdownNow();
        }
        System.out.printf("%d damaged backups, survivors: %s%n", cases.size(), survivors);
        cases.clear();
        assertThat(drained(survivors))
                .as("damaged backups that were not found out")
                .isEmpty();
        assertThat(drained(wrongly))
                .as("damaged backups of which something was not named")
                .isEmpty();
        assertThat(drained(byTextOnly))
                .as("damaged backups whose restored database was not found to differ")
                .isEmpty();
    }

    private static List<String> drained(List<String> list) {
        List<String> copy = List.copyOf(list);
        list.clear();
        return copy;
    }

    private void judge(Damage damage, Receipt receipt) {
        String found = damage.name() + ": " + receipt.verdict() + ", " + receipt.reason();
        if (Boolean.getBoolean("pgproof.damage.verbose")) {
            System.out.println(found);
        }
        // Somebody who forges a manifest could forge what the check of the object relies on, too.
        String restored = details(receipt, check -> check != Check.Name.OBJECT);
        String details = damage.named().size() > 1 ? restored : details(receipt, check -> true);
        if (receipt.verdict() != Verdict.FAILED) {
            survivors.add(found);
        } else if (!damage.named().stream().allMatch(details::contains)) {
            wrongly.add(found);
        } else if (damage.restored() && restored.isEmpty()) {
            byTextOnly.add(found);
        }
    }

    private static String details(Receipt receipt, Predicate<Check.Name> checks) {
        return receipt.checks().stream()
                .filter(check -> check.result() == Check.Result.FAILED && checks.test(check.name()))
                .map(Check::detail)
                .collect(Collectors.joining("\n"));
    }

    @Override
    public void close() {
        drills.forEach(Drill::close);
    }
}
