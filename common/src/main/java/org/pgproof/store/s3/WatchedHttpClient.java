package org.pgproof.store.s3;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import software.amazon.awssdk.http.Abortable;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.http.ContentStreamProvider;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;

/** An HTTP client whose requests and response bodies end on an interrupt and on silence, whichever way bytes flow. */
final class WatchedHttpClient implements SdkHttpClient {
    private final SdkHttpClient client;
    private final ExchangeWatch watch;

    WatchedHttpClient(SdkHttpClient client, ExchangeWatch watch) {
        this.client = client;
        this.watch = watch;
    }

    @Override
    public ExecutableHttpRequest prepareRequest(HttpExecuteRequest request) {
        return new WatchedRequest(request);
    }

    @Override
    public String clientName() {
        return client.clientName();
    }

    @Override
    public void close() {
        client.close();
        watch.close();
    }

    private final class WatchedRequest implements ExecutableHttpRequest {
        private final ExecutableHttpRequest delegate;
        private final Exchange exchange;

        WatchedRequest(HttpExecuteRequest request) {
            HttpExecuteRequest.Builder watched = HttpExecuteRequest.builder().request(request.httpRequest());
            request.metricCollector().ifPresent(watched::metricCollector);
            request.contentStreamProvider().ifPresent(body -> watched.contentStreamProvider(counted(body)));
            delegate = client.prepareRequest(watched.build());
            exchange = watch.begin(delegate);
        }

        private ContentStreamProvider counted(ContentStreamProvider body) {
            return () -> new SentBody(body.newStream(), this);
        }

        @Override
        public HttpExecuteResponse call() throws IOException {
            boolean answered = false;
            exchange.enter();
            try {
                HttpExecuteResponse response = delegate.call();
                answered = response.responseBody().isPresent();
                return watched(response);
            } catch (IOException | RuntimeException e) {
                throw exchange.explain(e);
            } finally {
                exchange.leave();
                if (!answered) {
                    watch.end(exchange);
                }
            }
        }

        private HttpExecuteResponse watched(HttpExecuteResponse response) {
            HttpExecuteResponse.Builder watched = HttpExecuteResponse.builder().response(response.httpResponse());
            response.responseBody()
                    .ifPresent(body -> watched.responseBody(AbortableInputStream.create(
                            new ReceivedBody(body, watch, exchange), new AbortedBody(body, watch, exchange))));
            return watched.build();
        }

        @Override
        public void abort() {
            delegate.abort();
        }
    }

    /** Tells the watch that bytes are being sent. */
    private static final class SentBody extends FilterInputStream {
        private final WatchedRequest request;

        SentBody(InputStream in, WatchedRequest request) {
            super(in);
            this.request = request;
        }

        @Override
        public int read() throws IOException {
            request.exchange.moved();
            return super.read();
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            request.exchange.moved();
            return super.read(bytes, offset, length);
        }
    }

    private record AbortedBody(Abortable body, ExchangeWatch watch, Exchange exchange) implements Abortable {
        @Override
        public void abort() {
            watch.end(exchange);
            body.abort();
        }
    }

    /** Lets the watch see who waits for the next bytes. */
    private static final class ReceivedBody extends FilterInputStream {
        private final ExchangeWatch watch;
        private final Exchange exchange;

        ReceivedBody(InputStream in, ExchangeWatch watch, Exchange exchange) {
            super(in);
            this.watch = watch;
            this.exchange = exchange;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            exchange.enter();
            try {
                return super.read(bytes, offset, length);
            } catch (IOException | RuntimeException e) {
                throw exchange.explain(e);
            } finally {
                exchange.leave();
            }
        }

        @Override
        public void close() throws IOException {
            watch.end(exchange);
            super.close();
        }
    }
}
