package org.pgproof.verify.restore;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.pgproof.definition.SchemaObject;
import org.pgproof.dump.sql.RelationName;
import org.pgproof.receipt.Check;

/**
 * What a restore found out.
 *
 * @param object whether the object is the manifest's
 * @param archive whether the file is intact and the dump whole
 * @param restore whether the server took all of it without an error
 * @param bytes of the object that were read
 * @param sha256 digest of these bytes
 * @param uncompressedBytes what they unpacked to
 * @param views materialized views that the dump fills, in its order; they are not filled yet
 * @param proven the definitions in the dump's own text, where each is the one that was dumped; else none
 * @param contested why several sessions could not restore it, which says nothing of what one can; then no check was made
 * @param phases how long each part of the restore took, by name
 */
public record Restoration(
        Check object,
        Check archive,
        Check restore,
        long bytes,
        String sha256,
        long uncompressedBytes,
        List<RelationName> views,
        List<SchemaObject> proven,
        Optional<String> contested,
        Map<String, Duration> phases) {

    /** What several sessions did not restore: with one it must be asked again. */
    static Restoration contested(String reason, Map<String, Duration> phases) {
        return new Restoration(
                Check.skipped(Check.Name.OBJECT, reason),
                Check.skipped(Check.Name.ARCHIVE, reason),
                Check.skipped(Check.Name.RESTORE, reason),
                0,
                "",
                0,
                List.of(),
                List.of(),
                Optional.of(reason),
                phases);
    }

    /** Returns the three checks. */
    public List<Check> checks() {
        return List.of(object, archive, restore);
    }

    /** Returns why nothing further can be looked at; empty when the database is there. */
    public Optional<String> obstacle() {
        return restore.result() == Check.Result.PASSED ? Optional.empty() : Optional.of("the backup did not restore");
    }
}
