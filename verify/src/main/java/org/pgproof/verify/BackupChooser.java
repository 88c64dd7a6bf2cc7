package org.pgproof.verify;

import com.fasterxml.jackson.core.JacksonException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.pgproof.manifest.Manifest;
import org.pgproof.manifest.ManifestFile;
import org.pgproof.store.BackupKey;
import org.pgproof.store.BackupStore;
import org.pgproof.store.DumpMark;
import org.pgproof.store.ObjectKind;
import org.pgproof.store.StoredObject;
import org.pgproof.verify.restore.ChosenBackup;
import org.pgproof.verify.server.CouldNotVerifyException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Finds the newest backup, or the named one, and what says what it contains. */
final class BackupChooser {
    private static final Logger log = LoggerFactory.getLogger(BackupChooser.class);

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
        Set<BackupKey> manifests = objects.stream()
                .filter(object -> object.kind() == ObjectKind.MANIFEST)
                .map(StoredObject::key)
                .collect(Collectors.toSet());
        boolean manifestThere = manifests.contains(dump.key());
        Optional<ManifestFile> manifest = manifestThere ? manifest(dump.key()) : Optional.empty();
        return new ChosenBackup(
                dump.key(),
                dump.made(),
                dump.size(),
                manifestThere || isMarked(dump),
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

    /** A manifest that cannot be understood proves nothing: its backup then counts as one without. */
    private Optional<ManifestFile> manifest(BackupKey key) throws IOException, CouldNotVerifyException {
        try (InputStream json = store.open(key, ObjectKind.MANIFEST)) {
            ManifestFile file = ManifestFile.read(json);
            Manifest manifest = file.manifest();
            if (!file.intact()) {
                log.warn("The manifest of {} is not as it was written", key);
            } else if (manifest.format() > Manifest.FORMAT) {
                throw new CouldNotVerifyException("the manifest of " + key + " has format " + manifest.format()
                        + " and this version reads up to " + Manifest.FORMAT + "; use pgproof "
                        + manifest.pgproofVersion()
                        + " or later");
            }
            return Optional.of(file);
        } catch (JacksonException e) {
            log.warn("The manifest of {} cannot be read: {}", key, e.getOriginalMessage());
            return Optional.empty();
        }
    }
}
