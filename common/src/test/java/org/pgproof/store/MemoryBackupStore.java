package org.pgproof.store;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import org.pgproof.store.StorageException.Reason;

/** Backups in memory, for tests: behaves as a store does, and can be given objects of any name and age. */
public final class MemoryBackupStore implements BackupStore {
    private static final int SECONDS_TO_TRY = 60;

    private final Bucket bucket;
    private final String folder;

    /**
     * @param prefix under which the backups lie, without a slash at its end; may be empty
     * @param clock the store's own, which says when objects were stored and uploads begun
     */
    public MemoryBackupStore(String prefix, Clock clock) {
        this(prefix, new Bucket(clock));
    }

    private MemoryBackupStore(String prefix, Bucket bucket) {
        this.bucket = bucket;
        this.folder = prefix.isEmpty() ? "" : prefix + "/";
    }

    /** Returns the store under another prefix of the same bucket. */
    public MemoryBackupStore under(String prefix) {
        return new MemoryBackupStore(prefix, bucket);
    }

    /** Puts an object of any name into the bucket, as somebody else might, last modified at that instant. */
    public void plant(String name, byte[] content, Instant lastModified) {
        bucket.put(name, content, lastModified);
    }

    /** Lets no object of that name be deleted, as object lock does. */
    public void lock(BackupKey key, ObjectKind kind) {
        bucket.lock(name(key, kind));
    }

    /** Returns the names of all objects in the bucket, sorted. */
    public List<String> names() {
        return List.copyOf(bucket.objects().keySet());
    }

    @Override
    public void check() throws IOException {
        heedInterrupt();
    }

    @Override
    public List<StoredObject> list() throws IOException {
        heedInterrupt();
        List<StoredObject> found = new ArrayList<>();
        bucket.objects().forEach((name, object) -> {
            for (ObjectKind kind : ObjectKind.values()) {
                keyIn(name, kind)
                        .ifPresent(key ->
                                found.add(new StoredObject(key, kind, object.content().length, object.lastModified())));
            }
        });
        found.sort(Comparator.comparing(StoredObject::key).thenComparing(StoredObject::kind));
        return List.copyOf(found);
    }

    @Override
    public Upload begin(BackupKey wanted, long expectedBytes) throws IOException {
        heedInterrupt();
        BackupKey key = wanted;
        for (int tried = 0; tried < SECONDS_TO_TRY; tried++) {
            if (bucket.claim(name(key, ObjectKind.DUMP), name(key, ObjectKind.MANIFEST))) {
                return new MemoryUpload(key);
            }
            key = key.next();
        }
        throw new StorageException(
                Reason.CHANGED, "Could not begin an upload: " + wanted + " and the seconds after it are all taken");
    }

    @Override
    public void put(BackupKey key, ObjectKind kind, Content content) throws IOException {
        heedInterrupt();
        bucket.put(name(key, kind), bytes(content));
    }

    @Override
    public InputStream open(BackupKey key, ObjectKind kind) throws IOException {
        return new ByteArrayInputStream(read(key, kind));
    }

    @Override
    public InputStream open(BackupKey key, long from, long to) throws IOException {
        if (from < 0 || to < from) {
            throw new IllegalArgumentException("No range of bytes: from " + from + " to " + to);
        }
        if (from == to) {
            return InputStream.nullInputStream();
        }
        byte[] dump = read(key, ObjectKind.DUMP);
        if (to > dump.length) {
            throw new StorageException(
                    Reason.OTHER, "Could not read " + key + " up to byte " + to + ": it has " + dump.length);
        }
        return new ByteArrayInputStream(dump, (int) from, (int) (to - from));
    }

    @Override
    public OptionalLong size(BackupKey key, ObjectKind kind) throws IOException {
        heedInterrupt();
        return bucket.find(name(key, kind)).stream()
                .mapToLong(object -> object.content().length)
                .findFirst();
    }

    @Override
    public void delete(BackupKey key, ObjectKind kind) throws IOException {
        heedInterrupt();
        if (!bucket.delete(name(key, kind))) {
            throw new StorageException(
                    Reason.DENIED, "Could not delete " + StoredObject.nameOf(key, kind) + ": it is locked");
        }
    }

    @Override
    public int abortAbandoned(Instant begunBefore) throws IOException {
        heedInterrupt();
        return bucket.releaseBegunBefore(folder, begunBefore);
    }

    @Override
    public void close() {
        // Holds nothing but memory.
    }

    private byte[] read(BackupKey key, ObjectKind kind) throws IOException {
        heedInterrupt();
        return bucket.find(name(key, kind))
                .orElseThrow(() -> new StorageException(
                        Reason.NOT_FOUND, "Could not read " + StoredObject.nameOf(key, kind) + ": there is none"))
                .content();
    }

    private String name(BackupKey key, ObjectKind kind) {
        return folder + StoredObject.nameOf(key, kind);
    }

    private Optional<BackupKey> keyIn(String name, ObjectKind kind) {
        return name.startsWith(folder) ? StoredObject.keyIn(name.substring(folder.length()), kind) : Optional.empty();
    }

    private static byte[] bytes(Content content) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        content.writeTo(bytes);
        return bytes.toByteArray();
    }

    private static void heedInterrupt() throws InterruptedIOException {
        if (Thread.currentThread().isInterrupted()) {
            throw new InterruptedIOException("Interrupted while using the store");
        }
    }

    private static final class Stored {
        private final byte[] content;
        private final Instant lastModified;

        Stored(byte[] content, Instant lastModified) {
            this.content = content;
            this.lastModified = lastModified;
        }

        byte[] content() {
            return content;
        }

        Instant lastModified() {
            return lastModified;
        }
    }

    /** What stores under several prefixes share; whoever reads an object goes on with it when it is replaced. */
    private static final class Bucket {
        private final Clock clock;
        private final TreeMap<String, Stored> objects = new TreeMap<>();
        private final Map<String, Instant> claims = new HashMap<>();
        private final Set<String> locked = new HashSet<>();

        Bucket(Clock clock) {
            this.clock = clock;
        }

        synchronized Map<String, Stored> objects() {
            return new TreeMap<>(objects);
        }

        synchronized Optional<Stored> find(String name) {
            return Optional.ofNullable(objects.get(name));
        }

        void put(String name, byte[] content) {
            put(name, content, clock.instant());
        }

        synchronized void put(String name, byte[] content, Instant lastModified) {
            objects.put(name, new Stored(content.clone(), lastModified));
        }

        synchronized void lock(String name) {
            locked.add(name);
        }

        synchronized boolean delete(String name) {
            if (locked.contains(name)) {
                return false;
            }
            objects.remove(name);
            return true;
        }

        /** Takes the names for one upload, unless an object or another upload has them. */
        synchronized boolean claim(String dump, String manifest) {
            boolean free = isFree(dump, manifest) && !claims.containsKey(dump);
            if (free) {
                claims.put(dump, clock.instant());
            }
            return free;
        }

        synchronized void release(String dump) {
            claims.remove(dump);
        }

        synchronized int releaseBegunBefore(String folder, Instant limit) {
            int before = claims.size();
            claims.entrySet()
                    .removeIf(claim -> claim.getKey().startsWith(folder)
                            && claim.getKey().indexOf('/', folder.length()) < 0
                            && claim.getValue().isBefore(limit));
            return before - claims.size();
        }

        /** Stores both at once, unless somebody else has stored either meanwhile or the upload was aborted. */
        synchronized boolean publish(String dump, byte[] content, String manifest, byte[] description) {
            boolean ours = isFree(dump, manifest) && claims.remove(dump) != null;
            if (ours) {
                put(manifest, description);
                put(dump, content);
            }
            return ours;
        }

        private boolean isFree(String dump, String manifest) {
            return !objects.containsKey(dump) && !objects.containsKey(manifest);
        }
    }

    /** A dump that is nowhere but in its own buffer until it is published. */
    private final class MemoryUpload implements Upload {
        private final BackupKey key;
        private final Body body = new Body();
        private Outcome outcome = Outcome.OPEN;
        private boolean ended;

        MemoryUpload(BackupKey key) {
            this.key = key;
        }

        @Override
        public BackupKey key() {
            return key;
        }

        @Override
        public OutputStream body() {
            return body;
        }

        @Override
        public long size() {
            return body.bytes.size();
        }

        @Override
        public void publish(Content manifest) throws IOException {
            if (ended) {
                throw new IllegalStateException("The upload of " + key + " has ended");
            }
            heedInterrupt();
            if (size() == 0) {
                throw new StorageException(Reason.OTHER, "Could not publish " + key + ": the dump is empty");
            }
            ended = true;
            body.close();
            if (!bucket.publish(
                    name(key, ObjectKind.DUMP),
                    body.bytes.toByteArray(),
                    name(key, ObjectKind.MANIFEST),
                    bytes(manifest))) {
                throw new StorageException(
                        Reason.CHANGED,
                        "Could not publish " + key
                                + ": another writer has taken this key meanwhile, or it was aborted");
            }
            outcome = Outcome.PUBLISHED;
        }

        @Override
        public Outcome outcome() {
            return outcome;
        }

        @Override
        public void close() {
            ended = true;
            body.close();
            if (outcome == Outcome.OPEN) {
                bucket.release(name(key, ObjectKind.DUMP));
                outcome = Outcome.ABORTED;
            }
        }
    }

    /** Takes bytes until it is closed. */
    private static final class Body extends OutputStream {
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        private boolean closed;

        @Override
        public void write(int value) throws IOException {
            write(new byte[] {(byte) value}, 0, 1);
        }

        @Override
        public void write(byte[] source, int offset, int length) throws IOException {
            if (closed) {
                throw new IOException("The stream is closed");
            }
            heedInterrupt();
            bytes.write(source, offset, length);
        }

        @Override
        public void close() {
            closed = true;
        }
    }
}
