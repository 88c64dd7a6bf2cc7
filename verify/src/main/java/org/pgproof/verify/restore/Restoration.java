package org.pgproof.verify.restore;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.pgproof.manifest.Check;
import org.pgproof.manifest.SchemaObject;

/**
 * What a restore found out.
 *
 * @param object whether the object is the manifest's
 * @param archive whether the file is intact and the dump whole
 * @param restore whether the server took all of it without an error
 * @param bytes of the object that were read
 * @param uncompressedBytes what they unpacked to
 * @param proven the definitions in the dump's own text, where each is the one that was dumped; else none
 * @param phases how long each part of the restore took, by name
 */
public record Restoration(
        Check object,
        Check archive,
        Check restore,
        long bytes,
        long uncompressedBytes,
        List<SchemaObject> proven,
        Map<String, Duration> phases) {

    /** Returns the three checks. */
    public List<Check> checks() {
        return List.of(object, archive, restore);
    }

    /** Returns why nothing further can be looked at; empty when the database is there. */
    public Optional<String> obstacle() {
        return restore.result() == Check.Result.PASSED ? Optional.empty() : Optional.of("the backup did not restore");
    }
}
