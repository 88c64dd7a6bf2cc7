package org.pgproof.store.s3;

import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeoutException;
import org.pgproof.store.BackupKey;
import org.pgproof.store.ObjectKind;
import org.pgproof.store.StorageException;
import org.pgproof.store.StorageException.Reason;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A key that only we write. No store can be trusted to refuse a second writer: conditional requests are unknown to some
 * and ignored by others. But an upload that was begun can be seen by all who ask for the open uploads of that object, and
 * whoever sees another's beside his own gives way: of two, at least the one who asks last sees the other.
 *
 * @param sure whether the store could be asked; if not, it takes a while to know whose manifest stays
 */
record S3Claim(BackupKey key, S3UploadId upload, boolean sure) {
    private static final Logger log = LoggerFactory.getLogger(S3Claim.class);

    private static final int SECONDS_TO_TRY = 60;
    /** Two that give way to each other must not meet again and again. */
    private static final int FARTHEST = 4;

    static S3Claim ofFirstFree(S3Bucket bucket, BackupKey wanted) throws IOException {
        BackupKey key = wanted;
        for (int tried = 0; tried < SECONDS_TO_TRY; tried++) {
            if (!bucket.isFree(key)) {
                key = key.next();
                continue;
            }
            Optional<S3Claim> claim = claim(bucket, key, new S3Beginning(bucket, objectKey(bucket, key)).begin());
            if (claim.isPresent()) {
                return claim.get();
            }
            key = key.later(ThreadLocalRandom.current().nextInt(1, FARTHEST));
        }
        throw new StorageException(
                Reason.CHANGED, "Could not begin an upload: " + wanted + " and the seconds after it are all taken");
    }

    private static Optional<S3Claim> claim(S3Bucket bucket, BackupKey key, S3UploadId upload) throws IOException {
        boolean claimed = false;
        try {
            Optional<Boolean> others = others(bucket, key, upload);
            // An upload that is no longer open may have been published a moment ago: hence both questions, in this
            // order.
            claimed = !others.orElse(false) && bucket.isFree(key);
            return claimed ? Optional.of(new S3Claim(key, upload, others.isPresent())) : Optional.empty();
        } finally {
            if (!claimed) {
                giveBack(bucket, key, upload);
            }
        }
    }

    private static Optional<Boolean> others(S3Bucket bucket, BackupKey key, S3UploadId upload) throws IOException {
        try {
            return Optional.of(new S3OpenUploads(bucket).areOthers(objectKey(bucket, key), upload.id()));
        } catch (StorageException notAllowed) {
            log.debug("Open uploads cannot be listed: {}", notAllowed.getMessage());
            return Optional.empty();
        }
    }

    /** Also when the thread was interrupted. What cannot be aborted now, {@code abortAbandoned} finds later. */
    private static void giveBack(S3Bucket bucket, BackupKey key, S3UploadId upload) {
        try {
            SettledCall.begin("aborting an upload", () -> {
                        new S3OpenUploads(bucket).abort(objectKey(bucket, key), upload.id());
                        return upload;
                    })
                    .awaitRegardless(bucket.limits().settle());
        } catch (IOException | TimeoutException e) {
            log.debug("An upload stays open", e);
        }
    }

    private static String objectKey(S3Bucket bucket, BackupKey key) {
        return bucket.objectKey(key, ObjectKind.DUMP);
    }
}
