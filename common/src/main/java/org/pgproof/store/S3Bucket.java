package org.pgproof.store;

import java.io.IOException;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.pgproof.settings.S3Settings;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** The prefix of the bucket that backups lie under, the client that reaches it, and words for what fails there. */
record S3Bucket(S3Client client, S3Settings settings, TimeLimits limits, S3Failures failures) implements AutoCloseable {

    static S3Bucket open(S3Settings settings, TimeLimits limits) {
        return new S3Bucket(S3Clients.open(settings, limits), settings, limits, new S3Failures(settings));
    }

    String name() {
        return settings.bucket();
    }

    /** What the keys of all our objects begin with: the prefix with a slash, or nothing. */
    String folder() {
        return settings.prefix().isEmpty() ? "" : settings.prefix() + "/";
    }

    String objectKey(BackupKey key, ObjectKind kind) {
        return folder() + StoredObject.nameOf(key, kind);
    }

    /** Our backup's key in the store's key of an object directly under the prefix; else empty. */
    Optional<BackupKey> keyIn(String objectKey, ObjectKind kind) {
        return objectKey.startsWith(folder())
                ? StoredObject.keyIn(objectKey.substring(folder().length()), kind)
                : Optional.empty();
    }

    /**
     * Makes a request, and tells its failure as an {@link IOException}.
     *
     * @param what the thing that is done, to follow "Could not"
     */
    <T> T call(String what, Supplier<T> request) throws IOException {
        Interruption.check("about to " + what);
        try {
            return request.get();
        } catch (SdkException e) {
            throw failures.explain(what, e);
        }
    }

    /** The size in bytes that the store shows for an object, or empty when there is none. */
    OptionalLong size(BackupKey key, ObjectKind kind) throws IOException {
        String what = "look for " + StoredObject.nameOf(key, kind);
        @Nullable HeadObjectResponse head = call(what, () -> headOrNull(objectKey(key, kind)));
        if (head == null) {
            return OptionalLong.empty();
        }
        if (head.contentLength() == null || !S3Failures.isS3(head, head.eTag())) {
            throw failures.notS3(what, "Content-Length or ETag");
        }
        return OptionalLong.of(head.contentLength());
    }

    private @Nullable HeadObjectResponse headOrNull(String objectKey) {
        try {
            return client.headObject(head -> head.bucket(name()).key(objectKey));
        } catch (S3Exception e) {
            if (e.statusCode() == 404) {
                return null;
            }
            throw e;
        }
    }

    void delete(BackupKey key, ObjectKind kind) throws IOException {
        String objectKey = objectKey(key, kind);
        call("delete " + StoredObject.nameOf(key, kind), () -> deleteIfThere(objectKey));
    }

    private boolean deleteIfThere(String objectKey) {
        try {
            client.deleteObject(delete -> delete.bucket(name()).key(objectKey));
            return true;
        } catch (S3Exception e) {
            if (e.statusCode() == 404 && !S3Failures.code(e).equals("NoSuchBucket")) {
                return false;
            }
            throw e;
        }
    }

    @Override
    public void close() {
        client.close();
    }
}
