package org.pgproof.store.s3;

import static org.pgproof.store.StorageException.Reason.OTHER;
import static org.pgproof.store.StorageException.Reason.UNREACHABLE;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLException;
import javax.xml.stream.XMLStreamException;
import org.jspecify.annotations.Nullable;
import org.pgproof.settings.Proxy;
import org.pgproof.settings.S3Settings;
import org.pgproof.store.StorageException;
import org.pgproof.store.StorageException.Reason;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.core.exception.ApiCallAttemptTimeoutException;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.S3Response;

/** Says in words a person can act on why the store did not do something, without ever quoting a secret. */
final class S3Failures {
    private static final int LONGEST_QUOTE = 200;
    private static final String REQUEST_ID = "x-amz-request-id";
    private static final String WRONG = "check S3_ENDPOINT";

    private final S3Settings settings;
    private final String endpoint;
    private final String check;

    S3Failures(S3Settings settings) {
        this.settings = settings;
        this.endpoint = display(settings.endpoint())
                + settings.proxy()
                        .map(proxy -> " through the proxy " + proxy.display())
                        .orElse("");
        this.check = settings.proxy()
                .map(Proxy::variable)
                .map(name -> WRONG + " and " + name)
                .orElse(WRONG);
    }

    /** The endpoint, and the proxy on the way to it, for people. */
    String endpoint() {
        return endpoint;
    }

    /** The endpoint without what may hide secrets: user and query. */
    private static String display(URI endpoint) {
        String port = endpoint.getPort() < 0 ? "" : ":" + endpoint.getPort();
        String path = endpoint.getRawPath() == null || endpoint.getRawPath().equals("/") ? "" : endpoint.getRawPath();
        return endpoint.getScheme() + "://" + endpoint.getHost() + port + path;
    }

    /**
     * Tells a failure in an exception's words.
     *
     * @param what the thing that was being done, to follow "Could not"
     * @return {@link InterruptedIOException} when the thread was interrupted, else {@link StorageException}
     */
    IOException explain(String what, Throwable failure) {
        if (failure instanceof AbortedException || Thread.currentThread().isInterrupted()) {
            return Interruption.during("trying to " + what);
        }
        if (failure instanceof StorageException known) {
            return known;
        }
        if (failure instanceof S3Exception answer) {
            S3Refusal refusal = S3Refusal.of(code(answer), answer.statusCode());
            String advice = refusal.advice(settings.bucket(), settings.region(), endpoint);
            return because(refusal.reason(), what, advice + said(answer), answer);
        }
        return unanswered(what, failure);
    }

    StorageException because(Reason reason, String what, String why, @Nullable Throwable cause) {
        return new StorageException(reason, "Could not " + what + ": " + why, harmless(cause));
    }

    /**
     * Whether an answer shows that it is a store's: a web page at a wrong endpoint has neither. A store on a folder says
     * no ETag of a file that it did not write itself, such as one that somebody put in the place of a dump.
     */
    static boolean isS3(S3Response answer, @Nullable String etag) {
        return etag != null
                || answer.sdkHttpResponse().firstMatchingHeader(REQUEST_ID).isPresent();
    }

    /** A success in which something is missing that S3 always says: a web page, for example, at a wrong endpoint. */
    StorageException notS3(String what, String missing) {
        return because(
                OTHER, what, "what " + endpoint + " answered is not S3's, without " + missing + ": " + WRONG, null);
    }

    static String code(S3Exception answer) {
        AwsErrorDetails details = answer.awsErrorDetails();
        String code = details == null ? null : details.errorCode();
        return code == null ? "" : code;
    }

    private String said(S3Exception answer) {
        AwsErrorDetails details = answer.awsErrorDetails();
        String message = details == null ? null : details.errorMessage();
        String words = message == null || message.isBlank() ? "" : ": " + quote(message);
        return " (" + endpoint + " answered " + (answer.statusCode() + " " + code(answer)).strip() + words + ")";
    }

    private StorageException unanswered(String what, Throwable failure) {
        List<Throwable> chain = chain(failure);
        String root = quote(wordsOf(chain.get(chain.size() - 1)));
        if (failure instanceof ApiCallTimeoutException || failure instanceof ApiCallAttemptTimeoutException) {
            return because(UNREACHABLE, what, endpoint + " did not answer in time", failure);
        }
        if (find(chain, UnknownHostException.class).isPresent()) {
            return because(UNREACHABLE, what, unknownHost(), failure);
        }
        if (find(chain, SSLException.class).isPresent()) {
            String advice = "check its certificate, and whether S3_ENDPOINT should be http or https";
            return because(
                    UNREACHABLE, what, "no TLS connection to " + endpoint + " (" + root + "): " + advice, failure);
        }
        if (find(chain, ConnectException.class).isPresent()
                || find(chain, NoRouteToHostException.class).isPresent()) {
            return because(UNREACHABLE, what, "no connection to " + endpoint + " (" + root + "): " + check, failure);
        }
        Optional<SocketTimeoutException> silence = find(chain, SocketTimeoutException.class);
        if (silence.isPresent()) {
            String words = quote(wordsOf(silence.get()));
            return because(UNREACHABLE, what, endpoint + " fell silent (" + words + ")", failure);
        }
        return find(chain, IOException.class).isPresent()
                ? because(UNREACHABLE, what, "the exchange with " + endpoint + " broke (" + root + ")", failure)
                : because(
                        OTHER,
                        what,
                        "what " + endpoint + " answered is not S3's: " + WRONG + " (" + root + ")",
                        failure);
    }

    private String unknownHost() {
        return settings.proxy()
                .map(proxy -> "the host name " + proxy.address().getHost() + " of the proxy is unknown: correct "
                        + proxy.variable())
                .orElseGet(() -> "the host name " + settings.endpoint().getHost() + " is unknown: correct S3_ENDPOINT");
    }

    /** The failure, its cause, the cause's cause, and so on; a parser hides its cause elsewhere. */
    private static List<Throwable> chain(Throwable failure) {
        List<Throwable> chain = new ArrayList<>();
        for (Throwable next = failure; next != null && !chain.contains(next); ) {
            chain.add(next);
            next = next.getCause() == null && next instanceof XMLStreamException parsing
                    ? parsing.getNestedException()
                    : next.getCause();
        }
        return chain;
    }

    private static <T> Optional<T> find(List<Throwable> chain, Class<T> type) {
        return chain.stream().filter(type::isInstance).map(type::cast).findFirst();
    }

    private static String wordsOf(Throwable failure) {
        String message = failure.getMessage();
        return message == null ? failure.getClass().getSimpleName() : message;
    }

    private String quote(String text) {
        String line = text.replaceAll("\\p{Cntrl}+", " ").strip();
        String clean = hasSecret(line) ? "…" : line;
        return clean.length() <= LONGEST_QUOTE ? clean : clean.substring(0, LONGEST_QUOTE) + "…";
    }

    private boolean hasSecret(String text) {
        return settings.proxy()
                        .flatMap(Proxy::user)
                        .filter(user -> !user.password().value().isEmpty())
                        .filter(user -> text.contains(user.password().value()))
                        .isPresent()
                || text.contains(settings.secretAccessKey().value())
                || text.contains(settings.accessKeyId().value());
    }

    /** The cause, unless what the store sent back shows up in it with a secret. */
    private @Nullable Throwable harmless(@Nullable Throwable cause) {
        return cause == null || chain(cause).stream().anyMatch(link -> hasSecret(String.valueOf(link.getMessage())))
                ? null
                : cause;
    }
}
