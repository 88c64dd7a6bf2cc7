package org.pgproof.testkit;

import java.net.URI;
import org.testcontainers.containers.MinIOContainer;
import org.testcontainers.utility.DockerImageName;
import software.amazon.awssdk.services.s3.S3Client;

/** MinIO in a container; its images are on quay.io and no longer on Docker Hub. */
final class ContainerS3 implements S3Server {
    private static final DockerImageName IMAGE = DockerImageName.parse(
                    "quay.io/minio/minio:RELEASE.2025-09-07T16-13-09Z")
            .asCompatibleSubstituteFor("minio/minio");

    private final MinIOContainer container;
    private final S3Client client;

    private ContainerS3(MinIOContainer container) {
        this.container = container;
        this.client = S3Clients.create(endpoint(), region(), accessKey(), secretKey());
    }

    static ContainerS3 start() {
        MinIOContainer container = new MinIOContainer(IMAGE);
        container.start();
        return new ContainerS3(container);
    }

    @Override
    public URI endpoint() {
        return URI.create(container.getS3URL());
    }

    @Override
    public String accessKey() {
        return container.getUserName();
    }

    @Override
    public String secretKey() {
        return container.getPassword();
    }

    @Override
    public S3Client client() {
        return client;
    }

    @Override
    public void close() {
        client.close();
        container.stop();
    }
}
