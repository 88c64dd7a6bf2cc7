package org.pgproof.verify;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.pgproof.postgres.ClientTools;
import org.pgproof.service.CommandRunner;
import org.pgproof.service.Connectivity;
import org.pgproof.service.Liveness;
import org.pgproof.service.Outcome;
import org.pgproof.service.Quantity;
import org.pgproof.service.ServiceLoop;
import org.pgproof.service.ServiceOptions;
import org.pgproof.service.ServiceOptions.Configuration;
import org.pgproof.service.ServiceOptions.Running;
import org.pgproof.service.Shutdown;
import org.pgproof.service.Version;
import org.pgproof.settings.InvalidSettingsException;
import org.pgproof.settings.Problem;
import org.pgproof.settings.Setting;
import org.pgproof.store.BackupKey;
import org.pgproof.store.BackupStore;
import org.pgproof.store.ObjectKind;
import org.pgproof.store.s3.S3BackupStore;
import org.pgproof.verify.queries.QueriesFile;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Entry point of verify.jar: reads the settings and wires the service. */
@Command(
        name = "verify",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description = "Proves backups by restoring them and comparing what came back, at once and then on a schedule.")
public final class VerifyCommand implements Callable<Integer> {
    private static final Logger log = LoggerFactory.getLogger(VerifyCommand.class);

    private static final int STORE_PARTS = 1; // this service uploads nothing in parts

    @Mixin
    private ServiceOptions options = new ServiceOptions();

    @Option(
            names = "--report",
            paramLabel = "FILE",
            description = "Write the findings of each verification to a file: JUnit XML if it ends in .xml, else JSON.")
    private @Nullable Path report;

    private VerifyCommand() {}

    /** Runs the service and exits with its code. */
    public static void main(String[] arguments) {
        System.exit(CommandRunner.run(new VerifyCommand(), Setting.Service.VERIFY, arguments));
    }

    @Override
    public Integer call() throws InvalidSettingsException {
        Configuration<VerifySettings> configuration = options.read(VerifySettings::from);
        Running running = configuration.running();
        VerifySettings settings = configuration.settings();
        requireWritableReport();
        QueriesFile queries = QueriesFile.find(settings.queries());
        describe(settings, queries);
        Shutdown shutdown = Shutdown.install(running.grace(), options.once() ? Outcome.NOT_DONE.exitCode() : 0);
        try (BackupStore store = new S3BackupStore(settings.store(), STORE_PARTS)) {
            return shutdown.run(() -> run(settings, running, store, queries, shutdown));
        }
    }

    /** Does nothing but say whether database and store answer, and whether the service does its work. */
    @Command(
            name = "healthcheck",
            description = "Exit 0 if database and store are reachable and the newest verdict is not too old, else 1.")
    int healthcheck() throws InvalidSettingsException {
        Configuration<VerifySettings> configuration = options.read(VerifySettings::from);
        VerifySettings settings = configuration.settings();
        Duration maxAge = configuration
                .running()
                .healthMaxAge()
                .orElse(settings.interval().multipliedBy(2));
        return Connectivity.healthcheck(
                settings.connection(), settings.store(), new Liveness("verdict", ObjectKind.RECEIPT, maxAge));
    }

    /** Found before the run, which may take hours. */
    private void requireWritableReport() throws InvalidSettingsException {
        if (report != null) {
            Optional<String> obstacle = Receipts.obstacle(report);
            if (obstacle.isPresent()) {
                throw new InvalidSettingsException(List.of(new Problem(
                        "--report",
                        "names " + report + ", which cannot be written (" + obstacle.get() + ")",
                        "give the path of a file in a folder that exists and that this user may write to")));
            }
        }
    }

    private int run(
            VerifySettings settings, Running running, BackupStore store, QueriesFile queries, Shutdown shutdown) {
        Connectivity.check(settings.connection(), store, settings.store().display());
        Clock clock = Clock.systemUTC();
        VerifyCycle cycle = new VerifyCycle(
                settings,
                store,
                new ClientTools(running.binDirs()),
                queries,
                new Receipts(store, Optional.ofNullable(report), Version.current(), clock),
                clock,
                shutdown::requested);
        ServiceLoop loop = new ServiceLoop("Verification", cycle, shutdown, clock);
        if (options.once()) {
            return loop.once().exitCode();
        }
        loop.forever(settings.interval());
        return 0;
    }

    private void describe(VerifySettings settings, QueriesFile queries) {
        log.info(
                "pgproof verify {}: {} from {} on {}, {}",
                Version.current(),
                settings.backup().map(BackupKey::toString).orElse("newest backup"),
                settings.store().display(),
                settings.connection().display(),
                options.once() ? "once" : "every " + Quantity.duration(settings.interval()));
        log.info(
                "Custom queries: {}{}; sessions at once: {}",
                queries.path().map(Path::toString).orElse("none"),
                settings.strict() ? ", whose errors fail the verification" : "",
                settings.jobs().map(String::valueOf).orElse("1 on the source's own server, else the cores"));
    }
}
