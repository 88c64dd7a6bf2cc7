package org.pgproof.testkit.bench;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.CompletedPart;

/**
 * Stands in for the AWS command line where that is not installed: {@code S3Copy put FILE KEY} or {@code S3Copy get KEY
 * FILE}, one request after the other, with the server and the bucket in the services' own variables.
 */
public final class S3Copy {
    private static final int PART = 8 << 20;

    private final S3Client client;
    private final String bucket;

    private S3Copy(S3Client client, String bucket) {
        this.client = client;
        this.bucket = bucket;
    }

    /** Copies one file. */
    public static void main(String[] arguments) throws IOException {
        try (S3Client client = S3Client.builder()
                .endpointOverride(URI.create(variable("S3_ENDPOINT")))
                .region(Region.US_EAST_1)
                .credentialsProvider(StaticCredentialsProvider.create(
                        AwsBasicCredentials.create(variable("S3_ACCESS_KEY_ID"), variable("S3_SECRET_ACCESS_KEY"))))
                .forcePathStyle(true)
                .build()) {
            S3Copy copy = new S3Copy(client, variable("S3_BUCKET"));
            if (arguments[0].equals("put")) {
                copy.put(Path.of(arguments[1]), arguments[2]);
            } else {
                copy.get(arguments[1], Path.of(arguments[2]));
            }
        }
    }

    private static String variable(String name) {
        return Objects.requireNonNull(System.getenv(name), name);
    }

    private void put(Path file, String key) throws IOException {
        String upload = client.createMultipartUpload(
                        request -> request.bucket(bucket).key(key))
                .uploadId();
        List<CompletedPart> parts = new ArrayList<>();
        try (InputStream in = Files.newInputStream(file)) {
            for (byte[] part = in.readNBytes(PART); part.length > 0; part = in.readNBytes(PART)) {
                int number = parts.size() + 1;
                String etag = client.uploadPart(
                                request -> request.bucket(bucket)
                                        .key(key)
                                        .uploadId(upload)
                                        .partNumber(number),
                                RequestBody.fromBytes(part))
                        .eTag();
                parts.add(CompletedPart.builder().partNumber(number).eTag(etag).build());
            }
        }
        client.completeMultipartUpload(
                request -> request.bucket(bucket).key(key).uploadId(upload).multipartUpload(all -> all.parts(parts)));
    }

    private void get(String key, Path file) throws IOException {
        try (InputStream in = client.getObject(request -> request.bucket(bucket).key(key));
                OutputStream out = Files.newOutputStream(file)) {
            in.transferTo(out);
        }
    }
}
