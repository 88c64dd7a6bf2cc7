package org.pgproof.verify.comparison;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import org.pgproof.dump.DumpScanner;
import org.pgproof.manifest.DumpContents;
import org.pgproof.manifest.Manifest;
import org.pgproof.postgres.ClientTool;
import org.pgproof.postgres.ConnectionSettings;
import org.pgproof.postgres.PgProcess;
import org.pgproof.postgres.Queries;
import org.pgproof.verify.server.TemporaryDatabase;

/** Dumps the restored database again, without its rows, through the same scanner that saw the first dump. */
final class RestoredSchema {
    private static final int CHUNK = 64 * 1024;

    private RestoredSchema() {}

    /**
     * Returns what the restored database says of itself.
     *
     * @param database that is dumped again
     * @param session with which the database is reached, so that it words definitions as the source did
     * @param schemas the database's own schemas
     * @param largeObjects whether large objects are to be read too
     */
    static DumpContents read(
            ClientTool pgDump,
            TemporaryDatabase database,
            ConnectionSettings session,
            Manifest manifest,
            List<String> schemas,
            boolean largeObjects)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(pgDump.path().toString());
        command.add("--no-password");
        command.add("--format=plain");
        command.addAll(DumpChoices.of(manifest).wording());
        command.add("--encoding=" + manifest.dump().encoding());
        if (DumpChoices.of(manifest).choosesSchemas()) {
            schemas.forEach(schema -> command.add("--schema=" + Queries.identifier(schema)));
        }
        // Asked for the schema alone, pg_dump leaves large objects out.
        command.add(largeObjects ? "--exclude-table-data=*.*" : "--schema-only");
        session.connectionString().ifPresent(text -> command.add("--dbname=" + text));
        DumpContents contents = DumpContents.toCompare();
        DumpScanner scanner = new DumpScanner(contents);
        try (PgProcess process = database.hold(PgProcess.start(command, session))) {
            InputStream dump = process.stdout();
            byte[] chunk = new byte[CHUNK];
            for (int read = dump.read(chunk); read >= 0; read = dump.read(chunk)) {
                scanner.write(chunk, 0, read);
            }
            process.awaitSuccess();
        }
        scanner.end();
        contents.end(scanner.position());
        if (!scanner.complete()) {
            throw new IOException("the restored database could not be dumped again: "
                    + scanner.incompleteBecause().orElse("its dump is not complete"));
        }
        return contents;
    }
}
