package org.pgproof.testkit;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.URI;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Tells whether a Docker daemon can be used, without waiting for one that hangs. */
final class DockerDaemon {
    private static final long PATIENCE_SECONDS = 2;

    private DockerDaemon() {}

    static boolean answers() {
        SocketAddress address;
        try {
            address = address();
        } catch (IllegalArgumentException unusable) {
            return false;
        }
        return CompletableFuture.supplyAsync(() -> ping(address))
                .completeOnTimeout(false, PATIENCE_SECONDS, TimeUnit.SECONDS)
                .join();
    }

    private static SocketAddress address() {
        String host = System.getenv("DOCKER_HOST");
        if (host == null || host.isEmpty()) {
            return UnixDomainSocketAddress.of("/var/run/docker.sock");
        }
        URI uri = URI.create(host);
        return "unix".equals(uri.getScheme())
                ? UnixDomainSocketAddress.of(uri.getPath())
                : new InetSocketAddress(uri.getHost(), uri.getPort());
    }

    private static boolean ping(SocketAddress address) {
        try (SocketChannel channel = SocketChannel.open(address)) {
            channel.write(StandardCharsets.US_ASCII.encode("GET /_ping HTTP/1.0\r\n\r\n"));
            ByteBuffer answer = ByteBuffer.allocate(64);
            channel.read(answer);
            return StandardCharsets.US_ASCII.decode(answer.flip()).toString().contains(" 200 ");
        } catch (IOException refused) {
            return false;
        }
    }
}
