package org.pgproof.testkit.bench;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.concurrent.Executors;

/**
 * An S3 store that forgets what large uploads contain and counts requests: for dumps larger than a disk, and for more
 * objects than a store on a folder can list. {@code CountingS3 BACKUPS} begins with so many backups of an hour each and
 * as many objects of other people, prints its address as {@code BenchServers} does, and the requests when its input ends.
 */
public final class CountingS3 {
    private static final String BUCKET = "/bench/";
    private static final int PAGE = 1000;
    private static final int KEPT = 1 << 16;
    private static final DateTimeFormatter KEY = DateTimeFormatter.ofPattern("'backup_'yyyyMMdd'_'HHmmss");

    /** Of no verification that passed: no backup is a reason to stop looking. */
    private static final byte[] RECEIPT =
            bytes("{\"format\":1,\"verdict\":\"COULD NOT VERIFY\",\"bytes\":0," + "\"uncompressedBytes\":0}");

    private final NavigableMap<String, byte[]> objects = new TreeMap<>();
    private final Map<String, Long> sizes = new HashMap<>();
    private final Map<String, Long> requests = new TreeMap<>();
    private final List<Long> parts = new ArrayList<>();

    private CountingS3() {}

    /** Runs until standard input ends. */
    public static void main(String[] arguments) throws IOException {
        CountingS3 store = new CountingS3();
        store.fill(Integer.parseInt(arguments[0]));
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newCachedThreadPool());
        server.createContext("/", exchange -> {
            try (exchange) {
                store.answer(exchange);
            }
        });
        server.start();
        System.out.println("S3_ENDPOINT=http://127.0.0.1:" + server.getAddress().getPort());
        System.out.println("S3_BUCKET=bench\nS3_ACCESS_KEY_ID=any\nS3_SECRET_ACCESS_KEY=any\n");
        while (System.in.read() >= 0) {
            // Only the end of the input matters.
        }
        System.out.println("Requests: " + store.requests + "; parts: " + store.describedParts());
        System.exit(0);
    }

    private void fill(int backups) {
        Instant newest = Instant.now().minus(Duration.ofHours(1));
        for (int i = 0; i < backups; i++) {
            // all but the oldest are within a retention of 9999 days
            Instant at = i == backups - 1 ? newest.minus(Duration.ofDays(10_000)) : newest.minus(Duration.ofHours(i));
            String key = "backup/" + KEY.format(at.atOffset(ZoneOffset.UTC));
            objects.put(key + ".sql.gz", new byte[1]);
            objects.put(key + ".verification.json", RECEIPT);
            objects.put(key + ".sql.gz.bak", new byte[1]);
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private synchronized void count(String what) {
        requests.merge(what, 1L, Long::sum);
    }

    private void answer(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        String key = path.startsWith(BUCKET) ? path.substring(BUCKET.length()) : "";
        Map<String, String> query = query(exchange.getRequestURI().getRawQuery());
        switch (exchange.getRequestMethod()) {
            case "GET" -> get(exchange, key, query);
            case "HEAD" -> head(exchange, key);
            case "PUT" -> put(exchange, key, query.containsKey("partNumber"));
            case "POST" -> post(exchange, key, query.containsKey("uploads"));
            default -> delete(exchange, key);
        }
    }

    private static Map<String, String> query(String raw) {
        Map<String, String> query = new HashMap<>();
        for (String pair : raw == null ? new String[0] : raw.split("&")) {
            String[] parts = pair.split("=", 2);
            query.put(parts[0], parts.length == 1 ? "" : URLDecoder.decode(parts[1], StandardCharsets.UTF_8));
        }
        return query;
    }

    private void get(HttpExchange exchange, String key, Map<String, String> query) throws IOException {
        if (query.containsKey("list-type")) {
            count("list");
            send(exchange, 200, page(query));
        } else if (query.containsKey("uploads")) {
            count("list uploads");
            send(
                    exchange,
                    200,
                    "<ListMultipartUploadsResult><IsTruncated>false</IsTruncated></ListMultipartUploadsResult>");
        } else {
            count("get");
            byte[] content;
            synchronized (this) {
                content = objects.get(key);
            }
            exchange.getResponseHeaders().set("ETag", "\"x\"");
            send(exchange, content == null ? 404 : 200, content == null ? new byte[0] : content);
        }
    }

    private synchronized String page(Map<String, String> query) {
        String prefix = query.getOrDefault("prefix", "");
        String after = query.getOrDefault("continuation-token", prefix);
        int most = Integer.parseInt(query.getOrDefault("max-keys", "" + PAGE));
        StringBuilder xml = new StringBuilder("<ListBucketResult>");
        String last = "";
        int listed = 0;
        for (Map.Entry<String, byte[]> object : objects.tailMap(after, false).entrySet()) {
            if (!object.getKey().startsWith(prefix) || listed == most) {
                break;
            }
            last = object.getKey();
            listed++;
            xml.append("<Contents><Key>")
                    .append(last)
                    .append("</Key><LastModified>")
                    .append(Instant.now())
                    .append("</LastModified>");
            xml.append("<ETag>x</ETag><Size>")
                    .append(size(last, object.getValue()))
                    .append("</Size></Contents>");
        }
        boolean more = listed == most
                && objects.higherKey(last) != null
                && objects.higherKey(last).startsWith(prefix);
        xml.append("<IsTruncated>").append(more).append("</IsTruncated>");
        return xml + (more ? "<NextContinuationToken>" + last + "</NextContinuationToken>" : "")
                + "</ListBucketResult>";
    }

    private long size(String key, byte[] content) {
        return sizes.getOrDefault(key, (long) content.length);
    }

    private void head(HttpExchange exchange, String key) throws IOException {
        count("head");
        synchronized (this) {
            byte[] content = objects.get(key);
            exchange.getResponseHeaders().set("ETag", "\"x\"");
            if (content != null) {
                exchange.getResponseHeaders().set("Content-Length", "" + size(key, content));
            }
            exchange.sendResponseHeaders(content == null ? 404 : 200, -1);
        }
    }

    private void put(HttpExchange exchange, String key, boolean part) throws IOException {
        count(part ? "part" : "put");
        byte[] kept = exchange.getRequestBody().readNBytes(KEPT);
        long size = kept.length + drain(exchange.getRequestBody());
        synchronized (this) {
            if (part) {
                parts.add(size);
                sizes.merge(key, size, Long::sum);
            } else {
                objects.put(key, kept);
                sizes.put(key, size);
            }
        }
        exchange.getResponseHeaders().set("ETag", "\"x\"");
        send(exchange, 200, new byte[0]);
    }

    private static long drain(InputStream body) throws IOException {
        byte[] buffer = new byte[KEPT];
        long count = 0;
        for (int read = body.read(buffer); read >= 0; read = body.read(buffer)) {
            count += read;
        }
        return count;
    }

    private void post(HttpExchange exchange, String key, boolean begins) throws IOException {
        exchange.getRequestBody().readAllBytes();
        count(begins ? "begin" : "complete");
        if (!begins) {
            synchronized (this) {
                objects.put(key, new byte[0]);
            }
        }
        String name = begins ? "InitiateMultipartUploadResult" : "CompleteMultipartUploadResult";
        String content = begins ? "<UploadId>1</UploadId>" : "<ETag>x</ETag>";
        send(exchange, 200, "<" + name + ">" + content + "</" + name + ">");
    }

    private void delete(HttpExchange exchange, String key) throws IOException {
        count("delete");
        synchronized (this) {
            objects.remove(key);
        }
        exchange.sendResponseHeaders(204, -1);
    }

    private static void send(HttpExchange exchange, int status, String xml) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", "application/xml");
        send(exchange, status, bytes("<?xml version=\"1.0\" encoding=\"UTF-8\"?>" + xml));
    }

    private static void send(HttpExchange exchange, int status, byte[] content) throws IOException {
        exchange.sendResponseHeaders(status, content.length == 0 ? -1 : content.length);
        exchange.getResponseBody().write(content);
    }

    /** How many parts there were of each size, in mebibytes. */
    private synchronized String describedParts() {
        Map<Long, Integer> bySize = new TreeMap<>();
        parts.forEach(size -> bySize.merge(size >> 20, 1, Integer::sum));
        return bySize + " (MiB=number), "
                + parts.stream().mapToLong(Long::longValue).sum() + " bytes";
    }
}
