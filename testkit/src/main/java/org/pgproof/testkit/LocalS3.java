package org.pgproof.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.auth.AuthenticationType;
import org.gaul.s3proxy.nio2blob.FilesystemNio2BlobStore;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.S3Client;

/** An S3 server in this JVM that keeps its objects in a local folder, and can be stopped and started again. */
public final class LocalS3 implements S3Server {
    private static final String ACCESS_KEY = "testkit-access-key";
    private static final String SECRET_KEY = "testkit-secret+key/with=signs";

    private final Path folder;
    private final boolean ours;
    private @Nullable S3Proxy proxy;
    private @Nullable S3Client client;
    private int port;

    private LocalS3(Path folder, boolean ours, int port) {
        this.folder = folder;
        this.ours = ours;
        this.port = port;
    }

    /** Starts a server, whatever {@code TESTKIT} says, whose objects disappear with it. */
    public static LocalS3 start() {
        return start(new LocalS3(Run.current().newDirectory("s3"), true, 0));
    }

    /** Starts a server on a folder that stays; each bucket is a folder in it. */
    public static LocalS3 start(Path folder) {
        try {
            return start(new LocalS3(Files.createDirectories(folder), false, 0));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static LocalS3 start(LocalS3 server) {
        Run.current().add(server);
        server.resume();
        return server;
    }

    /** Starts the server again, on its port and with its objects. */
    public synchronized void resume() {
        if (proxy != null) {
            throw new IllegalStateException("S3 runs already, on port " + port);
        }
        S3Proxy starting = S3Proxy.builder()
                .endpoint(URI.create("http://127.0.0.1:" + port))
                .awsAuthentication(AuthenticationType.AWS_V4, ACCESS_KEY, SECRET_KEY)
                .blobStore(new FilesystemNio2BlobStore(folder.toString()))
                .build();
        try {
            starting.start();
        } catch (Exception e) {
            throw new IllegalStateException("S3Proxy could not be started on port " + port, e);
        }
        port = starting.getPort();
        proxy = starting;
        client = S3Clients.create(endpoint(), region(), ACCESS_KEY, SECRET_KEY);
    }

    /** Stops the server and keeps its objects for {@link #resume}. */
    public synchronized void stop() {
        if (client != null) {
            client.close();
            client = null;
        }
        if (proxy != null) {
            try {
                proxy.stop();
            } catch (Exception e) {
                throw new IllegalStateException("S3Proxy could not be stopped", e);
            }
            proxy = null;
        }
    }

    /** Returns the folder of the objects. */
    public Path folder() {
        return folder;
    }

    @Override
    public URI endpoint() {
        return URI.create("http://127.0.0.1:" + port);
    }

    @Override
    public String accessKey() {
        return ACCESS_KEY;
    }

    @Override
    public String secretKey() {
        return SECRET_KEY;
    }

    @Override
    public synchronized S3Client client() {
        if (client == null) {
            throw new IllegalStateException("S3 is stopped");
        }
        return client;
    }

    @Override
    public void close() {
        stop();
        Run.current().remove(this);
        try {
            if (ours) {
                FileTrees.delete(folder);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public String toString() {
        return "S3 on port " + port;
    }
}
