package org.pgproof.store.s3;

import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import org.pgproof.store.BackupKey;
import org.pgproof.store.Content;
import org.pgproof.store.ObjectKind;
import org.pgproof.store.StorageException;
import org.pgproof.store.StorageException.Reason;
import org.pgproof.store.StoredObject;

/**
 * The manifest of one upload. Somebody else may write under the same name, so it counts as ours, and is removed or
 * stored again, only by what the store reads back.
 */
final class OwnManifest {
    private static final int TRIES = 3;
    private static final int CHUNK = 64 * 1024;

    private final S3Bucket bucket;
    private final BackupKey key;
    private final Content content;
    private volatile Optional<Digest> stored = Optional.empty();

    OwnManifest(S3Bucket bucket, BackupKey key, Content content) {
        this.bucket = bucket;
        this.key = key;
        this.content = content;
    }

    private record Digest(long length, String md5) {}

    /**
     * Stores it.
     *
     * @param alone whether nobody else can write under this key; if somebody may, whoever wrote last has it
     * @throws StorageException {@code CHANGED} when another writer has stored one in the meantime
     */
    void store(boolean alone) throws IOException {
        put();
        if (!alone) {
            Backoff.constant(bucket.limits().settle()).pause(1);
        }
        if (!isThere()) {
            throw bucket.failures()
                    .because(Reason.CHANGED, what(), "another writer has taken this key meanwhile", null);
        }
    }

    /** Sees to it that it lies beside its dump, which is there: whoever lost the race for the key may have written last. */
    void keep() throws IOException {
        for (int tries = 0; tries < TRIES; tries++) {
            if (isThere()) {
                return;
            }
            put();
        }
        if (!isThere()) {
            throw bucket.failures()
                    .because(Reason.CHANGED, what(), "another writer replaces the manifest of this dump", null);
        }
    }

    /** Removes it if it was stored and the one that is there is ours. */
    void removeIfOurs() throws IOException {
        if (isThere()) {
            bucket.delete(key, ObjectKind.MANIFEST);
        }
    }

    private void put() throws IOException {
        try (StreamedContent streamed = new StreamedContent(content)) {
            stored = Optional.of(new Digest(streamed.length(), streamed.md5()));
            bucket.put(key, ObjectKind.MANIFEST, streamed);
        }
    }

    private boolean isThere() throws IOException {
        Optional<Digest> expected = stored;
        return expected.isPresent() && expected.equals(read());
    }

    private Optional<Digest> read() throws IOException {
        try (InputStream in = S3Body.whole(bucket, bucket.objectKey(key, ObjectKind.MANIFEST))) {
            Md5 md5 = new Md5();
            byte[] chunk = new byte[CHUNK];
            long length = 0;
            for (int read = in.read(chunk, 0, CHUNK); read >= 0; read = in.read(chunk, 0, CHUNK)) {
                md5.update(chunk, read);
                length += read;
            }
            return Optional.of(new Digest(length, md5.base64()));
        } catch (StorageException e) {
            if (e.reason() == Reason.NOT_FOUND) {
                return Optional.empty();
            }
            throw e;
        }
    }

    private String what() {
        return "publish " + StoredObject.nameOf(key, ObjectKind.MANIFEST);
    }
}
