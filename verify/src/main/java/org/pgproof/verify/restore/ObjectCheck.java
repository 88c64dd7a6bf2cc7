package org.pgproof.verify.restore;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.pgproof.manifest.Manifest;
import org.pgproof.manifest.ManifestComparison;
import org.pgproof.receipt.Check;
import org.pgproof.receipt.Check.Name;
import org.pgproof.service.Quantity;
import org.pgproof.store.BackupStore;
import org.pgproof.verify.server.CouldNotVerifyException;
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

    /** Says of what is wrong that it was found in two readings. */
    static final String READ_TWICE = " (read twice, the same both times)";

    /**
     * Makes the check. Where the object is not what it should be, it is read once more before that is said.
     *
     * @param first what it turned out to be
     * @param whole whether the dump's archive is intact and its text complete
     * @param restored whether it was restored, so that its rows can be compared there
     * @throws CouldNotVerifyException when a second reading gives other bytes
     * @throws IOException when there can be no second reading
     */
    Check check(ObjectReading first, boolean whole, boolean restored) throws IOException, CouldNotVerifyException {
        Optional<String> difference = backup.manifest().flatMap(manifest -> first.difference(manifest.dump()));
        boolean damaged = !whole && !first.stopped();
        boolean wrong = damaged || difference.isPresent();
        Optional<SecondReading> second = wrong ? Optional.of(SecondReading.of(store, backup.key())) : Optional.empty();
        if (second.isPresent()) {
            second.get().confirm(first);
        }
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
            difference.map(text -> text + READ_TWICE).ifPresent(problems::add);
            boolean doubtful = !problems.isEmpty() || !restored;
            List<String> differences = whole ? text(doubtful, second).differences(manifest) : List.of();
            if (!differences.isEmpty()) {
                problems.add(
                        "its text is not what the manifest describes: " + ManifestComparison.shortened(differences));
            }
        }
        return problems.isEmpty()
                ? Check.passed(Name.OBJECT, Quantity.bytes(first.bytes()) + ", SHA-256 as in the manifest")
                : Check.failed(Name.OBJECT, String.join("; ", problems));
    }

    /** Where something is wrong, the dump is read again: hashes of its rows tell which tables are not as dumped. */
    private DumpReading text(boolean doubtful, Optional<SecondReading> second) {
        if (!doubtful) {
            return reading;
        }
        try {
            SecondReading hashed = second.isPresent() ? second.get() : SecondReading.of(store, backup.key());
            return hashed.text().orElse(reading);
        } catch (IOException e) {
            log.warn("The dump could not be read again to compare its rows: {}", e.getMessage());
            return reading;
        }
    }
}
