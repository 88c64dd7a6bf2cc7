package org.pgproof.store.s3;

import java.io.IOException;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.pgproof.store.ObjectKind;
import org.pgproof.store.StorageException;
import org.pgproof.store.StorageException.Reason;

/**
 * Begins a multipart upload. When an answer is lost on the way, the store has an upload whose id nobody was told: it is
 * looked for and aborted.
 */
final class S3Beginning {
    private final S3Bucket bucket;
    private final String objectKey;
    private final String mark = UUID.randomUUID().toString();
    private final Retried retried = new Retried();

    S3Beginning(S3Bucket bucket, String objectKey) {
        this.bucket = bucket;
        this.objectKey = objectKey;
    }

    /** Returns which upload it is. */
    S3UploadId begin() throws IOException {
        SettledCall<String> begun = SettledCall.begin("beginning an upload", this::create);
        try {
            String uploadId = begun.await(bucket.limits().settle());
            if (retried.happened()) {
                abortUnheardOf(uploadId);
            }
            return new S3UploadId(uploadId, mark);
        } catch (IOException e) {
            if (!(e instanceof StorageException answered) || answered.reason() == Reason.UNREACHABLE) {
                abortUnheardOf(null);
            }
            throw e;
        }
    }

    private String create() throws IOException {
        @Nullable
        String uploadId = bucket.call(
                "begin an upload",
                () -> bucket.client()
                        .createMultipartUpload(upload -> upload.bucket(bucket.name())
                                .key(objectKey)
                                .contentType(ObjectKind.DUMP.contentType())
                                .metadata(Map.of(ShownObject.UPLOAD, mark))
                                .overrideConfiguration(o -> o.addMetricPublisher(retried)))
                        .uploadId());
        if (uploadId == null) {
            throw bucket.failures().notS3("begin an upload", "UploadId");
        }
        return uploadId;
    }

    /** As far as the store allows it: what is left is invisible, and {@code abortAbandoned} finds it later. */
    private void abortUnheardOf(@Nullable String except) {
        SettledCall<Integer> aborted =
                SettledCall.begin("aborting an upload", () -> new S3OpenUploads(bucket).abortOthers(objectKey, except));
        try {
            aborted.awaitRegardless(bucket.limits().settle());
        } catch (IOException | TimeoutException notAllowedOrStillUnreachable) {
            return;
        }
    }
}
