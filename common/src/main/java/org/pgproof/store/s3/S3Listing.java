package org.pgproof.store.s3;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.pgproof.store.ObjectKind;
import org.pgproof.store.StorageException.Reason;
import org.pgproof.store.StoredObject;
import software.amazon.awssdk.services.s3.model.EncodingType;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.S3Object;

/** Reads the pages of a listing to the last, keeping only what is ours. */
final class S3Listing {
    private static final String WHAT = "list the backups";

    private final S3Bucket bucket;
    private final List<StoredObject> found = new ArrayList<>();

    S3Listing(S3Bucket bucket) {
        this.bucket = bucket;
    }

    List<StoredObject> read() throws IOException {
        @Nullable String token = null;
        @Nullable String lastKey = null;
        do {
            ListObjectsV2Response page = page(token, lastKey);
            page.contents().forEach(this::keepIfOurs);
            if (!page.isTruncated()) {
                return sorted();
            }
            @Nullable String nextToken = page.nextContinuationToken();
            @Nullable String nextKey = lastKeyOf(page);
            boolean ahead = nextToken == null
                    ? nextKey != null && (lastKey == null || nextKey.compareTo(lastKey) > 0)
                    : !nextToken.equals(token);
            if (!ahead) {
                throw bucket.failures()
                        .because(Reason.OTHER, WHAT, "the store repeats the same page without an end", null);
            }
            token = nextToken;
            lastKey = nextKey;
        } while (true);
    }

    private ListObjectsV2Response page(@Nullable String token, @Nullable String lastKey) throws IOException {
        ListObjectsV2Request request = ListObjectsV2Request.builder()
                .bucket(bucket.name())
                .prefix(bucket.folder())
                .delimiter("/")
                .encodingType(EncodingType.URL)
                .continuationToken(token)
                .startAfter(token == null ? lastKey : null)
                .build();
        return page(bucket, WHAT, request);
    }

    /** Asks whether the prefix can be listed, with all attempts within the time limit for checks. */
    static void check(S3Bucket bucket) throws IOException {
        ListObjectsV2Request request = ListObjectsV2Request.builder()
                .bucket(bucket.name())
                .prefix(bucket.folder())
                .delimiter("/")
                .maxKeys(1)
                .overrideConfiguration(
                        limits -> limits.apiCallTimeout(bucket.limits().check()))
                .build();
        page(bucket, "reach the store", request);
    }

    /** One object as a listing of it alone shows it; empty when the store lists none. */
    static Optional<ShownObject> look(S3Bucket bucket, String what, String objectKey) throws IOException {
        ListObjectsV2Request request = ListObjectsV2Request.builder()
                .bucket(bucket.name())
                .prefix(objectKey)
                .maxKeys(1) // of all keys that begin so it comes first
                .encodingType(EncodingType.URL)
                .build();
        return page(bucket, what, request).contents().stream()
                .filter(object -> object.key().equals(objectKey))
                .map(object -> new ShownObject(object.size(), Optional.empty()))
                .findFirst();
    }

    private static ListObjectsV2Response page(S3Bucket bucket, String what, ListObjectsV2Request request)
            throws IOException {
        ListObjectsV2Response page = bucket.call(what, () -> bucket.client().listObjectsV2(request));
        if (page.isTruncated() == null) {
            // The client reads any well-formed answer, even a web page or nothing at all, as an empty listing.
            throw bucket.failures().notS3(what, "IsTruncated");
        }
        return page;
    }

    /** Where to go on behind a page of a store that says there is more but gives no token. */
    private static @Nullable String lastKeyOf(ListObjectsV2Response page) {
        List<S3Object> objects = page.contents();
        return objects.isEmpty() ? null : objects.get(objects.size() - 1).key();
    }

    private void keepIfOurs(S3Object object) {
        for (ObjectKind kind : ObjectKind.values()) {
            bucket.keyIn(object.key(), kind)
                    .ifPresent(key -> found.add(new StoredObject(key, kind, object.size(), object.lastModified())));
        }
    }

    private List<StoredObject> sorted() {
        found.sort(Comparator.comparing(StoredObject::key).thenComparing(StoredObject::kind));
        return List.copyOf(found);
    }
}
