package org.pgproof.store.s3;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.pgproof.store.BackupKey;
import org.pgproof.store.ObjectKind;
import org.pgproof.store.StorageException;
import org.pgproof.store.StorageException.Reason;
import org.pgproof.store.StoredObject;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.model.CompleteMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** Turns the stored parts of an upload into an object, and looks whether it is there: an answer may get lost. */
final class S3Completion {
    private final S3Bucket bucket;
    private final BackupKey key;
    private final S3UploadId upload;
    private final List<CompletedPart> parts;
    private final long size;
    private volatile boolean confirmed;
    private volatile boolean mayBeThere;

    S3Completion(S3Bucket bucket, BackupKey key, S3UploadId upload, List<CompletedPart> parts, long size) {
        this.bucket = bucket;
        this.key = key;
        this.upload = upload;
        this.parts = parts;
        this.size = size;
    }

    /** Whether the store has said that it is done. */
    boolean confirmed() {
        return confirmed;
    }

    /** Whether the object may be there or appear later, whatever else happened. */
    boolean mayBeThere() {
        return mayBeThere;
    }

    /** Returns once the object is there with its size. */
    void complete() throws IOException {
        Deadline deadline = Deadline.in(bucket.limits().completion());
        Backoff backoff = new Backoff(bucket.limits().firstPause(), Backoff.LONGEST);
        for (int tries = 1; !confirmed; tries++) {
            boolean unclear = mayBeThere;
            Retried retried = new Retried();
            try {
                mayBeThere = true;
                ask(deadline.left(), retried);
                confirmed = true;
            } catch (SdkException e) {
                IOException failure = bucket.failures().explain(what(), e);
                if (isRefusal(e)) {
                    mayBeThere = unclear || retried.happened();
                    throw failure;
                }
                if (isShownAfter(failure)) {
                    return;
                }
                if (isUnknownUpload(e)) {
                    break; // completed a moment ago, if not aborted by somebody else
                }
                if (deadline.isOver()) {
                    throw failure;
                }
                backoff.pause(tries);
            }
        }
        awaitShown();
    }

    private void ask(Duration limit, Retried retried) {
        CompleteMultipartUploadRequest request = CompleteMultipartUploadRequest.builder()
                .bucket(bucket.name())
                .key(bucket.objectKey(key, ObjectKind.DUMP))
                .uploadId(upload.id())
                .multipartUpload(all -> all.parts(parts))
                .overrideConfiguration(all -> all.apiCallTimeout(limit).addMetricPublisher(retried))
                .build();
        bucket.patience().watch(what(), () -> bucket.client().completeMultipartUpload(request));
    }

    /** Some stores show an object only a while after they have confirmed it. */
    private void awaitShown() throws IOException {
        Deadline deadline = Deadline.in(bucket.limits().shown());
        Backoff backoff = new Backoff(bucket.limits().firstPause(), Backoff.LONGEST);
        for (int tries = 1; !isShown(); tries++) {
            if (deadline.isOver()) {
                throw bucket.failures()
                        .because(
                                Reason.OTHER,
                                what(),
                                confirmed
                                        ? "the store confirmed it but does not show the object"
                                        : "the store no longer knows the upload and does not show the object",
                                null);
            }
            backoff.pause(tries);
        }
    }

    /** Whether it is there after all; where the store does not say that either, it may be asked again. */
    private boolean isShownAfter(IOException failure) throws IOException {
        try {
            return isShown();
        } catch (StorageException e) {
            if (!mayBeThere) {
                throw e;
            }
            failure.addSuppressed(e);
            return false;
        }
    }

    /**
     * Whether the object is there.
     *
     * @throws StorageException when another one is, which is left alone unless it says that it is of this upload
     */
    boolean isShown() throws IOException {
        Optional<ShownObject> object = bucket.look(key, ObjectKind.DUMP);
        if (object.isEmpty()) {
            return false;
        }
        ShownObject shown = object.get();
        boolean ours = shown.upload().map(upload.mark()::equals).orElse(shown.size() == size);
        if (!ours) {
            mayBeThere = false;
            throw bucket.failures()
                    .because(Reason.CHANGED, what(), "another writer has taken this key meanwhile", null);
        }
        if (shown.size() != size) {
            bucket.delete(key, ObjectKind.DUMP);
            mayBeThere = false;
            throw bucket.failures()
                    .because(
                            Reason.OTHER,
                            what(),
                            "the store made an object of " + shown.size() + " bytes instead of " + size
                                    + "; it was deleted",
                            null);
        }
        return true;
    }

    /** Whether the store said clearly that it did not do it. */
    private static boolean isRefusal(SdkException e) {
        return e instanceof S3Exception answer
                && answer.statusCode() >= 400
                && answer.statusCode() < 500
                && answer.statusCode() != 408
                && answer.statusCode() != 429
                && !S3Failures.code(answer).isEmpty()
                && !isUnknownUpload(e);
    }

    private static boolean isUnknownUpload(SdkException e) {
        return e instanceof S3Exception answer && S3Failures.code(answer).equals("NoSuchUpload");
    }

    private String what() {
        return "publish " + StoredObject.nameOf(key, ObjectKind.DUMP);
    }
}
