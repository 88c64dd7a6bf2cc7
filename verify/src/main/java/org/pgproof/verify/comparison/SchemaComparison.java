package org.pgproof.verify.comparison;

import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.pgproof.definition.SchemaObject;
import org.pgproof.manifest.DumpContents;
import org.pgproof.manifest.Manifest;
import org.pgproof.manifest.ManifestComparison;
import org.pgproof.manifest.ManifestComparison.Versions;
import org.pgproof.manifest.contents.PackedObjects;
import org.pgproof.postgres.ClientTool;
import org.pgproof.postgres.ClientTools;
import org.pgproof.postgres.ServerVersion;
import org.pgproof.receipt.Check;
import org.pgproof.receipt.Check.Name;
import org.pgproof.service.Quantity;
import org.pgproof.verify.server.TemporaryDatabase;

/**
 * Decides the checks on structure and on large objects, by dumping the restored database again.
 *
 * @param proven the definitions in the dump's own text, where each is that of the manifest; else empty
 */
record SchemaComparison(TemporaryDatabase database, Manifest manifest, List<SchemaObject> proven, ClientTools tools) {
    /**
     * What the restored database said of itself.
     *
     * @param expectedBy who worded the definitions of the manifest
     * @param foundBy who worded those of the restored database
     */
    record Reading(DumpContents found, Versions expectedBy, Versions foundBy) {}

    /** Dumps the restored database again, without its rows. */
    Reading read(RestoredCatalog catalog, Connection connection)
            throws IOException, InterruptedException, SQLException {
        boolean largeObjects = manifest.largeObjects().count() > 0 || catalog.hasLargeObjects();
        ServerVersion dumpedBy = ServerVersion.parse(manifest.clientVersion());
        ServerVersion server = database.server().version();
        ClientTool pgDump = tools.forServer("pg_dump", dumpedBy.major() > server.major() ? dumpedBy : server);
        DumpContents found = RestoredSchema.read(
                pgDump,
                database,
                ReadingSettings.dumping(connection, database, manifest),
                manifest,
                catalog.schemas(),
                largeObjects);
        return new Reading(
                found,
                new Versions(ServerVersion.parse(manifest.source().serverVersion()), dumpedBy),
                new Versions(server, pgDump.version()));
    }

    /** @param views that were filled, after all else */
    Check structure(Reading reading, RestoredCatalog catalog, MaterializedViews views) throws SQLException {
        List<SchemaObject> objects = new PackedObjects();
        reading.found().objects().stream()
                .filter(object -> !object.kind().equals("MATERIALIZED VIEW DATA"))
                .forEach(objects::add);
        objects.addAll(catalog.populatedViews());
        views.leftEmpty().forEach(view -> objects.add(DumpContents.populated(view.schema(), view.name())));
        ManifestComparison.Objects result = ManifestComparison.objects(
                proven.isEmpty() ? manifest.objects() : proven, reading.expectedBy(), objects, reading.foundBy());
        List<String> notCompared = notCompared(result, views);
        List<String> differences = new ArrayList<>(views.failures());
        differences.addAll(result.differences());
        if (!differences.isEmpty()) {
            return Check.failed(Name.STRUCTURE, ManifestComparison.shortened(differences))
                    .withSkipped(notCompared);
        }
        return Check.passed(Name.STRUCTURE, figures(result)).withSkipped(notCompared);
    }

    private static List<String> notCompared(ManifestComparison.Objects result, MaterializedViews views) {
        Stream<String> unknown = result.unknown().stream()
                .map(object -> object + ": what differs may be the wording of a PostgreSQL version that"
                        + " this software does not know, so its name was compared");
        Stream<String> unlike = result.unlike().stream()
                .map(object -> object + ": its statement is the one that was dumped, and the server words"
                        + " it in a way that this software does not know, so its name was compared");
        Stream<String> empty = views.leftEmpty().stream()
                .map(view -> "MATERIALIZED VIEW " + view
                        + ": it was not filled, because its query reads from another server, or a function in it may: a"
                        + " drill leaves those alone");
        return Stream.of(unknown, unlike, empty).flatMap(all -> all).toList();
    }

    private static String figures(ManifestComparison.Objects result) {
        return Quantity.count(result.compared()) + " definitions compared"
                + (result.reworded() == 0
                        ? ""
                        : ", " + Quantity.count(result.reworded())
                                + " of them without what the two major versions word differently");
    }

    Check largeObjects(Reading reading) {
        DumpContents found = reading.found();
        Manifest.LargeObjects expected = manifest.largeObjects();
        if (!expected.equals(found.largeObjects())) {
            return Check.failed(
                    Name.LARGE_OBJECTS, "expected " + display(expected) + ", found " + display(found.largeObjects()));
        }
        return Check.passed(Name.LARGE_OBJECTS, expected.count() + " compared");
    }

    private static String display(Manifest.LargeObjects all) {
        return all.count() + " of " + all.bytes() + " bytes, " + all.fingerprint();
    }
}
