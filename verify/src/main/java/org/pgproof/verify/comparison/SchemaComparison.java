package org.pgproof.verify.comparison;

import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Stream;
import org.pgproof.manifest.Check;
import org.pgproof.manifest.Check.Name;
import org.pgproof.manifest.DumpContents;
import org.pgproof.manifest.Manifest;
import org.pgproof.manifest.ManifestComparison;
import org.pgproof.manifest.ManifestComparison.Versions;
import org.pgproof.manifest.PackedObjects;
import org.pgproof.manifest.SchemaObject;
import org.pgproof.postgres.ClientTool;
import org.pgproof.postgres.ClientTools;
import org.pgproof.postgres.ServerVersion;
import org.pgproof.service.Quantity;
import org.pgproof.verify.server.TemporaryDatabase;

/**
 * Decides the checks on structure and on large objects, by dumping the restored database again.
 *
 * @param proven the definitions in the dump's own text, where each is that of the manifest; else empty
 */
record SchemaComparison(TemporaryDatabase database, Manifest manifest, List<SchemaObject> proven, ClientTools tools) {
    List<Check> checks(RestoredCatalog catalog, Connection connection)
            throws IOException, InterruptedException, SQLException {
        boolean largeObjects = manifest.largeObjects().count() > 0 || catalog.hasLargeObjects();
        ServerVersion dumpedBy = ServerVersion.parse(manifest.clientVersion());
        ServerVersion server = database.server().version();
        ClientTool pgDump = tools.forServer("pg_dump", dumpedBy.major() > server.major() ? dumpedBy : server);
        DumpContents found = RestoredSchema.read(
                pgDump,
                ReadingSettings.dumping(connection, database, manifest),
                manifest,
                catalog.schemas(),
                largeObjects);
        Versions expectedBy = new Versions(ServerVersion.parse(manifest.source().serverVersion()), dumpedBy);
        Versions foundBy = new Versions(server, pgDump.version());
        return List.of(structure(found, catalog.populatedViews(), expectedBy, foundBy), largeObjects(found));
    }

    private Check structure(DumpContents found, List<SchemaObject> populated, Versions expectedBy, Versions foundBy) {
        List<SchemaObject> objects = new PackedObjects();
        found.objects().stream()
                .filter(object -> !object.kind().equals("MATERIALIZED VIEW DATA"))
                .forEach(objects::add);
        objects.addAll(populated);
        ManifestComparison.Objects result = ManifestComparison.objects(
                proven.isEmpty() ? manifest.objects() : proven, expectedBy, objects, foundBy);
        List<String> notCompared = notCompared(result);
        if (!result.differences().isEmpty()) {
            return Check.failed(Name.STRUCTURE, ManifestComparison.shortened(result.differences()))
                    .without(notCompared);
        }
        return Check.passed(Name.STRUCTURE, figures(result)).without(notCompared);
    }

    private static List<String> notCompared(ManifestComparison.Objects result) {
        return Stream.concat(
                        result.unknown().stream()
                                .map(object -> object + ": what differs may be the wording of a PostgreSQL version that"
                                        + " this software does not know, so its name was compared"),
                        result.unlike().stream()
                                .map(object -> object
                                        + ": its statement is the one that was dumped, and the server words"
                                        + " it in a way that this software does not know, so its name was compared"))
                .toList();
    }

    private static String figures(ManifestComparison.Objects result) {
        return Quantity.count(result.compared()) + " definitions compared"
                + (result.reworded() == 0
                        ? ""
                        : ", " + Quantity.count(result.reworded())
                                + " of them without what the two major versions word differently");
    }

    private Check largeObjects(DumpContents found) {
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
