package org.pgproof.store.s3;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.URI;
import java.net.UnknownHostException;
import javax.net.ssl.SSLHandshakeException;
import javax.xml.stream.XMLStreamException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.pgproof.settings.S3Settings;
import org.pgproof.settings.Secret;
import org.pgproof.store.StorageException;
import org.pgproof.store.StorageException.Reason;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.s3.model.S3Exception;

class S3FailuresTest {
    private static final S3Failures FAILURES = new S3Failures(new S3Settings(
            URI.create("https://user:hidden@storage.example/s3?token=hidden"),
            "us-east-1",
            "shop-backups",
            new Secret("AKIDEXAMPLE"),
            new Secret("wJalrXUtnFEMI"),
            "backups"));

    @ParameterizedTest
    @CsvSource({
        "404, NoSuchBucket, NO_SUCH_BUCKET, create it or correct S3_BUCKET",
        "403, InvalidAccessKeyId, DENIED, S3_ACCESS_KEY_ID",
        "403, SignatureDoesNotMatch, DENIED, S3_SECRET_ACCESS_KEY",
        "403, RequestTimeTooSkewed, DENIED, clock",
        "403, AccessDenied, DENIED, not allowed",
        "403, '', OTHER, on the way",
        "401, '', OTHER, on the way",
        "407, '', UNREACHABLE, proxy",
        "400, ExpiredToken, DENIED, have expired",
        "403, ObjectLocked, DENIED, object lock",
        "404, NoSuchUpload, OTHER, lifecycle rule",
        "401, Unauthorized, DENIED, not allowed",
        "301, PermanentRedirect, OTHER, S3_REGION",
        "400, AuthorizationHeaderMalformed, OTHER, S3_REGION",
        "404, NoSuchKey, NOT_FOUND, no such object",
        "404, '', OTHER, on the way",
        "412, PreconditionFailed, CHANGED, changed",
        "403, QuotaExceeded, LIMIT, quota",
        "507, XMinioStorageFull, LIMIT, quota",
        "503, SlowDown, UNREACHABLE, slow down",
        "429, TooManyRequests, UNREACHABLE, slow down",
        "500, InternalError, UNREACHABLE, not available",
        "400, InvalidPart, OTHER, InvalidPart"
    })
    void saysWhatAnAnswerMeansAndWhatMendsIt(int status, String code, Reason reason, String words) {
        assertThat(FAILURES.explain("list the backups", answer(status, code, "said the store")))
                .isInstanceOfSatisfying(
                        StorageException.class, e -> assertThat(e.reason()).isEqualTo(reason))
                .hasMessageStartingWith("Could not list the backups: ")
                .hasMessageContaining(words)
                .hasMessageContaining("https://storage.example/s3 answered " + status)
                .hasMessageContaining("said the store");
    }

    @Test
    void quotesNoSecretOfAnyKind() {
        IOException told =
                FAILURES.explain("list", answer(403, "SignatureDoesNotMatch", "AKIDEXAMPLE with wJalrXUtnFEMI"));
        assertThat(told.getMessage()).doesNotContain("AKIDEXAMPLE", "wJalrXUtnFEMI", "hidden");
        assertThat(told.getCause()).isNull();
    }

    @Test
    void quotesOneShortLineOfWhatTheStoreSays() {
        IOException told = FAILURES.explain("list", answer(500, "InternalError", "a\nb".repeat(1_000)));
        assertThat(told.getMessage()).hasSizeLessThan(500).doesNotContain("\n");
    }

    @Test
    void tellsFailuresOnTheWayApart() {
        assertThat(told(new UnknownHostException("storage.example"))).hasMessageContaining("host name storage.example");
        assertThat(told(new SSLHandshakeException("PKIX path building failed")))
                .hasMessageContaining("PKIX path building failed")
                .hasMessageContaining("certificate");
        assertThat(told(new XMLStreamException("Content is not allowed in prolog")))
                .hasMessageContaining("S3_ENDPOINT");
        assertThat(told(new XMLStreamException("cut", new IOException("Premature end"))))
                .hasMessageContaining("Premature end")
                .isInstanceOfSatisfying(
                        StorageException.class, e -> assertThat(e.reason()).isEqualTo(Reason.UNREACHABLE));
    }

    @Test
    void tellsAnInterruptAsWhatItIs() {
        Thread.currentThread().interrupt();
        assertThat(told(new IOException("Socket closed"))).isInstanceOf(InterruptedIOException.class);
        assertThat(Thread.interrupted()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "https://s3.eu-west-1.amazonaws.com, true",
        "https://S3.AMAZONAWS.COM, true",
        "https://s3.cn-north-1.amazonaws.com.cn, true",
        "https://amazonaws.com.example.org, false",
        "https://notamazonaws.com, false",
        "https://account.r2.cloudflarestorage.com, false",
        "http://[::1]:9000, false"
    })
    void onlyAwsHasBucketsInItsHostNames(URI endpoint, boolean aws) {
        assertThat(S3Clients.isAws(endpoint)).isEqualTo(aws);
    }

    private static IOException told(Exception cause) {
        return FAILURES.explain("list", SdkClientException.create("Unable to execute HTTP request", cause));
    }

    private static Throwable answer(int status, String code, String message) {
        return S3Exception.builder()
                .statusCode(status)
                .awsErrorDetails(AwsErrorDetails.builder()
                        .errorCode(code.isEmpty() ? null : code)
                        .errorMessage(message)
                        .build())
                .build();
    }
}
