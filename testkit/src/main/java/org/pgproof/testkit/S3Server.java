package org.pgproof.testkit;

import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Object;

/** A real S3 server that checks signatures. Whoever starts one closes it; what is forgotten ends with the JVM. */
public interface S3Server extends AutoCloseable {
    /** Starts a server, from the provider that {@code TESTKIT} chooses. */
    static S3Server start() {
        return switch (Provider.chosen()) {
            case LOCAL -> LocalS3.start();
            case CONTAINERS -> ContainerS3.start();
        };
    }

    /** Returns this JVM's server, started once; do not close it, and use fresh buckets. */
    static S3Server shared() {
        return SharedServers.s3();
    }

    URI endpoint();

    String accessKey();

    String secretKey();

    /** Returns a client for assertions; it ends with the server. */
    S3Client client();

    /** Stops the server and removes its objects. */
    @Override
    void close();

    default String region() {
        return "us-east-1";
    }

    default void createBucket(String name) {
        client().createBucket(request -> request.bucket(name));
    }

    /** Creates a bucket with a name of its own. */
    default String freshBucket() {
        String name = "test-" + UUID.randomUUID().toString().substring(0, 8);
        createBucket(name);
        return name;
    }

    /** Returns the {@code S3_…} variables that make the services use a bucket. */
    default Map<String, String> environment(String bucket) {
        return Map.of(
                "S3_ENDPOINT", endpoint().toString(),
                "S3_REGION", region(),
                "S3_BUCKET", bucket,
                "S3_ACCESS_KEY_ID", accessKey(),
                "S3_SECRET_ACCESS_KEY", secretKey());
    }

    /** Returns the keys of all objects in a bucket, sorted. */
    default List<String> keys(String bucket) {
        return client().listObjectsV2Paginator(request -> request.bucket(bucket)).contents().stream()
                .map(S3Object::key)
                .sorted()
                .toList();
    }

    /**
     * Returns how many multipart uploads in a bucket are neither completed nor aborted. MinIO tells only of those whose
     * whole key one asks for: a test that wants to be sure uses {@link LocalS3}.
     */
    default int openUploads(String bucket) {
        return client().listMultipartUploads(request -> request.bucket(bucket))
                .uploads()
                .size();
    }

    default byte[] read(String bucket, String key) {
        return client().getObjectAsBytes(request -> request.bucket(bucket).key(key))
                .asByteArray();
    }

    default void write(String bucket, String key, byte[] content) {
        client().putObject(request -> request.bucket(bucket).key(key), RequestBody.fromBytes(content));
    }

    default void delete(String bucket, String key) {
        client().deleteObject(request -> request.bucket(bucket).key(key));
    }
}
