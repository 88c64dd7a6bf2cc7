package org.pgproof.store.s3;

import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;
import org.pgproof.settings.S3Settings;
import org.pgproof.store.BackupKey;
import org.pgproof.store.BackupStore;
import org.pgproof.store.Content;
import org.pgproof.store.ObjectKind;
import org.pgproof.store.StorageException;
import org.pgproof.store.StoredObject;
import org.pgproof.store.Upload;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Backups in a bucket of any S3-compatible service. Nothing is connected before the first call. */
public final class S3BackupStore implements BackupStore {
    private static final Logger log = LoggerFactory.getLogger(S3BackupStore.class);

    private final S3Bucket bucket;
    private final int maxParts;

    /**
     * @param maxParts how many parts the service allows in one upload
     */
    public S3BackupStore(S3Settings settings, int maxParts) {
        this(settings, maxParts, TimeLimits.DEFAULT);
    }

    S3BackupStore(S3Settings settings, int maxParts, TimeLimits limits) {
        this.bucket = S3Bucket.open(settings, limits);
        this.maxParts = maxParts;
    }

    @Override
    public void check() throws IOException {
        S3Listing.check(bucket);
    }

    @Override
    public List<StoredObject> list() throws IOException {
        return new S3Listing(bucket).read();
    }

    @Override
    public Upload begin(BackupKey key, long expectedBytes) throws IOException {
        return S3Upload.begin(bucket, key, PartSizes.of(expectedBytes, maxParts));
    }

    @Override
    public void put(BackupKey key, ObjectKind kind, Content content) throws IOException {
        try (StreamedContent streamed = new StreamedContent(content)) {
            bucket.put(key, kind, streamed);
        }
    }

    @Override
    public InputStream open(BackupKey key, ObjectKind kind) throws IOException {
        return S3Body.whole(bucket, bucket.objectKey(key, kind));
    }

    @Override
    public InputStream open(BackupKey key, long from, long to) throws IOException {
        return S3Body.range(bucket, bucket.objectKey(key, ObjectKind.DUMP), from, to);
    }

    @Override
    public OptionalLong size(BackupKey key, ObjectKind kind) throws IOException {
        return bucket.size(key, kind);
    }

    @Override
    public void delete(BackupKey key, ObjectKind kind) throws IOException {
        bucket.delete(key, kind);
    }

    @Override
    public int abortAbandoned(Instant begunBefore) throws IOException {
        try {
            return new S3OpenUploads(bucket).abortBegunBefore(begunBefore);
        } catch (StorageException e) {
            log.debug("Abandoned uploads were left alone: {}", e.getMessage());
            return 0;
        }
    }

    @Override
    public void close() {
        bucket.close();
    }
}
