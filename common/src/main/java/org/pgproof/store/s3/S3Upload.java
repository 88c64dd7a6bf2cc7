package org.pgproof.store.s3;

import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.pgproof.store.BackupKey;
import org.pgproof.store.Content;
import org.pgproof.store.ObjectKind;
import org.pgproof.store.StorageException;
import org.pgproof.store.StorageException.Reason;
import org.pgproof.store.StoredObject;
import org.pgproof.store.Upload;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.s3.model.CompletedPart;

/** A multipart upload: parts are sent in the background while the next fill, and become an object only on publish. */
final class S3Upload implements Upload {
    private static final Logger log = LoggerFactory.getLogger(S3Upload.class);

    private final S3Bucket bucket;
    private final BackupKey key;
    private final S3UploadId upload;
    private final boolean alone;
    private final PartBuffers buffers = new PartBuffers();
    private final PartSender sender;
    private final UploadBody body;
    private volatile Outcome outcome = Outcome.OPEN;
    private volatile @Nullable S3Completion completion;
    private volatile @Nullable OwnManifest manifest;
    private boolean closed;

    private S3Upload(S3Bucket bucket, S3Claim claim, PartSizes sizes) {
        this.bucket = bucket;
        this.key = claim.key();
        this.upload = claim.upload();
        this.alone = claim.sure();
        this.sender = new PartSender(bucket, objectKey(bucket, key), upload.id(), buffers);
        this.body = new UploadBody(sizes, buffers, sender);
    }

    static S3Upload begin(S3Bucket bucket, BackupKey wanted, PartSizes sizes) throws IOException {
        return new S3Upload(bucket, S3Claim.ofFirstFree(bucket, wanted), sizes);
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
    public void publish(Content content) throws IOException {
        if (closed || completion != null) {
            throw new IllegalStateException("The upload of " + key + " has ended");
        }
        if (size() == 0) {
            throw new StorageException(Reason.OTHER, "Could not publish " + key + ": the dump is empty");
        }
        body.finish();
        List<CompletedPart> parts = sender.awaitAll();
        S3Completion completing = new S3Completion(bucket, key, upload, parts, size());
        OwnManifest ours = new OwnManifest(bucket, key, content);
        completion = completing;
        manifest = ours;
        store(ours); // before the dump: one that can be listed is whole and has its manifest
        SettledCall.begin("publishing " + key, () -> {
                    completing.complete();
                    outcome = Outcome.PUBLISHED;
                    ours.keep();
                    return outcome;
                })
                .await(bucket.limits().settle());
    }

    private void store(OwnManifest ours) throws IOException {
        if (!bucket.isFree(key)) {
            throw bucket.failures()
                    .because(Reason.CHANGED, "publish " + key, "another writer has taken this key meanwhile", null);
        }
        ours.store(alone);
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
        } finally {
            if (outcome == Outcome.UNKNOWN) {
                log.warn(
                        "{} may be in the store, or appear there, all the same: then it is whole, and its manifest was left"
                                + " for it",
                        StoredObject.nameOf(key, ObjectKind.DUMP));
            }
        }
    }

    /** What the store has confirmed, or may have done unheard, is never undone: only its parts are removed. */
    private Outcome abortNow() throws IOException, InterruptedException {
        S3Completion completing = completion;
        if (completing == null || !completing.confirmed()) {
            abortParts();
        }
        if (completing == null || !completing.mayBeThere()) {
            return withoutManifest();
        }
        try {
            return completing.isShown() ? Outcome.PUBLISHED : Outcome.UNKNOWN;
        } catch (StorageException e) {
            return completing.mayBeThere() ? Outcome.UNKNOWN : withoutManifest();
        }
    }

    /** Waits for what is being sent to break off first, or a part could arrive after the abort and stay for ever. */
    private void abortParts() throws IOException, InterruptedException {
        S3OpenUploads uploads = new S3OpenUploads(bucket);
        Duration half = bucket.limits().settle().dividedBy(2);
        boolean stopped = sender.awaitStopped(half);
        uploads.abort(objectKey(bucket, key), upload.id());
        if (!stopped) {
            sender.awaitStopped(half);
            uploads.abort(objectKey(bucket, key), upload.id());
        }
    }

    private Outcome withoutManifest() throws IOException {
        OwnManifest ours = manifest;
        if (ours != null) {
            ours.removeIfOurs();
        }
        return Outcome.ABORTED;
    }

    private boolean mayBeThere() {
        S3Completion completing = completion;
        return completing != null && completing.mayBeThere();
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
