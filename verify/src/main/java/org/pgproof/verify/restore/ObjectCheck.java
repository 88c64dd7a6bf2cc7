package org.pgproof.verify.restore;

import java.util.List;
import java.util.Optional;
import org.pgproof.manifest.Check;
import org.pgproof.manifest.Check.Name;
import org.pgproof.manifest.Manifest;
import org.pgproof.manifest.ManifestComparison;
import org.pgproof.service.Quantity;

/**
 * Decides whether the object that was read is the one that the manifest describes.
 *
 * @param bytes that were read
 * @param sha256 of them
 * @param unpacked bytes they unpacked to
 */
record ObjectCheck(long bytes, String sha256, long unpacked) {
    /** @param text what the dump's own text said; empty where it was not read to its end */
    Check of(ChosenBackup backup, Optional<DumpReading> text) {
        if (backup.manifest().isEmpty()) {
            return backup.lacksManifest()
                    ? Check.failed(Name.OBJECT, "it is one of ours, and its manifest is gone or unreadable")
                    : Check.skipped(Name.OBJECT, "no manifest says what it should be");
        }
        Manifest manifest = backup.manifest().get();
        Manifest.DumpFile expected = manifest.dump();
        if (!manifest.key().equals(backup.key().toString())) {
            return Check.failed(Name.OBJECT, "the manifest beside it is that of " + manifest.key());
        }
        if (expected.bytes() != bytes) {
            return Check.failed(Name.OBJECT, "expected " + expected.bytes() + " bytes, found " + bytes);
        }
        if (!expected.sha256().equals(sha256)) {
            return Check.failed(Name.OBJECT, "expected SHA-256 " + expected.sha256() + ", found " + sha256);
        }
        if (expected.uncompressedBytes() != unpacked) {
            return Check.failed(
                    Name.OBJECT, "expected " + expected.uncompressedBytes() + " bytes unpacked, found " + unpacked);
        }
        List<String> differences =
                text.map(reading -> reading.differences(manifest)).orElse(List.of());
        if (!differences.isEmpty()) {
            return Check.failed(
                    Name.OBJECT,
                    "its text is not what the manifest describes: " + ManifestComparison.shortened(differences));
        }
        return Check.passed(Name.OBJECT, Quantity.bytes(bytes) + ", SHA-256 as in the manifest");
    }
}
