package org.pgproof.store;

import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.pgproof.store.StorageException.Reason;
import software.amazon.awssdk.services.s3.model.CompletedPart;

/** A multipart upload: parts are sent in the background while the next fill, and become an object only on publish. */
final class S3Upload implements Upload {
    private static final int SECONDS_TO_TRY = 60;

    private final S3Bucket bucket;
    private final BackupKey key;
    private final String uploadId;
    private final PartBuffers buffers = new PartBuffers();
    private final PartSender sender;
    private final UploadBody body;
    private volatile Outcome outcome = Outcome.OPEN;
    private volatile @Nullable S3Completion completion;
    private boolean closed;

    private S3Upload(S3Bucket bucket, BackupKey key, String uploadId, PartSizes sizes) {
        this.bucket = bucket;
        this.key = key;
        this.uploadId = uploadId;
        this.sender = new PartSender(bucket, objectKey(bucket, key), uploadId, buffers);
        this.body = new UploadBody(sizes, buffers, sender);
    }

    static S3Upload begin(S3Bucket bucket, BackupKey wanted, PartSizes sizes) throws IOException {
        BackupKey key = firstFree(bucket, wanted);
        String uploadId = new S3Beginning(bucket, objectKey(bucket, key)).begin();
        return new S3Upload(bucket, key, uploadId, sizes);
    }

    /** No companion may be there either: it would belong to a backup that is being made or pruned. */
    private static BackupKey firstFree(S3Bucket bucket, BackupKey wanted) throws IOException {
        BackupKey key = wanted;
        for (int tried = 0; tried < SECONDS_TO_TRY; tried++) {
            if (bucket.size(key, ObjectKind.DUMP).isEmpty()
                    && bucket.size(key, ObjectKind.MANIFEST).isEmpty()) {
                return key;
            }
            key = key.next();
        }
        throw new StorageException(
                Reason.CHANGED, "Could not begin an upload: " + wanted + " and the seconds after it are all taken");
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
        return body.size();
    }

    @Override
    public Outcome outcome() {
        return outcome;
    }

    @Override
    public void publish() throws IOException {
        if (closed || completion != null) {
            throw new IllegalStateException("The upload of " + key + " has ended");
        }
        if (size() == 0) {
            throw new StorageException(Reason.OTHER, "Could not publish " + key + ": the dump is empty");
        }
        body.finish();
        List<CompletedPart> parts = sender.awaitAll();
        S3Completion completing = new S3Completion(bucket, key, uploadId, parts, size());
        completion = completing;
        SettledCall.begin("publishing " + key, () -> {
                    completing.complete();
                    return Outcome.PUBLISHED;
                })
                .await(bucket.limits().settle());
        outcome = Outcome.PUBLISHED;
    }

    @Override
    public void close() throws IOException {
        if (closed) {
            return;
        }
        closed = true;
        body.close();
        sender.stop();
        if (outcome == Outcome.OPEN) {
            abort();
        }
        buffers.clear();
    }

    private void abort() throws IOException {
        SettledCall<Outcome> aborted = SettledCall.begin("aborting an upload", this::abortNow);
        try {
            outcome = aborted.awaitRegardless(bucket.limits().settle());
        } catch (IOException | TimeoutException e) {
            outcome = mayBeThere() ? Outcome.UNKNOWN : Outcome.ABORTED;
            throw leftBehind(e);
        }
    }

    /** Waits for what is being sent to break off first, or a part could arrive after the abort and stay for ever. */
    private Outcome abortNow() throws IOException, InterruptedException {
        S3OpenUploads uploads = new S3OpenUploads(bucket);
        Duration half = bucket.limits().settle().dividedBy(2);
        boolean stopped = sender.awaitStopped(half);
        uploads.abort(objectKey(bucket, key), uploadId);
        if (!stopped) {
            sender.awaitStopped(half);
            uploads.abort(objectKey(bucket, key), uploadId);
        }
        boolean there = mayBeThere() && bucket.size(key, ObjectKind.DUMP).isPresent();
        return there ? Outcome.PUBLISHED : Outcome.ABORTED;
    }

    private boolean mayBeThere() {
        S3Completion completing = completion;
        return completing != null && completing.asked();
    }

    private StorageException leftBehind(Exception why) {
        return bucket.failures()
                .because(
                        why instanceof StorageException known ? known.reason() : Reason.UNREACHABLE,
                        "abort the upload of " + key,
                        "its parts may stay in the bucket, invisible but charged for, until they are removed; a lifecycle"
                                + " rule that aborts incomplete multipart uploads does that ("
                                + (why instanceof TimeoutException ? "no answer in time" : why.getMessage()) + ")",
                        why);
    }

    private static String objectKey(S3Bucket bucket, BackupKey key) {
        return bucket.objectKey(key, ObjectKind.DUMP);
    }
}
