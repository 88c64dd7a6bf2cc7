package org.pgproof.verify;

import java.io.IOException;
import java.io.InputStream;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.pgproof.archive.DumpMark;
import org.pgproof.manifest.ManifestFile;
import org.pgproof.store.BackupKey;
import org.pgproof.store.BackupStore;
import org.pgproof.store.ObjectKind;
import org.pgproof.store.StoredObject;
import org.pgproof.verify.restore.ChosenBackup;
import org.pgproof.verify.server.CouldNotVerifyException;

/** Finds the newest backup, or the named one, and what says what it contains. */
final class BackupChooser {
    private static final Comparator<StoredObject> NEWEST_FIRST = Comparator.comparing(StoredObject::made)
            .thenComparing(StoredObject::key)
            .reversed();

    private final BackupStore store;
    private final Optional<BackupKey> named;

    /** @param named the one backup to verify; empty for the newest */
    BackupChooser(BackupStore store, Optional<BackupKey> named) {
        this.store = store;
        this.named = named;
    }

    /** @throws CouldNotVerifyException when there is no such backup or the store cannot be read */
    ChosenBackup choose() throws IOException, CouldNotVerifyException {
        List<StoredObject> objects = store.list();
        List<StoredObject> dumps = objects.stream()
                .filter(object -> object.kind() == ObjectKind.DUMP)
                .sorted(NEWEST_FIRST)
                .toList();
        StoredObject dump = dumps.stream()
                .filter(object -> named.isEmpty() || named.get().equals(object.key()))
                .findFirst()
                .orElseThrow(() -> new CouldNotVerifyException(named.map(key -> "the store has no backup " + key)
                        .orElse("the store has no backup under this prefix")));
        Map<BackupKey, StoredObject> manifests = objects.stream()
                .filter(object -> object.kind() == ObjectKind.MANIFEST)
                .collect(Collectors.toMap(StoredObject::key, object -> object));
        Optional<StoredObject> described = Optional.ofNullable(manifests.get(dump.key()));
        boolean ours = described.isPresent() || isMarked(dump);
        if (!ours && named.isEmpty() && !manifests.isEmpty()) {
            throw new CouldNotVerifyException("the newest dump under this prefix, " + dump.name() + ", is none of"
                    + " pgproof's: it has neither its mark nor a manifest, as others here have; find out who put it"
                    + " there and move it away, or verify it by its name (VERIFY_LATEST=false, VERIFY_BACKUP_FILE)");
        }
        Optional<ManifestFile> manifest =
                described.isPresent() ? new ManifestReading(store, described.get()).read() : Optional.empty();
        return new ChosenBackup(
                dump.key(),
                dump.made(),
                dump.size(),
                ours,
                manifest.map(ManifestFile::manifest),
                manifest.map(ManifestFile::intact).orElse(false),
                dump.equals(dumps.get(0)));
    }

    private boolean isMarked(StoredObject dump) throws IOException {
        long length = Math.min(dump.size(), DumpMark.HEADER_LENGTH);
        if (length == 0) {
            return false;
        }
        try (InputStream header = store.open(dump.key(), 0, length)) {
            return DumpMark.in(header.readAllBytes());
        }
    }
}
