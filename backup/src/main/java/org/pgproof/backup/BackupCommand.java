package org.pgproof.backup;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import org.pgproof.archive.Compression;
import org.pgproof.backup.retention.Pruner;
import org.pgproof.backup.retention.Retention;
import org.pgproof.backup.source.ManifestWriter;
import org.pgproof.backup.source.PgDump;
import org.pgproof.backup.source.SourceDatabase;
import org.pgproof.dump.Digest;
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
import org.pgproof.settings.S3Settings;
import org.pgproof.settings.Setting;
import org.pgproof.store.BackupStore;
import org.pgproof.store.ObjectKind;
import org.pgproof.store.s3.S3BackupStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Entry point of backup.jar: reads the settings and wires the service. */
@Command(
        name = "backup",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description = "Backs up a PostgreSQL database to S3-compatible storage, at once and then on a schedule.")
public final class BackupCommand implements Callable<Integer> {
    private static final Logger log = LoggerFactory.getLogger(BackupCommand.class);

    @Mixin
    private ServiceOptions options = new ServiceOptions();

    private BackupCommand() {}

    /** Runs the service and exits with its code. */
    public static void main(String[] arguments) {
        System.exit(CommandRunner.run(new BackupCommand(), Setting.Service.BACKUP, arguments));
    }

    @Override
    public Integer call() throws InvalidSettingsException {
        Configuration<BackupSettings> configuration = options.read(BackupSettings::from);
        Running running = configuration.running();
        BackupSettings settings = configuration.settings();
        Compression compression = Compression.of(settings.compressionLevel(), settings.compressionThreads());
        describe(settings, compression);
        Shutdown shutdown = Shutdown.install(running.grace(), options.once() ? Outcome.NOT_DONE.exitCode() : 0);
        try (BackupStore store = new S3BackupStore(settings.store(), settings.maxParts())) {
            return shutdown.run(() -> run(settings, running, store, compression, shutdown));
        }
    }

    /** Does nothing but say whether database and store answer, and whether the service does its work. */
    @Command(
            name = "healthcheck",
            description = "Exit 0 if database and store are reachable and the newest backup is not too old, else 1.")
    int healthcheck() throws InvalidSettingsException {
        Configuration<BackupSettings> configuration = options.read(BackupSettings::from);
        BackupSettings settings = configuration.settings();
        Duration maxAge = configuration
                .running()
                .healthMaxAge()
                .orElse(settings.interval().multipliedBy(2));
        return Connectivity.healthcheck(
                settings.connection(), settings.store(), new Liveness("backup", ObjectKind.DUMP, maxAge));
    }

    private int run(
            BackupSettings settings, Running running, BackupStore store, Compression compression, Shutdown shutdown) {
        Connectivity.check(settings.connection(), store, settings.store().display());
        Duration interval = options.once() ? Duration.ZERO : settings.interval();
        BackupCycle cycle = cycle(settings, new ClientTools(running.binDirs()), store, compression, interval);
        ServiceLoop loop = new ServiceLoop("Backup", cycle, shutdown, Clock.systemUTC());
        if (options.once()) {
            return loop.once().exitCode();
        }
        loop.forever(settings.interval());
        return 0;
    }

    /** @param interval after which the next backup is due, for the manifest; zero if none is planned */
    static BackupCycle cycle(
            BackupSettings settings, ClientTools tools, BackupStore store, Compression compression, Duration interval) {
        Clock clock = Clock.systemUTC();
        List<String> dumpOptions = PgDump.options(settings.privileges(), settings.dumpOptions());
        return new BackupCycle(
                new SourceDatabase(
                        settings.connection(), lock(settings.store()), settings.privileges(), settings.limits()),
                tools,
                store,
                compression,
                new ManifestWriter(interval, dumpOptions, Version.current(), clock),
                dumpOptions,
                new Pruner(store, new Retention(settings.retentionDays(), settings.minimumKept()), clock),
                clock);
    }

    private void describe(BackupSettings settings, Compression compression) {
        log.info(
                "pgproof backup {}: {} to {}, {}",
                Version.current(),
                settings.connection().display(),
                settings.store().display(),
                options.once() ? "once" : "every " + Quantity.duration(settings.interval()));
        log.info(
                "Retention: {}, at least {} besides the newest; compression: {}; {}{}",
                Quantity.count(settings.retentionDays(), "day"),
                settings.minimumKept(),
                compression,
                settings.privileges() ? "with owners and grants" : "without owners and grants",
                settings.dumpOptions().isEmpty() ? "" : "; pg_dump " + String.join(" ", settings.dumpOptions()));
    }

    /** The same for every backup service that writes into the same prefix, however each of them spells the endpoint. */
    static long lock(S3Settings store) {
        String place = "pgproof backup\n" + store.bucket() + "\n" + store.prefix();
        return Digest.of(place.getBytes(StandardCharsets.UTF_8)).low();
    }
}
