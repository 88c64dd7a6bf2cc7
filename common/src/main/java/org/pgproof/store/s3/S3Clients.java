package org.pgproof.store.s3;

import java.net.URI;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import javax.xml.stream.XMLStreamException;
import org.pgproof.settings.Proxy;
import org.pgproof.settings.S3Settings;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.defaultsmode.DefaultsMode;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.core.client.config.ClientOverrideConfiguration;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.http.apache5.ProxyConfiguration;
import software.amazon.awssdk.profiles.ProfileFile;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.retries.StandardRetryStrategy;
import software.amazon.awssdk.retries.api.BackoffStrategy;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3Configuration;

/**
 * Makes clients that speak the S3 every store understands: path-style addresses except on AWS and Tigris, checksums only where
 * the protocol demands them, no chunked signatures. Nothing is looked up on the machine: no profile, no metadata service.
 */
final class S3Clients {
    private static final int CONNECTIONS = 64;
    private static final int ATTEMPTS = 4;
    private static final Set<String> TIGRIS =
            Set.of("storage.railway.app", "t3.storageapi.dev", "t3.storage.dev", "fly.storage.tigris.dev");
    private static final ProfileFile NO_PROFILES = ProfileFile.aggregator().build();

    private S3Clients() {}

    static S3Client open(S3Settings settings, TimeLimits limits) {
        return S3Client.builder()
                .endpointOverride(settings.endpoint())
                .region(Region.of(settings.region()))
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create(
                        settings.accessKeyId().value(),
                        settings.secretAccessKey().value())))
                .forcePathStyle(!isAws(settings.endpoint()) && !isTigris(settings.endpoint()))
                .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
                .responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED)
                .serviceConfiguration(S3Configuration.builder()
                        .chunkedEncodingEnabled(false)
                        .expectContinueEnabled(false)
                        .build())
                .disableS3ExpressSessionAuth(true)
                .dualstackEnabled(false)
                .fipsEnabled(false)
                .defaultsMode(DefaultsMode.STANDARD)
                .overrideConfiguration(overrides(limits))
                .httpClient(http(limits, settings.proxy()))
                .build();
    }

    static boolean isAws(URI endpoint) {
        String host = String.valueOf(endpoint.getHost()).toLowerCase(Locale.ROOT);
        return host.endsWith(".amazonaws.com") || host.endsWith(".amazonaws.com.cn");
    }

    /** Whose newer buckets know no path-style addresses; Railway's are among them. */
    static boolean isTigris(URI endpoint) {
        String host = String.valueOf(endpoint.getHost()).toLowerCase(Locale.ROOT);
        return TIGRIS.contains(host);
    }

    private static ClientOverrideConfiguration overrides(TimeLimits limits) {
        return ClientOverrideConfiguration.builder()
                .defaultProfileFile(NO_PROFILES)
                .apiCallAttemptTimeout(limits.attempt())
                .apiCallTimeout(limits.request())
                .retryStrategy(StandardRetryStrategy.builder()
                        .maxAttempts(ATTEMPTS)
                        .backoffStrategy(BackoffStrategy.exponentialDelay(limits.firstPause(), Duration.ofSeconds(10)))
                        .throttlingBackoffStrategy(
                                BackoffStrategy.exponentialDelay(limits.firstPause(), Duration.ofSeconds(20)))
                        .circuitBreakerEnabled(false)
                        // An answer that was cut short, as the parser sees it.
                        .retryOnExceptionOrCauseInstanceOf(XMLStreamException.class)
                        .build())
                .build();
    }

    /** The client's own reading of the variables differs from everybody else's: it takes HTTP_PROXY for https too. */
    private static ProxyConfiguration configuration(Optional<Proxy> proxy) {
        ProxyConfiguration.Builder configuration =
                ProxyConfiguration.builder().useSystemPropertyValues(false).useEnvironmentVariableValues(false);
        proxy.ifPresent(by -> configuration.scheme("http").endpoint(by.address()));
        proxy.flatMap(Proxy::user)
                .ifPresent(user -> configuration
                        .username(user.name())
                        .password(user.password().value())
                        .preemptiveBasicAuthenticationEnabled(true));
        return configuration.build();
    }

    private static SdkHttpClient http(TimeLimits limits, Optional<Proxy> proxy) {
        SdkHttpClient http = Apache5HttpClient.builder()
                .connectionTimeout(limits.connect())
                .connectionAcquisitionTimeout(limits.silence())
                .socketTimeout(limits.silence())
                .maxConnections(CONNECTIONS)
                .connectionMaxIdleTime(Duration.ofSeconds(20))
                .expectContinueEnabled(false)
                .tcpKeepAlive(true)
                .proxyConfiguration(configuration(proxy))
                .build();
        return new WatchedHttpClient(http, new ExchangeWatch(limits.silence()));
    }
}
