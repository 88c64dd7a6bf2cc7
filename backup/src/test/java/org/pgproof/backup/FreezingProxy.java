package org.pgproof.backup;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import org.pgproof.testkit.Database;
import org.pgproof.testkit.PostgresServer;

/** A way to a PostgreSQL server that takes every byte and, once frozen, moves none. */
final class FreezingProxy implements AutoCloseable {
    private final PostgresServer server;
    private final ServerSocket listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private final CountDownLatch never = new CountDownLatch(1);
    private volatile boolean frozen;

    FreezingProxy(PostgresServer server) throws IOException {
        this.server = server;
        start(this::accept);
    }

    String url(Database database) {
        return database.url().replace(":" + server.port() + "/", ":" + listener.getLocalPort() + "/");
    }

    void freeze() {
        frozen = true;
    }

    private void accept() throws IOException {
        while (true) {
            Socket client = listener.accept();
            Socket behind = new Socket(server.host(), server.port());
            sockets.add(client);
            sockets.add(behind);
            start(() -> copy(client, behind));
            start(() -> copy(behind, client));
        }
    }

    private void copy(Socket from, Socket to) throws IOException, InterruptedException {
        try (InputStream in = from.getInputStream();
                OutputStream out = to.getOutputStream()) {
            byte[] bytes = new byte[4096];
            for (int read = in.read(bytes); read >= 0; read = in.read(bytes)) {
                if (frozen) {
                    never.await();
                }
                out.write(bytes, 0, read);
            }
        }
    }

    private interface Task {
        void run() throws IOException, InterruptedException;
    }

    private static void start(Task task) {
        Thread thread = new Thread(
                () -> {
                    try {
                        task.run();
                    } catch (IOException | InterruptedException ended) {
                        // Either side went away.
                    }
                },
                "freezing proxy");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() throws IOException {
        never.countDown();
        listener.close();
        for (Socket socket : sockets) {
            socket.close();
        }
    }
}
