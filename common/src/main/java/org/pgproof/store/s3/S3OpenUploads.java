package org.pgproof.store.s3;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.pgproof.store.ObjectKind;
import software.amazon.awssdk.services.s3.model.ListMultipartUploadsResponse;
import software.amazon.awssdk.services.s3.model.MultipartUpload;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** Multipart uploads under the prefix that were begun and neither completed nor aborted. */
final class S3OpenUploads {
    private static final int MOST_PAGES = 100;

    private final S3Bucket bucket;

    S3OpenUploads(S3Bucket bucket) {
        this.bucket = bucket;
    }

    /** Aborts those of our dumps' names that were begun before that instant; returns how many. */
    int abortBegunBefore(Instant instant) throws IOException {
        return abort(find(
                bucket.folder(),
                upload -> bucket.keyIn(upload.key(), ObjectKind.DUMP).isPresent()
                        && upload.initiated() != null
                        && upload.initiated().isBefore(instant)));
    }

    /** Aborts those of exactly this object, except one. */
    int abortOthers(String objectKey, @Nullable String except) throws IOException {
        return abort(find(objectKey, isOther(objectKey, except)));
    }

    /** Whether others than this one are to become exactly this object, as far as the store tells. */
    boolean areOthers(String objectKey, String except) throws IOException {
        return !find(objectKey, isOther(objectKey, except)).isEmpty();
    }

    private static Predicate<MultipartUpload> isOther(String objectKey, @Nullable String except) {
        return upload -> upload.key().equals(objectKey) && !upload.uploadId().equals(except);
    }

    private int abort(List<MultipartUpload> uploads) throws IOException {
        for (MultipartUpload upload : uploads) {
            abort(upload.key(), upload.uploadId());
        }
        return uploads.size();
    }

    private List<MultipartUpload> find(String prefix, Predicate<MultipartUpload> wanted) throws IOException {
        List<MultipartUpload> found = new ArrayList<>();
        @Nullable ListMultipartUploadsResponse page = null;
        for (int pages = 0; pages < MOST_PAGES && (page == null || Boolean.TRUE.equals(page.isTruncated())); pages++) {
            page = pageAfter(prefix, page);
            page.uploads().stream().filter(wanted).forEach(found::add);
        }
        return found;
    }

    /** Removes the parts of one upload; it is no error when the store no longer knows it. */
    void abort(String objectKey, String uploadId) throws IOException {
        bucket.call("abort the upload of " + objectKey, () -> {
            try {
                return bucket.client()
                        .abortMultipartUpload(upload ->
                                upload.bucket(bucket.name()).key(objectKey).uploadId(uploadId));
            } catch (S3Exception e) {
                if (S3Failures.code(e).equals("NoSuchUpload")) {
                    return uploadId;
                }
                throw e;
            }
        });
    }

    private ListMultipartUploadsResponse pageAfter(String prefix, @Nullable ListMultipartUploadsResponse last)
            throws IOException {
        return bucket.call(
                "list the open uploads",
                () -> bucket.client().listMultipartUploads(request -> {
                    request.bucket(bucket.name()).prefix(prefix);
                    if (last != null) {
                        request.keyMarker(last.nextKeyMarker()).uploadIdMarker(last.nextUploadIdMarker());
                    }
                }));
    }
}
