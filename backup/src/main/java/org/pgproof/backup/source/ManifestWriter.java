package org.pgproof.backup.source;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.pgproof.manifest.DumpContents;
import org.pgproof.manifest.Manifest;
import org.pgproof.postgres.ClientTool;
import org.pgproof.store.BackupKey;

/**
 * Puts together what the scanner, the catalog and the settings say of a backup.
 *
 * @param interval how often backups are made; zero for a run on its own
 * @param dumpOptions with which {@code pg_dump} ran
 */
public record ManifestWriter(Duration interval, List<String> dumpOptions, String pgproofVersion, Clock clock) {

    public Manifest manifest(
            BackupKey key,
            Instant snapshotAt,
            ClientTool tool,
            CatalogFacts facts,
            DumpRecording recording,
            List<String> warnings) {
        Instant now = clock.instant();
        DumpContents contents = recording.contents();
        return new Manifest(
                Manifest.FORMAT,
                key.toString(),
                snapshotAt,
                now,
                now,
                interval.toSeconds(),
                facts.source(),
                tool.version().toString(),
                pgproofVersion,
                dumpOptions,
                recording.file(),
                contents.tables(),
                contents.objects(),
                contents.counts(),
                contents.sequences(),
                contents.largeObjects(),
                facts.extensions(),
                facts.roles(),
                facts.rowTypes(),
                facts.forSuperusers(),
                contents.insertedTables(),
                recording.layout(),
                Stream.of(facts.leftOut(), DumpOptions.leftOut(dumpOptions))
                        .flatMap(List::stream)
                        .toList(),
                warnings);
    }
}
