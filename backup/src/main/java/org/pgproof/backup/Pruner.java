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

    /** Some stores call an object as old as the beginning of its upload. */
    private static final Duration LONGEST_DUMP = Duration.ofDays(1);

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
        Instant now = now(objects, published);
        objects.forEach(object -> keys(present, object.kind()).add(object.key()));

        Set<BackupKey> receipts = keys(present, ObjectKind.RECEIPT);
        List<BackupKey> expired = retention.expired(
                List.copyOf(keys(present, ObjectKind.DUMP)),
                published,
                now,
                key -> receipts.contains(key) ? verdict(key) : Optional.empty());
        int pruned = 0;
        for (BackupKey key : expired) {
            if (!keys(present, ObjectKind.MANIFEST).contains(key) || isOf(source, key)) {
                delete(key, present);
                pruned++;
            }
        }
        deleteStrayCompanions(objects, keys(present, ObjectKind.DUMP), now.minus(COMPANION_AGE));
        store.abortAbandoned(now.minus(ABANDONED_AGE));
        return pruned;
    }

    /** With a clock that is ahead everything would seem to have expired: the store's clock, by the new dump, must agree. */
    private Instant now(List<StoredObject> objects, BackupKey published) throws IOException {
        Instant now = clock.instant();
        Instant byStore = objects.stream()
                .filter(object ->
                        object.kind() == ObjectKind.DUMP && object.key().equals(published))
                .map(StoredObject::lastModified)
                .findFirst()
                .orElseThrow(() -> new IOException("the store does not list " + published + " yet"));
        if (now.isAfter(byStore.plus(LONGEST_DUMP))) {
            log.warn(
                    "It is {} by this clock, and {} is of {} by the store's: what has expired by both goes",
                    now,
                    published,
                    byStore);
        }
        return now.isBefore(byStore) ? now : byStore;
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

    private void deleteStrayCompanions(List<StoredObject> objects, Set<BackupKey> dumps, Instant limit)
            throws IOException {
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
