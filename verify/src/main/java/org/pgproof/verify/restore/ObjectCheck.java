package org.pgproof.verify.restore;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.pgproof.dump.CorruptArchiveException;
import org.pgproof.dump.DumpScanner;
import org.pgproof.dump.GunzipStream;
import org.pgproof.manifest.Check;
import org.pgproof.manifest.Check.Name;
import org.pgproof.manifest.Manifest;
import org.pgproof.manifest.ManifestComparison;
import org.pgproof.service.Quantity;
import org.pgproof.store.BackupStore;
import org.pgproof.store.DigestInputStream;
import org.pgproof.store.ObjectKind;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decides whether the objects in the store are those that were published: the manifest that of this backup, the dump
 * what the manifest says of the file, of its statements and of its rows.
 *
 * @param reading what the dump's text said while it was restored, without hashes of its rows
 */
record ObjectCheck(BackupStore store, ChosenBackup backup, DumpReading reading) {
    private static final Logger log = LoggerFactory.getLogger(ObjectCheck.class);

    private static final int CHUNK = 64 * 1024;

    /**
     * Makes the check.
     *
     * @param object the dump, read to its end
     * @param unpacked size of what it unpacked to; negative where the reading of it was stopped
     * @param whole whether the dump's text is complete
     * @param restored whether it was restored, so that its rows can be compared there
     */
    Check check(DigestInputStream object, long unpacked, boolean whole, boolean restored) {
        Optional<String> damage = backup.manifestDamage();
        if (backup.manifest().isEmpty()) {
            return damage.map(reason -> Check.failed(Name.OBJECT, reason))
                    .orElseGet(() -> Check.skipped(Name.OBJECT, "no manifest says what it should be"));
        }
        Manifest manifest = backup.manifest().get();
        List<String> problems = new ArrayList<>();
        damage.ifPresent(problems::add);
        if (!manifest.key().equals(backup.key().toString())) {
            problems.add("the manifest beside it is that of " + manifest.key());
        } else {
            fileProblem(manifest.dump(), object, unpacked).ifPresent(problems::add);
            boolean doubtful = !problems.isEmpty() || !restored;
            List<String> differences = whole ? text(doubtful).differences(manifest) : List.of();
            if (!differences.isEmpty()) {
                problems.add(
                        "its text is not what the manifest describes: " + ManifestComparison.shortened(differences));
            }
        }
        return problems.isEmpty()
                ? Check.passed(Name.OBJECT, Quantity.bytes(object.bytes()) + ", SHA-256 as in the manifest")
                : Check.failed(Name.OBJECT, String.join("; ", problems));
    }

    private static Optional<String> fileProblem(Manifest.DumpFile expected, DigestInputStream object, long unpacked) {
        if (expected.bytes() != object.bytes()) {
            return Optional.of("expected " + expected.bytes() + " bytes, found " + object.bytes());
        }
        String sha256 = object.sha256();
        if (!expected.sha256().equals(sha256)) {
            return Optional.of("expected SHA-256 " + expected.sha256() + ", found " + sha256);
        }
        return unpacked < 0 || expected.uncompressedBytes() == unpacked
                ? Optional.empty()
                : Optional.of("expected " + expected.uncompressedBytes() + " bytes unpacked, found " + unpacked);
    }

    /** Where something is wrong, the dump is read again: hashes of its rows tell which tables are not as dumped. */
    private DumpReading text(boolean doubtful) {
        if (!doubtful) {
            return reading;
        }
        DumpReading hashed = new DumpReading(true);
        try (GunzipStream dump = new GunzipStream(store.open(backup.key(), ObjectKind.DUMP))) {
            DumpScanner scanner = new DumpScanner(hashed);
            byte[] chunk = new byte[CHUNK];
            for (int read = dump.read(chunk, 0, CHUNK); read >= 0; read = dump.read(chunk, 0, CHUNK)) {
                scanner.write(chunk, 0, read);
            }
            scanner.end();
            return hashed;
        } catch (CorruptArchiveException e) {
            return reading;
        } catch (IOException e) {
            log.warn("The dump could not be read again to compare its rows: {}", e.getMessage());
            return reading;
        }
    }
}
