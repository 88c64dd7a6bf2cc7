package org.pgproof.store.s3;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.pgproof.settings.S3Settings;
import org.pgproof.store.BackupKey;
import org.pgproof.store.ObjectKind;
import org.pgproof.store.StoredObject;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** The prefix of the bucket that backups lie under, the client that reaches it, and words for what fails there. */
record S3Bucket(S3Client client, S3Settings settings, TimeLimits limits, S3Failures failures, Patience patience)
        implements AutoCloseable {
    /** What S3 answers to every deletion. */
    private static final int NO_CONTENT = 204;

    static S3Bucket open(S3Settings settings, TimeLimits limits) {
        S3Failures failures = new S3Failures(settings);
        Patience patience = new Patience(failures.endpoint(), limits.notice());
        return new S3Bucket(S3Clients.open(settings, limits), settings, limits, failures, patience);
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
            return patience.watch(what, request);
        } catch (SdkException e) {
            throw failures.explain(what, e);
        }
    }

    /** The size in bytes that the store shows for an object, or empty when there is none. */
    OptionalLong size(BackupKey key, ObjectKind kind) throws IOException {
        return look(key, kind).map(shown -> OptionalLong.of(shown.size())).orElseGet(OptionalLong::empty);
    }

    /**
     * The object as the store shows it, or empty when there is none. An error in answer to a HEAD has no body that would
     * tell whose word it is and what it means, so the store is then asked for the listing of that one object.
     */
    Optional<ShownObject> look(BackupKey key, ObjectKind kind) throws IOException {
        String what = "look for " + StoredObject.nameOf(key, kind);
        @Nullable HeadObjectResponse head = call(what, () -> headOrNull(objectKey(key, kind)));
        if (head == null) {
            return S3Listing.look(this, what, objectKey(key, kind));
        }
        if (head.contentLength() == null || !S3Failures.isS3(head, head.eTag())) {
            throw failures.notS3(what, "Content-Length or ETag");
        }
        return Optional.of(ShownObject.of(head));
    }

    private @Nullable HeadObjectResponse headOrNull(String objectKey) {
        try {
            return client.headObject(head -> head.bucket(name()).key(objectKey));
        } catch (S3Exception e) {
            if (e.statusCode() < 500) {
                return null;
            }
            throw e;
        }
    }

    void put(BackupKey key, ObjectKind kind, StreamedContent content) throws IOException {
        PutObjectRequest request = PutObjectRequest.builder()
                .bucket(name())
                .key(objectKey(key, kind))
                .contentType(kind.contentType())
                .contentMD5(content.md5())
                .build();
        RequestBody body = RequestBody.fromContentProvider(content, content.length(), kind.contentType());
        String what = "store " + StoredObject.nameOf(key, kind);
        @Nullable String etag = call(what, () -> client.putObject(request, body).eTag());
        if (etag == null) {
            throw failures.notS3(what, "ETag");
        }
    }

    /** Returns only when the store itself has said that the object is gone: anything on the way may answer 200 or 404. */
    void delete(BackupKey key, ObjectKind kind) throws IOException {
        String what = "delete " + StoredObject.nameOf(key, kind);
        boolean confirmed = call(what, () -> deleteIfThere(objectKey(key, kind)));
        if (!confirmed && S3Listing.look(this, what, objectKey(key, kind)).isPresent()) {
            throw failures.notS3(what, "status " + NO_CONTENT);
        }
    }

    private boolean deleteIfThere(String objectKey) {
        try {
            return client.deleteObject(delete -> delete.bucket(name()).key(objectKey))
                            .sdkHttpResponse()
                            .statusCode()
                    == NO_CONTENT;
        } catch (S3Exception e) {
            if (S3Failures.code(e).equals("NoSuchKey")) {
                return true;
            }
            throw e;
        }
    }

    /** Whether no object at all has this key. */
    boolean isFree(BackupKey key) throws IOException {
        for (ObjectKind kind : List.of(ObjectKind.DUMP, ObjectKind.MANIFEST)) {
            if (look(key, kind).isPresent()) {
                return false;
            }
        }
        return true;
    }

    @Override
    public void close() {
        client.close();
        patience.close();
    }
}
