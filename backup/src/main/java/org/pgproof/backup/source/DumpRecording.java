package org.pgproof.backup.source;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import org.pgproof.archive.Compression;
import org.pgproof.archive.DigestOutputStream;
import org.pgproof.archive.GzipMembers;
import org.pgproof.archive.Layout;
import org.pgproof.dump.DumpScanner;
import org.pgproof.manifest.DumpContents;
import org.pgproof.manifest.Manifest;
import org.pgproof.manifest.ManifestComparison;
import org.pgproof.manifest.Misreading;

/** Compresses one dump into the store and writes down what it contains. */
public final class DumpRecording implements AutoCloseable {
    private final DumpContents contents = new DumpContents();
    private final DumpScanner scanner = DumpScanner.readingAsServer(contents);
    private final DigestOutputStream file;
    private final GzipMembers members;

    /** @param out receives the compressed dump; is not closed */
    public DumpRecording(OutputStream out, Compression compression) {
        this.file = new DigestOutputStream(out);
        this.members = compression.members(file);
    }

    /** Reads the dump to its end; does not close it. */
    public void record(InputStream dump) throws IOException, InterruptedException {
        DumpStream.transfer(dump, scanner, members);
        contents.end(scanner.position());
    }

    /**
     * Holds only for a dump that is whole, and says why another is not.
     *
     * @param changes what others changed in the database meanwhile
     * @throws SchemaChangedException if the dump may lack something for that, or hold two states of it
     */
    public void requireComplete(SchemaChanges changes) throws IOException {
        if (scanner.position() == 0) {
            throw new IOException("pg_dump wrote nothing and ended with success: its output is not a backup");
        }
        if (!scanner.complete()) {
            throw new IOException("pg_dump ended with success and its dump is not whole: "
                    + scanner.incompleteBecause().orElse("unknown"));
        }
        if (!contents.problems().isEmpty()) {
            throw new IOException("the dump holds what no dump should: " + String.join("; ", contents.problems()));
        }
        if (!contents.gone().isEmpty()) {
            throw new SchemaChangedException(
                    "pg_dump ended with success and wrote no whole definition of "
                            + ManifestComparison.shortened(contents.gone()) + ", dropped or replaced while it began",
                    null);
        }
        changes.requireNoneIn(contents);
    }

    /** Returns what the dump says and a restore will not take. */
    public List<String> warnings() {
        return contents.misreadByPsql().isEmpty()
                ? List.of()
                : List.of(Misreading.of(contents.misreadByPsql()) + ", so that THIS BACKUP DOES NOT RESTORE by psql: "
                        + Misreading.REMEDY);
    }

    DumpContents contents() {
        return contents;
    }

    Manifest.DumpFile file() {
        return new Manifest.DumpFile(
                file.bytes(),
                file.sha256(),
                scanner.position(),
                contents.clientEncoding(),
                contents.statementsDigest());
    }

    Layout layout() {
        return contents.layout(scanner.position(), members.listed());
    }

    @Override
    public void close() {
        members.close();
    }
}
