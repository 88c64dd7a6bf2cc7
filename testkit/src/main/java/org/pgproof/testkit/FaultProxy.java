package org.pgproof.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * An HTTP proxy between a client and a server on this machine in which things go wrong on demand: rules look at the
 * request line ({@code PUT /bucket/key?partNumber=2&uploadId=… HTTP/1.1}) and say with which {@link Fault} the request
 * meets. A request that no rule is for passes unchanged.
 */
public final class FaultProxy implements AutoCloseable {
    private final URI target;
    private final ServerSocket listener;
    private final ExecutorService threads = Executors.newCachedThreadPool(FaultProxy::daemon);
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private final List<Rule> rules = new CopyOnWriteArrayList<>();
    private final List<String> requests = new CopyOnWriteArrayList<>();

    private FaultProxy(URI target) throws IOException {
        this.target = target;
        this.listener = new ServerSocket();
        // Small, so that a client that sends to a silent proxy soon notices.
        listener.setReceiveBufferSize(64 * 1024);
        listener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 100);
    }

    /** Starts a proxy to an {@code http} server. */
    public static FaultProxy to(URI target) {
        try {
            FaultProxy proxy = new FaultProxy(target);
            proxy.threads.execute(proxy::accept);
            return proxy;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Where clients reach the server through this proxy. */
    public URI endpoint() {
        return URI.create("http://127.0.0.1:" + listener.getLocalPort());
    }

    /** From now on, that many of the requests whose first line fits meet with the fault; earlier rules go first. */
    public FaultProxy fail(Predicate<String> requestLine, int times, Fault fault) {
        rules.add(new Rule(requestLine, fault, times));
        return this;
    }

    /** From now on, every request whose first line fits meets with the fault. */
    public FaultProxy fail(Predicate<String> requestLine, Fault fault) {
        return fail(requestLine, Integer.MAX_VALUE, fault);
    }

    /** Matches request lines that begin with the method and contain all the texts. */
    public static Predicate<String> request(String method, String... texts) {
        return line -> line.startsWith(method + " ") && List.of(texts).stream().allMatch(line::contains);
    }

    /** From now on, every request passes unchanged. */
    public void heal() {
        rules.clear();
    }

    /** The first lines of all requests so far, in order of arrival. */
    public List<String> requests() {
        return new ArrayList<>(requests);
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                Socket client = track(listener.accept());
                threads.execute(new FaultyConnection(this, client));
            } catch (IOException closed) {
                return;
            }
        }
    }

    Socket track(Socket socket) {
        sockets.add(socket);
        return socket;
    }

    void forget(Socket socket) {
        sockets.remove(socket);
    }

    Socket connect() throws IOException {
        Socket server = track(new Socket());
        server.connect(new InetSocketAddress(target.getHost(), target.getPort()));
        server.setTcpNoDelay(true);
        return server;
    }

    void execute(Runnable task) {
        threads.execute(task);
    }

    /** Notes the request and finds the rule for it, or null. */
    @Nullable
    Fault arrived(String requestLine) {
        requests.add(requestLine);
        for (Rule rule : rules) {
            if (rule.applies(requestLine)) {
                return rule.fault;
            }
        }
        return null;
    }

    /** Stops listening and breaks every connection. */
    @Override
    public void close() {
        threads.shutdownNow();
        try {
            listener.close();
            for (Socket socket : sockets) {
                socket.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Thread daemon(Runnable task) {
        Thread thread = new Thread(task, "fault-proxy");
        thread.setDaemon(true);
        return thread;
    }

    private static final class Rule {
        private final Predicate<String> requestLine;
        private final Fault fault;
        private int left;

        Rule(Predicate<String> requestLine, Fault fault, int times) {
            this.requestLine = requestLine;
            this.fault = fault;
            this.left = times;
        }

        synchronized boolean applies(String line) {
            if (left == 0 || !requestLine.test(line)) {
                return false;
            }
            left--;
            return true;
        }
    }
}
