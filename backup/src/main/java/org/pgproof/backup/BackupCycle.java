package org.pgproof.backup;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.pgproof.archive.Compression;
import org.pgproof.backup.retention.Pruner;
import org.pgproof.backup.source.DumpRecording;
import org.pgproof.backup.source.ManifestWriter;
import org.pgproof.backup.source.PgDump;
import org.pgproof.backup.source.SchemaChangedException;
import org.pgproof.backup.source.SchemaChanges;
import org.pgproof.backup.source.SourceDatabase;
import org.pgproof.backup.source.SourceSnapshot;
import org.pgproof.manifest.Manifest;
import org.pgproof.manifest.ManifestFile;
import org.pgproof.postgres.ClientTool;
import org.pgproof.postgres.ClientTools;
import org.pgproof.service.Cycle;
import org.pgproof.service.Outcome;
import org.pgproof.service.Quantity;
import org.pgproof.service.Stopwatch;
import org.pgproof.store.BackupKey;
import org.pgproof.store.BackupStore;
import org.pgproof.store.Upload;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/** Dumps the database, publishes the dump with its manifest, then prunes what retention has expired. */
final class BackupCycle implements Cycle {
    private static final Logger log = LoggerFactory.getLogger(BackupCycle.class);

    private static final int TRIES = 3;

    private final SourceDatabase database;
    private final ClientTools tools;
    private final BackupStore store;
    private final Compression compression;
    private final ManifestWriter manifests;
    private final List<String> dumpOptions;
    private final Pruner pruner;
    private final Clock clock;
    private List<String> toldLeftOut = List.of();

    BackupCycle(
            SourceDatabase database,
            ClientTools tools,
            BackupStore store,
            Compression compression,
            ManifestWriter manifests,
            List<String> dumpOptions,
            Pruner pruner,
            Clock clock) {
        this.database = database;
        this.tools = tools;
        this.store = store;
        this.compression = compression;
        this.manifests = manifests;
        this.dumpOptions = dumpOptions;
        this.pruner = pruner;
        this.clock = clock;
    }

    @Override
    public Outcome run() throws IOException, InterruptedException {
        Manifest published = backUp();
        prune(published);
        return Outcome.SUCCEEDED;
    }

    /** What changes while pg_dump begins makes it fail, or leave something out without a word: it is tried again. */
    private Manifest backUp() throws IOException, InterruptedException {
        for (int tries = 1; ; tries++) {
            try {
                return backUpOnce();
            } catch (SchemaChangedException e) {
                if (tries == TRIES) {
                    throw e;
                }
                log.warn("{}; trying again", e.getMessage(), e);
            }
        }
    }

    private Manifest backUpOnce() throws IOException, InterruptedException {
        Instant started = clock.instant();
        Stopwatch stopwatch = Stopwatch.start();
        log.info("Starting backup {}", BackupKey.at(started));
        try (SourceSnapshot snapshot = database.snapshot()) {
            ClientTool pgDump = tools.forServer("pg_dump", snapshot.version());
            try (Upload upload =
                    store.begin(BackupKey.at(started), snapshot.facts().databaseBytes())) {
                Manifest manifest = dump(pgDump, snapshot, started, upload);
                upload.publish(out -> ManifestFile.write(manifest, out)); // the only line that makes a backup visible
                report(manifest, stopwatch.elapsed());
                return manifest;
            }
        }
    }

    /** Streams the dump into the upload: pg_dump, scanner, gzip members, parts. Nothing is visible yet. */
    private Manifest dump(ClientTool tool, SourceSnapshot snapshot, Instant started, Upload upload)
            throws IOException, InterruptedException {
        try (DumpRecording recording = new DumpRecording(upload.body(), compression);
                PgDump pgDump = PgDump.start(tool, snapshot, dumpOptions)) {
            pgDump.awaitLocks();
            SchemaChanges changes = snapshot.changesOfDefinitions();
            recording.record(pgDump.stdout());
            List<String> warnings = pgDump.awaitSuccess(changes); // the end of its output alone does not mean success
            recording.requireComplete(changes.and(snapshot.changesOfRows()));
            List<String> found = Stream.of(snapshot.facts().warnings(), recording.warnings())
                    .flatMap(List::stream)
                    .toList();
            found.forEach(log::warn);
            warnings.forEach(warning -> log.warn("pg_dump: {}", warning));
            return manifests.manifest(
                    upload.key(),
                    started,
                    tool,
                    snapshot.facts(),
                    recording,
                    Stream.of(warnings, found).flatMap(List::stream).toList());
        }
    }

    private void report(Manifest manifest, Duration took) {
        if (manifest.tables().isEmpty() && manifest.insertedTables().isEmpty()) {
            log.warn(
                    "The database has no tables with rows in this dump: is {} the right one?",
                    manifest.source().database());
        }
        log.atLevel(manifest.leftOut().equals(toldLeftOut) ? Level.INFO : Level.WARN)
                .log(
                        "Not in this backup: {}; docs/left-out.md says how to keep it",
                        String.join(", ", manifest.leftOut()));
        toldLeftOut = manifest.leftOut();
        log.atInfo()
                .addKeyValue("key", manifest.key())
                .addKeyValue("bytes", manifest.dump().bytes())
                .addKeyValue("uncompressedBytes", manifest.dump().uncompressedBytes())
                .addKeyValue("tables", manifest.tables().size())
                .addKeyValue("rows", manifest.rows())
                .addKeyValue("seconds", took)
                .log(
                        "Backup published {} ({} from {}, {}, {}, {})",
                        manifest.key(),
                        Quantity.bytes(manifest.dump().bytes()),
                        Quantity.bytes(manifest.dump().uncompressedBytes()),
                        Quantity.count(manifest.tables().size(), "table"),
                        Quantity.count(manifest.rows(), "row"),
                        Quantity.rate(manifest.dump().uncompressedBytes(), took));
    }

    private void prune(Manifest published) throws InterruptedIOException {
        try {
            int pruned = pruner.prune(BackupKey.parse(published.key()).orElseThrow(), published.source());
            log.info("Retention: {} pruned", Quantity.count(pruned, "expired backup"));
        } catch (InterruptedIOException e) {
            throw e;
        } catch (IOException e) {
            log.warn("Expired backups could not all be pruned: {}", e.getMessage(), e);
        }
    }
}
