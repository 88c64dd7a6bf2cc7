package org.pgproof.testkit;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** One client's connection to a {@link FaultProxy}; each request gets a connection of its own to the server. */
final class FaultyConnection implements Runnable {
    private static final long ALL = Long.MAX_VALUE;

    private final FaultProxy proxy;
    private final Socket client;
    private final InputStream in;
    private final OutputStream out;

    FaultyConnection(FaultProxy proxy, Socket client) throws IOException {
        this.proxy = proxy;
        this.client = client;
        this.in = new BufferedInputStream(client.getInputStream(), 64 * 1024);
        this.out = client.getOutputStream();
        client.setTcpNoDelay(true);
    }

    @Override
    public void run() {
        try (client) {
            @Nullable HttpHead request = HttpHead.read(in);
            while (request != null && pass(request)) {
                request = HttpHead.read(in);
            }
        } catch (IOException | InterruptedException broken) {
            // Either side went away, which is what this proxy is for.
        } finally {
            proxy.forget(client);
        }
    }

    /** Passes one request on and its answer back; false when the connection cannot carry another. */
    private boolean pass(HttpHead request) throws IOException, InterruptedException {
        @Nullable Fault fault = proxy.arrived(request.firstLine());
        if (fault instanceof Fault.First first) {
            first.action().run();
        }
        if (request.has("expect", "100-continue")) {
            out.write("HTTP/1.1 100 Continue\r\n\r\n".getBytes(ISO_8859_1));
        }
        if (fault instanceof Fault.Refused refused) {
            copyBody(request, OutputStream.nullOutputStream(), ALL);
            return answer(request, refused.status(), refused.code());
        }
        if (fault instanceof Fault.Answered answered) {
            copyBody(request, OutputStream.nullOutputStream(), ALL);
            return answer(request, answered.status() + " As-Told", answered.contentType(), answered.body());
        }
        try (Socket server = proxy.connect()) {
            try {
                return exchange(request, fault, server);
            } finally {
                proxy.forget(server);
            }
        }
    }

    private boolean exchange(HttpHead request, @Nullable Fault fault, Socket server)
            throws IOException, InterruptedException {
        OutputStream toServer = server.getOutputStream();
        toServer.write(request.without("expect")
                .without("connection")
                .without("upgrade")
                .with("Connection: close")
                .bytes());
        if (fault instanceof Fault.SilentInRequest silent) {
            copyBody(request, toServer, silent.bodyBytes());
            return fallSilent();
        }
        if (fault instanceof Fault.ResetInRequest reset) {
            copyBody(request, toServer, reset.bodyBytes());
            return reset();
        }
        if (fault instanceof Fault.FlippedInRequest flipped) {
            copyFlipped(request, toServer, flipped.offset());
        } else {
            copyBody(request, toServer, ALL);
        }
        InputStream fromServer = new BufferedInputStream(server.getInputStream(), 64 * 1024);
        @Nullable HttpHead answer = HttpHead.read(fromServer);
        if (answer == null) {
            return reset();
        }
        if (fault instanceof Fault.SilentInsteadOfAnswer) {
            fromServer.transferTo(OutputStream.nullOutputStream());
            return fallSilent();
        }
        if (fault instanceof Fault.ResetInsteadOfAnswer) {
            fromServer.transferTo(OutputStream.nullOutputStream());
            return reset();
        }
        if (fault instanceof Fault.AnswerLost lost) {
            fromServer.transferTo(OutputStream.nullOutputStream());
            return answer(request, lost.status(), lost.code());
        }
        return giveBack(request, answer, fromServer, fault);
    }

    private boolean giveBack(HttpHead request, HttpHead answer, InputStream fromServer, @Nullable Fault fault)
            throws IOException, InterruptedException {
        boolean bodiless = request.firstLine().startsWith("HEAD ") || answer.status() == 204 || answer.status() == 304;
        boolean measured = bodiless || answer.contentLength().isPresent();
        out.write((measured ? answer.without("connection") : answer).bytes());
        if (fault instanceof Fault.SilentInAnswer silent) {
            copy(fromServer, out, silent.bodyBytes());
            return fallSilent();
        }
        if (fault instanceof Fault.ResetInAnswer reset) {
            copy(fromServer, out, reset.bodyBytes());
            return reset();
        }
        if (fault instanceof Fault.CloseInAnswer close) {
            copy(fromServer, out, close.bodyBytes());
            return false;
        }
        if (fault instanceof Fault.FlippedInAnswer flipped) {
            long length = answer.contentLength().orElse(ALL);
            copy(fromServer, out, Math.min(flipped.offset(), length));
            flip(fromServer, out);
        }
        if (fault instanceof Fault.TrickleInAnswer trickle) {
            return trickle(fromServer, trickle.milliseconds());
        }
        if (!bodiless) {
            copy(fromServer, out, answer.contentLength().orElse(ALL)); // or what is left of it
        }
        out.flush();
        return measured;
    }

    private boolean answer(HttpHead request, int status, String code) throws IOException {
        String error = "<?xml version=\"1.0\" encoding=\"UTF-8\"?><Error><Code>" + code
                + "</Code><Message>As the test demands</Message></Error>";
        return answer(request, status + " " + code, "application/xml", error);
    }

    private boolean answer(HttpHead request, String status, String contentType, String text) throws IOException {
        byte[] body = text.getBytes(UTF_8);
        out.write(("HTTP/1.1 " + status + "\r\nContent-Type: " + contentType + "\r\nContent-Length: " + body.length
                        + "\r\n\r\n")
                .getBytes(ISO_8859_1));
        if (!request.firstLine().startsWith("HEAD ")) {
            out.write(body);
        }
        out.flush();
        return true;
    }

    private boolean trickle(InputStream from, long milliseconds) throws IOException, InterruptedException {
        for (int value = from.read(); value >= 0; value = from.read()) {
            out.write(value);
            out.flush();
            TimeUnit.MILLISECONDS.sleep(milliseconds);
        }
        return false;
    }

    private boolean fallSilent() throws InterruptedException {
        new CountDownLatch(1).await();
        return false;
    }

    private boolean reset() throws IOException {
        client.setSoLinger(true, 0);
        client.close();
        return false;
    }

    /** Copies a request's body as it is on the wire, up to that many bytes. */
    private void copyBody(HttpHead request, OutputStream to, long limit) throws IOException {
        if (request.isChunked()) {
            throw new IOException("This proxy takes no chunked requests: " + request.firstLine());
        }
        copy(in, to, Math.min(limit, request.contentLength().orElse(0)));
        to.flush();
    }

    private void copyFlipped(HttpHead request, OutputStream to, long offset) throws IOException {
        long length = request.contentLength().orElse(0);
        long before = Math.max(0, Math.min(offset, length - 1));
        copyBody(request, to, before);
        if (length > 0) {
            flip(in, to);
            copy(in, to, length - before - 1);
            to.flush();
        }
    }

    private static void flip(InputStream from, OutputStream to) throws IOException {
        int value = from.read();
        if (value >= 0) {
            to.write(value ^ 1);
        }
    }

    private static void copy(InputStream from, OutputStream to, long limit) throws IOException {
        byte[] buffer = new byte[64 * 1024];
        long left = limit;
        while (left > 0) {
            int count = from.read(buffer, 0, (int) Math.min(left, buffer.length));
            if (count < 0) {
                return;
            }
            to.write(buffer, 0, count);
            left -= count;
        }
    }
}
