package org.pgproof.backup;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.pgproof.manifest.Json;
import org.pgproof.manifest.Manifest;
import org.pgproof.manifest.ManifestSource;
import org.pgproof.manifest.Receipt;
import org.pgproof.manifest.Verdict;
import org.pgproof.store.BackupKey;
import org.pgproof.store.BackupStore;
import org.pgproof.store.ObjectKind;
import org.pgproof.store.StoredObject;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Deletes expired backups of one source, each dump before its companions, and companions whose dump never appeared. */
final class Pruner {
    private static final Logger log = LoggerFactory.getLogger(Pruner.class);

    private static final Duration COMPANION_AGE = Duration.ofDays(1);
    /** Older than any upload can become: stores end signed requests and multipart uploads within days. */
    private static final Duration ABANDONED_AGE = Duration.ofDays(7);

    private final BackupStore store;
    private final Retention retention;
    private final Clock clock;

    Pruner(BackupStore store, Retention retention, Clock clock) {
        this.store = store;
        this.retention = retention;
        this.clock = clock;
    }

    /**
     * Prunes after a successful publish.
     *
     * @return the number of backups deleted
     */
    int prune(BackupKey published, Manifest.Source source) throws IOException {
        Map<ObjectKind, Set<BackupKey>> present = new EnumMap<>(ObjectKind.class);
        for (ObjectKind kind : ObjectKind.values()) {
            present.put(kind, new HashSet<>());
        }
        List<StoredObject> objects = store.list();
        objects.forEach(object -> keys(present, object.kind()).add(object.key()));

        Set<BackupKey> receipts = keys(present, ObjectKind.RECEIPT);
        List<BackupKey> expired = retention.expired(
                List.copyOf(keys(present, ObjectKind.DUMP)),
                published,
                clock.instant(),
                key -> receipts.contains(key) ? verdict(key) : Optional.empty());
        int pruned = 0;
        for (BackupKey key : expired) {
            if (!keys(present, ObjectKind.MANIFEST).contains(key) || isOf(source, key)) {
                delete(key, present);
                pruned++;
            }
        }
        deleteStrayCompanions(objects, keys(present, ObjectKind.DUMP));
        store.abortAbandoned(clock.instant().minus(ABANDONED_AGE));
        return pruned;
    }

    private static Set<BackupKey> keys(Map<ObjectKind, Set<BackupKey>> present, ObjectKind kind) {
        return present.computeIfAbsent(kind, none -> new HashSet<>());
    }

    /** A receipt that cannot be understood says nothing good. */
    private Optional<Verdict> verdict(BackupKey key) throws IOException {
        Optional<byte[]> receipt = store.get(key, ObjectKind.RECEIPT);
        if (receipt.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.ofNullable(Json.read(new ByteArrayInputStream(receipt.get()), Receipt.class)
                    .verdict());
        } catch (IOException e) {
            log.warn("The receipt of {} cannot be read: {}", key, e.getMessage());
            return Optional.empty();
        }
    }

    private boolean isOf(Manifest.Source source, BackupKey key) throws IOException {
        Optional<Manifest.Source> other;
        try (InputStream manifest = store.open(key, ObjectKind.MANIFEST)) {
            other = ManifestSource.read(manifest);
        }
        if (other.isEmpty()) {
            log.warn("{} has expired and is kept: its manifest does not say which database it is of", key);
            return false;
        }
        if (!other.get().isSameAs(source)) {
            log.warn(
                    "{} has expired and is kept: it is of database {}, not of {}; give each database a BACKUP_PREFIX of"
                            + " its own",
                    key,
                    other.get().display(),
                    source.display());
            return false;
        }
        return true;
    }

    private void delete(BackupKey key, Map<ObjectKind, Set<BackupKey>> present) throws IOException {
        for (ObjectKind kind : ObjectKind.values()) {
            if (keys(present, kind).contains(key)) {
                store.delete(key, kind);
            }
        }
        log.info("Pruned {}", key);
    }

    private void deleteStrayCompanions(List<StoredObject> objects, Set<BackupKey> dumps) throws IOException {
        Instant limit = clock.instant().minus(COMPANION_AGE);
        List<StoredObject> strays = objects.stream()
                .filter(object -> object.kind() != ObjectKind.DUMP && !dumps.contains(object.key()))
                .filter(object -> object.lastModified().isBefore(limit)
                        && object.key().instant().isBefore(limit))
                .sorted(Comparator.comparing(StoredObject::key))
                .collect(Collectors.toList());
        for (StoredObject stray : strays) {
            store.delete(stray.key(), stray.kind());
            log.info("Deleted {}: its dump never appeared", stray.name());
        }
    }
}
