package org.pgproof.verify;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.pgproof.archive.Layout;
import org.pgproof.definition.SchemaObject;
import org.pgproof.manifest.Manifest;
import org.pgproof.manifest.contents.TableContent;

/** Manifests that differ from another one in something. */
public final class Manifests {
    private Manifests() {}

    static Manifest with(Manifest from, Manifest.DumpFile dump, List<TableContent> tables, Layout layout) {
        return with(from, from.key(), from.interval(), dump, tables, from.objects(), layout);
    }

    public static Manifest ofTables(List<TableContent> tables) {
        return of(tables, List.of(), List.of(), List.of());
    }

    public static Manifest ofDefinitions(
            List<String> dumpOptions, List<SchemaObject> objects, List<String> forSuperusers) {
        return of(List.of(), dumpOptions, objects, forSuperusers);
    }

    private static Manifest of(
            List<TableContent> tables,
            List<String> dumpOptions,
            List<SchemaObject> objects,
            List<String> forSuperusers) {
        return new Manifest(
                Manifest.FORMAT,
                "backup_20260211_093022",
                Instant.EPOCH,
                Instant.EPOCH,
                Instant.EPOCH,
                0,
                new Manifest.Source("shop", "1", "15.1", "UTF8", "C", "C", "C", "libc", null, new TreeMap<>()),
                "15.1",
                "1.0.0",
                dumpOptions,
                new Manifest.DumpFile(1, "0".repeat(64), 1, "UTF8", "0".repeat(32)),
                tables,
                objects,
                new TreeMap<>(),
                List.of(),
                new Manifest.LargeObjects(0, 0, ""),
                List.of(),
                List.of(),
                List.of(),
                forSuperusers,
                List.of(),
                new Layout(new Layout.Span(0, 0), new Layout.Span(0, 0), new Layout.Span(0, 1), List.of(), List.of()),
                List.of(),
                List.of());
    }

    static Manifest withKeyAndInterval(Manifest from, String key, long interval) {
        return with(from, key, interval, from.dump(), from.tables(), from.objects(), from.layout());
    }

    static Manifest withExtension(Manifest from, String name) {
        List<SchemaObject> objects = new ArrayList<>(from.objects());
        objects.add(new SchemaObject("EXTENSION", "", name, "00"));
        return with(from, from.key(), from.interval(), from.dump(), from.tables(), objects, from.layout());
    }

    private static Manifest with(
            Manifest from,
            String key,
            long interval,
            Manifest.DumpFile dump,
            List<TableContent> tables,
            List<SchemaObject> objects,
            Layout layout) {
        return new Manifest(
                from.format(),
                key,
                from.snapshotAt(),
                from.dumpedAt(),
                from.publishedAt(),
                interval,
                from.source(),
                from.clientVersion(),
                from.pgproofVersion(),
                from.dumpOptions(),
                dump,
                tables,
                objects,
                from.counts(),
                from.sequences(),
                from.largeObjects(),
                from.extensions(),
                from.roles(),
                from.rowTypes(),
                from.forSuperusers(),
                from.insertedTables(),
                layout,
                from.leftOut(),
                from.warnings());
    }
}
