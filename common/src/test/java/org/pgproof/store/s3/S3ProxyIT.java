package org.pgproof.store.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.pgproof.store.s3.Stores.KEY;
import static org.pgproof.store.s3.Stores.noise;

import java.io.IOException;
import java.net.URI;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.pgproof.settings.Proxy;
import org.pgproof.settings.S3Settings;
import org.pgproof.settings.Secret;
import org.pgproof.store.ObjectKind;
import org.pgproof.testkit.Fault;
import org.pgproof.testkit.FaultProxy;
import org.pgproof.testkit.S3Server;

/** What the store is like behind a proxy. */
class S3ProxyIT {
    private static final S3Server SERVER = S3Server.shared();

    private final String bucket = SERVER.freshBucket();
    private final FaultProxy proxy = FaultProxy.to(SERVER.endpoint());

    @AfterEach
    void close() {
        proxy.close();
    }

    @Test
    void everythingGoesThroughTheProxy() throws IOException {
        try (S3BackupStore store = store("http://s3.example.invalid:9000")) {
            store.put(KEY, ObjectKind.MANIFEST, noise(10));
            assertThat(Stores.read(store, KEY, ObjectKind.MANIFEST)).isEqualTo(noise(10));
        }
        assertThat(proxy.requests()).allMatch(line -> line.contains(" http://s3.example.invalid:9000/"));
    }

    @Test
    void aRefusalOfTheProxyIsNotTheKeysFault() throws IOException {
        for (int status : new int[] {403, 407}) {
            proxy.heal();
            proxy.fail(line -> true, Fault.Answered.page(status));
            try (S3BackupStore store = store("http://s3.example.invalid:9000")) {
                assertThatThrownBy(store::check)
                        .hasMessageContaining("through the proxy " + proxy.endpoint())
                        .hasMessageContaining("prox")
                        .hasMessageNotContaining("access key")
                        .hasMessageNotContaining("a password");
            }
        }
    }

    @Test
    void theProxyIsNamedWhenItRefusesATunnel() throws IOException {
        proxy.fail(line -> true, Fault.Answered.page(407));
        try (S3BackupStore store = store("https://s3.example.invalid")) {
            assertThatThrownBy(store::check)
                    .hasMessageContaining("through the proxy " + proxy.endpoint())
                    .hasMessageContaining("407");
        }
        assertThat(proxy.requests()).allMatch(line -> line.startsWith("CONNECT s3.example.invalid:443"));
    }

    private S3BackupStore store(String endpoint) {
        Proxy by =
                new Proxy(proxy.endpoint(), Optional.of(new Proxy.User("me", new Secret("a password"))), "HTTPS_PROXY");
        S3Settings settings = new S3Settings(
                URI.create(endpoint),
                SERVER.region(),
                bucket,
                new Secret(SERVER.accessKey()),
                new Secret(SERVER.secretKey()),
                "backups",
                Optional.of(by));
        return new S3BackupStore(settings, 10_000, Stores.QUICK);
    }
}
