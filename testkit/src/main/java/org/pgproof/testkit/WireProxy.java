package org.pgproof.testkit;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** A TCP proxy between clients and a server on this machine, whose wire can be cut, held still or made slow. */
public final class WireProxy implements AutoCloseable {
    private static final int CHUNK = 16 * 1024;
    private static final long TRICKLE_PAUSE_MILLIS = 50;

    private final int target;
    private final ServerSocket listener;
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private boolean still;
    private boolean refusing;
    private boolean slow;
    private long cutAfter = Long.MAX_VALUE;

    private WireProxy(int target) throws IOException {
        this.target = target;
        this.listener = new ServerSocket(0, 100, InetAddress.getLoopbackAddress());
    }

    /** Starts a proxy to a port of this machine. */
    public static WireProxy to(int port) {
        try {
            WireProxy proxy = new WireProxy(port);
            start(proxy::accept);
            return proxy;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Where clients reach the server through this proxy. */
    public int port() {
        return listener.getLocalPort();
    }

    /** Breaks every connection once that many more bytes have passed, in both directions together. */
    public synchronized void cutAfter(long bytes) {
        cutAfter = bytes;
    }

    /** Breaks every connection that there is. */
    public void cut() {
        sockets.forEach(WireProxy::close);
    }

    /** Lets nothing pass any more, and no connection end. */
    public synchronized void hold() {
        still = true;
    }

    /** Lets 16 kB pass twenty times a second on each connection. */
    public synchronized void trickle() {
        slow = true;
    }

    /** Breaks new connections at once. */
    public synchronized void refuse() {
        refusing = true;
    }

    /** From now on everything passes. */
    public synchronized void heal() {
        still = false;
        slow = false;
        refusing = false;
        cutAfter = Long.MAX_VALUE;
        notifyAll();
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                Socket client = listener.accept();
                if (isRefusing()) {
                    close(client);
                } else {
                    join(client);
                }
            } catch (IOException closedOrServerGone) {
                // The client notices, which is what this proxy is for.
            }
        }
    }

    private synchronized boolean isRefusing() {
        return refusing;
    }

    private void join(Socket client) throws IOException {
        Socket server = new Socket();
        sockets.add(client);
        sockets.add(server);
        try {
            server.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), target));
        } catch (IOException e) {
            end(client, server);
            throw e;
        }
        client.setTcpNoDelay(true);
        server.setTcpNoDelay(true);
        start(() -> pass(client, server));
        start(() -> pass(server, client));
    }

    private void pass(Socket from, Socket to) {
        byte[] buffer = new byte[CHUNK];
        try {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            for (int count = in.read(buffer); count >= 0 && mayPass(count); count = in.read(buffer)) {
                out.write(buffer, 0, count);
            }
        } catch (IOException | InterruptedException broken) {
            // One side went away, and so does the other.
        } finally {
            end(from, to);
        }
    }

    private boolean mayPass(int bytes) throws InterruptedException {
        if (isSlow()) {
            new CountDownLatch(1).await(TRICKLE_PAUSE_MILLIS, TimeUnit.MILLISECONDS);
        }
        return isWhole(bytes);
    }

    private synchronized boolean isSlow() {
        return slow;
    }

    private synchronized boolean isWhole(int bytes) throws InterruptedException {
        while (still) {
            wait();
        }
        if (cutAfter < bytes) {
            cut();
            cutAfter = Long.MAX_VALUE;
            return false;
        }
        cutAfter = cutAfter == Long.MAX_VALUE ? cutAfter : cutAfter - bytes;
        return true;
    }

    private void end(Socket one, Socket other) {
        close(one);
        close(other);
        sockets.remove(one);
        sockets.remove(other);
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException alreadyGone) {
            // as wanted
        }
    }

    private static void start(Runnable task) {
        Thread thread = new Thread(task, "wire-proxy");
        thread.setDaemon(true);
        thread.start();
    }

    /** Stops listening and breaks every connection. */
    @Override
    public void close() {
        try {
            listener.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        heal();
        cut();
    }
}
