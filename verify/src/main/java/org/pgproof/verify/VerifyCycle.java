package org.pgproof.verify;

import java.io.IOException;
import java.time.Clock;
import java.util.function.BooleanSupplier;
import org.pgproof.postgres.ClientTool;
import org.pgproof.postgres.ClientTools;
import org.pgproof.receipt.Verdict;
import org.pgproof.service.Cycle;
import org.pgproof.service.Outcome;
import org.pgproof.store.BackupStore;
import org.pgproof.verify.comparison.Comparison;
import org.pgproof.verify.comparison.EarlyReading;
import org.pgproof.verify.queries.QueriesFile;
import org.pgproof.verify.queries.QueryChecks;
import org.pgproof.verify.restore.ChosenBackup;
import org.pgproof.verify.restore.Restore;
import org.pgproof.verify.server.CouldNotVerifyException;
import org.pgproof.verify.server.GrowthWatch;
import org.pgproof.verify.server.Isolation;
import org.pgproof.verify.server.Server;
import org.pgproof.verify.server.ServerWatch;
import org.pgproof.verify.server.Sessions;
import org.pgproof.verify.server.TemporaryPlace;
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
        Verification verification = new Verification(clock, settings.maxAge());
        try (Deadline deadline = new Deadline(settings.timeout())) {
            run(verification, deadline);
        }
        return conclude(verification);
    }

    private void run(Verification verification, Deadline deadline) throws InterruptedException {
        try (Server server = Server.connect(settings.connection())) {
            deadline.releaseBy(server::giveUpIfSilent);
            TemporaryPlace.dropLeftBehind(server);
            ChosenBackup backup = new BackupChooser(store, settings.backup()).choose();
            verification.chose(backup, server);
            int jobs = Jobs.choose(settings.jobs(), server, backup.manifest());
            ClientTool psql = tools.forServer("psql", server.version());
            new Isolation(psql).check(settings.requireIsolation());
            verification.begins(psql, jobs);
            verify(verification, psql, jobs, deadline);
            if (verification.contested()) {
                log.info("Restoring it again with one session, as psql alone does");
                verify(verification, psql, 1, deadline);
            }
        } catch (InterruptedException e) {
            if (!deadline.passed()) {
                throw e;
            }
            verification.stoppedBy(deadline.exceeded());
        } catch (CouldNotVerifyException | IOException e) {
            verification.stoppedBy(
                    deadline.passed()
                            ? deadline.exceeded()
                            : stopping.getAsBoolean() ? new CouldNotVerifyException("asked to stop", e) : e);
        } catch (RuntimeException e) {
            if (verification.manifestDamage().isEmpty()) {
                throw e;
            }
            verification.stoppedBy(e); // a damaged manifest may say anything
        }
    }

    private void verify(Verification verification, ClientTool psql, int jobs, Deadline deadline)
            throws IOException, InterruptedException, CouldNotVerifyException {
        ChosenBackup backup = verification.backup();
        try (TemporaryPlace place = TemporaryPlace.create(
                        verification.server(), backup.manifest(), settings.requireIsolation(), clock);
                GrowthWatch growth =
                        new GrowthWatch(place.database(), settings.maxDatabase().of(backup));
                ServerWatch answers = ServerWatch.ofAnswers(place.database())) {
            deadline.releaseBy(place.database()::giveUp);
            try {
                verify(verification, backup, new Sessions(psql, place.database(), jobs));
            } catch (CouldNotVerifyException e) {
                throw growth.exceeded().or(answers::silence).orElseGet(() -> place.explained(e));
            }
        }
    }

    private void verify(Verification verification, ChosenBackup backup, Sessions sessions)
            throws IOException, InterruptedException, CouldNotVerifyException {
        try (EarlyReading early = new EarlyReading(sessions, backup.manifest())) {
            Restore restore = new Restore(store, backup, sessions, early, settings.maxBytes());
            verification.step("restore", () -> verification.add(restore.run()));
            if (verification.restored()) {
                sessions.database().reclaim();
                Comparison comparison = new Comparison(
                        sessions, backup.manifest(), verification.proven(), tools, early, verification.views());
                verification.step("compare", () -> comparison.run(verification::add));
                QueryChecks custom = new QueryChecks(queries, settings.strict());
                verification.step("queries", () -> verification.add(custom.run(sessions.database())));
            }
        }
    }

    private Outcome conclude(Verification verification) {
        Verdict verdict = verification.verdict();
        verification.report(log);
        receipts.store(verification); // last, as the store may keep it waiting
        if (verification.outdated().isPresent()) {
            return Outcome.FAILED;
        }
        return switch (verdict) {
            case PASSED, RESTORED -> Outcome.SUCCEEDED;
            case FAILED -> Outcome.FAILED;
            case COULD_NOT_VERIFY -> Outcome.NOT_DONE;
        };
    }
}
