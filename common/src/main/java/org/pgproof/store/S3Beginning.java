package org.pgproof.store;

import java.io.IOException;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.pgproof.store.StorageException.Reason;
import software.amazon.awssdk.core.metrics.CoreMetric;
import software.amazon.awssdk.metrics.MetricCollection;
import software.amazon.awssdk.metrics.MetricPublisher;

/**
 * Begins a multipart upload. When an answer is lost on the way, the store has an upload whose id nobody was told: it is
 * looked for and aborted.
 */
final class S3Beginning implements MetricPublisher {
    private final S3Bucket bucket;
    private final String objectKey;
    private volatile boolean retried;

    S3Beginning(S3Bucket bucket, String objectKey) {
        this.bucket = bucket;
        this.objectKey = objectKey;
    }

    /** Returns the upload's id. */
    String begin() throws IOException {
        SettledCall<String> begun = SettledCall.begin("beginning an upload", this::create);
        try {
            String uploadId = begun.await(bucket.limits().settle());
            if (retried) {
                abortUnheardOf(uploadId);
            }
            return uploadId;
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
                                .overrideConfiguration(o -> o.addMetricPublisher(this)))
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

    @Override
    public void publish(MetricCollection call) {
        if (call.metricValues(CoreMetric.RETRY_COUNT).stream().anyMatch(retries -> retries > 0)) {
            retried = true;
        }
    }

    @Override
    public void close() {
        // Nothing is held.
    }
}
