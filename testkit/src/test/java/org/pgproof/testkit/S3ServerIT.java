package org.pgproof.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Exception;

class S3ServerIT {
    private static final byte[] CONTENT = "content".getBytes(StandardCharsets.UTF_8);

    @Test
    void keepsWhatIsWritten() {
        S3Server server = S3Server.shared();
        String bucket = server.freshBucket();
        server.write(bucket, "a/b", CONTENT);
        assertThat(server.keys(bucket)).containsExactly("a/b");
        assertThat(server.read(bucket, "a/b")).isEqualTo(CONTENT);
    }

    @Test
    void rejectsWrongSignatures() {
        S3Server server = S3Server.shared();
        String bucket = server.freshBucket();
        try (S3Client thief = S3Clients.create(server.endpoint(), server.region(), server.accessKey(), "wrong")) {
            assertThatThrownBy(() -> thief.listObjectsV2(request -> request.bucket(bucket)))
                    .isInstanceOfSatisfying(
                            S3Exception.class, e -> assertThat(e.statusCode()).isEqualTo(403));
        }
    }

    @Test
    void countsUploadsThatAreNeitherCompletedNorAborted() {
        try (LocalS3 server = LocalS3.start()) {
            String bucket = server.freshBucket();
            server.client()
                    .createMultipartUpload(request -> request.bucket(bucket).key("open"));
            assertThat(server.openUploads(bucket)).isEqualTo(1);
            assertThat(server.keys(bucket)).isEmpty();
        }
    }

    @Test
    void keepsItsObjectsWhileStopped(@TempDir Path folder) {
        try (LocalS3 server = LocalS3.start(folder)) {
            String bucket = server.freshBucket();
            server.write(bucket, "kept", CONTENT);
            int port = server.endpoint().getPort();
            server.stop();
            server.resume();
            assertThat(server.endpoint().getPort()).isEqualTo(port);
            assertThat(server.keys(bucket)).containsExactly("kept");
        }
    }
}
