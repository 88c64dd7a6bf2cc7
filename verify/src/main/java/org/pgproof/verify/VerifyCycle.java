package org.pgproof.verify;

import java.io.IOException;
import java.time.Clock;
import java.util.function.BooleanSupplier;
import org.pgproof.manifest.Verdict;
import org.pgproof.postgres.ClientTools;
import org.pgproof.service.Cycle;
import org.pgproof.service.Outcome;
import org.pgproof.store.BackupStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Restores one backup into a temporary database, checks it, and says and stores the verdict. */
final class VerifyCycle implements Cycle {
    private static final Logger log = LoggerFactory.getLogger(VerifyCycle.class);

    private final VerifySettings settings;
    private final BackupStore store;
    private final ClientTools tools;
    private final QueriesFile queries;
    private final Receipts receipts;
    private final Clock clock;
    private final BooleanSupplier stopping;

    /** @param stopping whether the service was asked to stop */
    VerifyCycle(
            VerifySettings settings,
            BackupStore store,
            ClientTools tools,
            QueriesFile queries,
            Receipts receipts,
            Clock clock,
            BooleanSupplier stopping) {
        this.settings = settings;
        this.store = store;
        this.tools = tools;
        this.queries = queries;
        this.receipts = receipts;
        this.clock = clock;
        this.stopping = stopping;
    }

    @Override
    public Outcome run() throws InterruptedException {
        Verification verification = new Verification(clock);
        try (Server server = Server.connect(settings.connection())) {
            dropWhatWasLeftBehind(server);
            ChosenBackup backup = new BackupChooser(store, settings.backup()).choose();
            verification.begins(backup, server, tools, Jobs.choose(settings.jobs(), server, backup.manifest()));
            verify(verification);
        } catch (CouldNotVerifyException | IOException e) {
            verification.stoppedBy(stopping.getAsBoolean() ? new CouldNotVerifyException("asked to stop", e) : e);
        }
        return conclude(verification);
    }

    private static void dropWhatWasLeftBehind(Server server) {
        TemporaryDatabase.dropOrphans(server);
        DrillRoles.dropUnused(server);
    }

    private void verify(Verification verification) throws IOException, InterruptedException, CouldNotVerifyException {
        try (TemporaryPlace place = TemporaryPlace.create(verification, clock);
                EarlyReading early = new EarlyReading(verification, place.database())) {
            restore(verification, place.database(), early);
            if (verification.restored()) {
                compareWithManifest(verification, place.database(), early);
                runQueries(verification, place.database());
            }
        }
    }

    private void restore(Verification verification, TemporaryDatabase database, EarlyReading early)
            throws IOException, InterruptedException, CouldNotVerifyException {
        verification.step(
                "restore", () -> verification.add(new Restore(store, verification, database, early, clock).run()));
    }

    private void compareWithManifest(Verification verification, TemporaryDatabase database, EarlyReading early)
            throws IOException, InterruptedException, CouldNotVerifyException {
        verification.step("compare", () -> new Comparison(database, verification, tools, early).run());
    }

    private void runQueries(Verification verification, TemporaryDatabase database)
            throws IOException, InterruptedException, CouldNotVerifyException {
        verification.step("queries", () -> verification.add(new QueryChecks(queries, settings.strict()).run(database)));
    }

    private Outcome conclude(Verification verification) {
        Verdict verdict = verification.verdict();
        receipts.store(verification);
        verification.report(log);
        return switch (verdict) {
            case PASSED, RESTORED -> Outcome.SUCCEEDED;
            case FAILED -> Outcome.FAILED;
            case COULD_NOT_VERIFY -> Outcome.NOT_DONE;
        };
    }
}
