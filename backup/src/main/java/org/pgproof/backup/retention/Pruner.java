package org.pgproof.backup.retention;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.pgproof.backup.retention.Retention.Decision;
import org.pgproof.manifest.Manifest;
import org.pgproof.manifest.ManifestHead;
import org.pgproof.service.Quantity;
import org.pgproof.store.BackupKey;
import org.pgproof.store.BackupStore;
import org.pgproof.store.ObjectKind;
import org.pgproof.store.StorageException;
import org.pgproof.store.StorageException.Reason;
import org.pgproof.store.StoredObject;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Deletes expired backups of one source, each dump before its companions, and companions whose dump never appeared. */
public final class Pruner {
    private static final Logger log = LoggerFactory.getLogger(Pruner.class);

    /** Some stores call an object as old as the beginning of its upload. */
    private static final Duration LONGEST_DUMP = Duration.ofDays(1);

    private static final Duration COMPANION_AGE = Duration.ofDays(1);
    /** Older than any upload can become: stores end signed requests and multipart uploads within days. */
    private static final Duration ABANDONED_AGE = Duration.ofDays(7);

    private final BackupStore store;
    private final Retention retention;
    private final Clock clock;

    public Pruner(BackupStore store, Retention retention, Clock clock) {
        this.store = store;
        this.retention = retention;
        this.clock = clock;
    }

    /**
     * Prunes after a successful publish. What cannot be read or deleted stays, and one WARNING tells how much that is.
     *
     * @return the number of backups deleted
     */
    public int prune(BackupKey published, Manifest.Source source) throws IOException {
        Listed listed = new Listed(store.list());
        Instant now = now(listed, published);
        LeftAlone unreadable = new LeftAlone();
        LeftAlone undeleted = new LeftAlone();
        int pruned = 0;
        for (Decision decision :
                retention.decide(listed.dumps(), published, now, new StoredProofs(store, listed, unreadable))) {
            log.debug("{} {}: {}", decision.key(), decision.goes() ? "goes" : "stays", decision.reason());
            if (decision.goes() && isOf(source, decision.key(), listed, unreadable)) {
                pruned += delete(decision.key(), listed, undeleted) ? 1 : 0;
            }
        }
        deleteStrays(listed, now.minus(COMPANION_AGE), undeleted);
        tell(unreadable, undeleted);
        store.abortAbandoned(now.minus(ABANDONED_AGE));
        return pruned;
    }

    private static void tell(LeftAlone unreadable, LeftAlone undeleted) {
        unreadable
                .example()
                .ifPresent(example -> log.warn(
                        "{} cannot be read, and what may depend on them is kept: {}",
                        Quantity.count(unreadable.count(), "manifest or receipt"),
                        example));
        undeleted
                .example()
                .ifPresent(example -> log.warn(
                        "Expired backups could not all be pruned: {} could not be deleted: {}{}",
                        Quantity.count(undeleted.count(), "object"),
                        example,
                        undeleted.denied()
                                ? "; if object lock or a retention period of the bucket protects it, it goes when that ends,"
                                        + " else allow s3:DeleteObject"
                                : ""));
    }

    /** With a clock that is ahead everything would seem to have expired: the store's clock, by the new dump, must agree. */
    private Instant now(Listed listed, BackupKey published) throws IOException {
        Instant now = clock.instant();
        Instant byStore = listed.find(published, ObjectKind.DUMP)
                .map(StoredObject::lastModified)
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

    /** A backup without a manifest was never anybody's in particular; one whose manifest cannot be read may be anybody's. */
    private boolean isOf(Manifest.Source source, BackupKey key, Listed listed, LeftAlone unreadable)
            throws InterruptedIOException {
        if (listed.find(key, ObjectKind.MANIFEST).isEmpty()) {
            return true;
        }
        Optional<Manifest.Source> other;
        try (InputStream manifest = store.open(key, ObjectKind.MANIFEST)) {
            other = ManifestHead.read(manifest).source();
        } catch (InterruptedIOException e) {
            throw e;
        } catch (IOException e) {
            unreadable.add(StoredObject.nameOf(key, ObjectKind.MANIFEST), e);
            return false;
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

    /** The dump first, its companions only once it is surely gone: a dump without a manifest can no longer be proven. */
    private boolean delete(BackupKey key, Listed listed, LeftAlone undeleted) throws IOException {
        boolean gone = delete(key, ObjectKind.DUMP, undeleted);
        if (gone) {
            for (ObjectKind companion : List.of(ObjectKind.MANIFEST, ObjectKind.RECEIPT)) {
                if (listed.find(key, companion).isPresent()) {
                    delete(key, companion, undeleted);
                }
            }
            log.info("Pruned {}", key);
        }
        return gone;
    }

    private boolean delete(BackupKey key, ObjectKind kind, LeftAlone undeleted) throws IOException {
        try {
            store.delete(key, kind);
            if (kind != ObjectKind.DUMP || store.size(key, kind).isEmpty()) {
                return true;
            }
            throw new IOException("the store confirmed that it was deleted and still shows it");
        } catch (InterruptedIOException e) {
            throw e;
        } catch (StorageException e) {
            if (e.reason() == Reason.UNREACHABLE) {
                throw e; // there is no sense in asking a hundred times more
            }
            undeleted.add(StoredObject.nameOf(key, kind), e);
            return false;
        } catch (IOException e) {
            undeleted.add(StoredObject.nameOf(key, kind), e);
            return false;
        }
    }

    private void deleteStrays(Listed listed, Instant limit, LeftAlone undeleted) throws IOException {
        for (StoredObject stray : listed.strays()) {
            boolean old = stray.lastModified().isBefore(limit)
                    && stray.key().instant().isBefore(limit);
            if (old
                    && store.size(stray.key(), ObjectKind.DUMP).isEmpty()
                    && delete(stray.key(), stray.kind(), undeleted)) {
                log.info("Deleted {}: its dump never appeared", stray.name());
            }
        }
    }
}
