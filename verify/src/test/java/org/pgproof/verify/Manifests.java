package org.pgproof.verify;

import java.util.ArrayList;
import java.util.List;
import org.pgproof.manifest.Layout;
import org.pgproof.manifest.Manifest;
import org.pgproof.manifest.SchemaObject;
import org.pgproof.manifest.TableContent;

/** Manifests that differ from another one in something. */
final class Manifests {
    private Manifests() {}

    static Manifest with(Manifest from, Manifest.DumpFile dump, List<TableContent> tables, Layout layout) {
        return with(from, from.key(), from.interval(), dump, tables, from.objects(), layout);
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
                from.insertedTables(),
                layout,
                from.leftOut(),
                from.warnings());
    }
}
