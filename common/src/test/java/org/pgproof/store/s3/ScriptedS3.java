package org.pgproof.store.s3;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.pgproof.settings.S3Settings;
import org.pgproof.settings.Secret;

/** A store that answers as a test says, for what no real server does: each request's query in, a body of XML out. */
final class ScriptedS3 implements AutoCloseable {
    private final HttpServer server;
    private final Function<Map<String, String>, String> script;
    private final List<Map<String, String>> queries = new CopyOnWriteArrayList<>();

    ScriptedS3(Function<Map<String, String>, String> script) throws IOException {
        this.script = script;
        this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 50);
        server.createContext("/", this::answer);
        server.start();
    }

    S3BackupStore store() {
        URI endpoint = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
        return new S3BackupStore(
                new S3Settings(endpoint, "us-east-1", "bucket", new Secret("key"), new Secret("secret"), "backups"),
                10_000,
                Stores.QUICK);
    }

    List<Map<String, String>> queries() {
        return new ArrayList<>(queries);
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            Map<String, String> query = parse(exchange.getRequestURI().getRawQuery());
            queries.add(query);
            byte[] body = script.apply(query).getBytes(UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "application/xml");
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
        }
    }

    private static Map<String, String> parse(String query) {
        return Arrays.stream(query.split("&"))
                .map(pair -> (pair + "=").split("=", 3))
                .collect(Collectors.toMap(pair -> pair[0], pair -> URLDecoder.decode(pair[1], UTF_8)));
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
