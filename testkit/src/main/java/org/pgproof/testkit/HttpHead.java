package org.pgproof.testkit;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The first line and the headers of an HTTP/1.1 message. */
record HttpHead(String firstLine, List<String> headers) {

    /** Reads a head up to the blank line behind it, or null when the stream has ended. */
    static @Nullable HttpHead read(InputStream in) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (int tail = 0; tail != 0x0d0a0d0a; ) {
            int next = in.read();
            if (next < 0) {
                if (bytes.size() == 0) {
                    return null;
                }
                throw new EOFException("A message ended within its head");
            }
            bytes.write(next);
            tail = tail << 8 | next;
        }
        List<String> lines = bytes.toString(ISO_8859_1).strip().lines().toList();
        return new HttpHead(lines.get(0), lines.subList(1, lines.size()));
    }

    boolean has(String name, String value) {
        return values(name).anyMatch(value::equalsIgnoreCase);
    }

    OptionalLong contentLength() {
        return values("content-length").mapToLong(Long::parseLong).findFirst();
    }

    boolean isChunked() {
        return has("transfer-encoding", "chunked");
    }

    int status() {
        return Integer.parseInt(firstLine.split(" ", 3)[1]);
    }

    HttpHead without(String name) {
        return new HttpHead(
                firstLine, headers.stream().filter(line -> !is(line, name)).toList());
    }

    HttpHead with(String header) {
        return new HttpHead(
                firstLine, Stream.concat(headers.stream(), Stream.of(header)).toList());
    }

    byte[] bytes() {
        String lines = headers.isEmpty() ? "" : String.join("\r\n", headers) + "\r\n";
        return (firstLine + "\r\n" + lines + "\r\n").getBytes(ISO_8859_1);
    }

    private Stream<String> values(String name) {
        return headers.stream()
                .filter(line -> is(line, name))
                .map(line -> line.substring(name.length() + 1).strip());
    }

    private static boolean is(String line, String name) {
        return line.toLowerCase(Locale.ROOT).startsWith(name.toLowerCase(Locale.ROOT) + ":");
    }
}
