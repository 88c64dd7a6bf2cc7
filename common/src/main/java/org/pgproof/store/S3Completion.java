package org.pgproof.store;

import java.io.IOException;
import java.util.List;
import java.util.OptionalLong;
import org.pgproof.store.StorageException.Reason;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** Turns the stored parts of an upload into an object, and looks whether it is there: an answer may get lost. */
final class S3Completion {
    private static final int TRIES = 4;

    private final S3Bucket bucket;
    private final BackupKey key;
    private final String uploadId;
    private final List<CompletedPart> parts;
    private final long size;
    private volatile boolean asked;

    S3Completion(S3Bucket bucket, BackupKey key, String uploadId, List<CompletedPart> parts, long size) {
        this.bucket = bucket;
        this.key = key;
        this.uploadId = uploadId;
        this.parts = parts;
        this.size = size;
    }

    /** Whether the store may have been asked, so that the object may be there whatever else happened. */
    boolean asked() {
        return asked;
    }

    /** Returns once the object is there with its size. */
    void complete() throws IOException {
        if (bucket.size(key, ObjectKind.DUMP).isPresent()) {
            throw bucket.failures()
                    .because(Reason.CHANGED, what(), "another writer has taken this key meanwhile", null);
        }
        Backoff backoff = new Backoff(bucket.limits().firstPause(), Backoff.LONGEST);
        for (int tries = 1; ; tries++) {
            try {
                asked = true;
                ask();
                awaitObject();
                return;
            } catch (SdkException e) {
                IOException failure = bucket.failures().explain(what(), e);
                OptionalLong shown = bucket.size(key, ObjectKind.DUMP);
                if (shown.isPresent()) {
                    judge(shown.getAsLong());
                    return;
                }
                if (tries == TRIES || isRefusal(e)) {
                    throw failure;
                }
            }
            backoff.pause(tries);
        }
    }

    private void ask() {
        bucket.client()
                .completeMultipartUpload(request -> request.bucket(bucket.name())
                        .key(bucket.objectKey(key, ObjectKind.DUMP))
                        .uploadId(uploadId)
                        .multipartUpload(all -> all.parts(parts)));
    }

    private void awaitObject() throws IOException {
        Backoff backoff = new Backoff(bucket.limits().firstPause(), Backoff.LONGEST);
        for (int tries = 1; ; tries++) {
            OptionalLong shown = bucket.size(key, ObjectKind.DUMP);
            if (shown.isPresent()) {
                judge(shown.getAsLong());
                return;
            }
            if (tries == TRIES) {
                throw bucket.failures()
                        .because(Reason.OTHER, what(), "the store confirmed it but does not show the object", null);
            }
            backoff.pause(tries);
        }
    }

    /** An object of another size is not the dump: it must not stay where a verifier would look for one. */
    private void judge(long shown) throws IOException {
        if (shown != size) {
            bucket.delete(key, ObjectKind.DUMP);
            throw bucket.failures()
                    .because(
                            Reason.OTHER,
                            what(),
                            "the store showed an object of " + shown + " bytes instead of " + size + "; it was deleted",
                            null);
        }
    }

    /** Whether trying again is useless. An upload that is not known may have been completed a moment ago. */
    private static boolean isRefusal(SdkException e) {
        return e instanceof S3Exception answer
                && answer.statusCode() >= 400
                && answer.statusCode() < 500
                && answer.statusCode() != 408
                && answer.statusCode() != 429
                && !S3Failures.code(answer).equals("NoSuchUpload");
    }

    private String what() {
        return "publish " + StoredObject.nameOf(key, ObjectKind.DUMP);
    }
}
