package org.pgproof.store.s3;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import org.junit.jupiter.api.Test;

class S3ClientsTest {
    @Test
    void knowsTheStoresWhoseBucketsArePartOfTheHostName() {
        assertThat(S3Clients.isTigris(URI.create("https://storage.railway.app")))
                .isTrue();
        assertThat(S3Clients.isTigris(URI.create("https://T3.storageapi.dev/"))).isTrue();
        assertThat(S3Clients.isTigris(URI.create("https://s3.example.com"))).isFalse();
        assertThat(S3Clients.isTigris(URI.create("http://minio:9000"))).isFalse();
    }
}
