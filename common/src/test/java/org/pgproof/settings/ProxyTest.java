package org.pgproof.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProxyTest {
    private static final URI HTTPS = URI.create("https://s3.example.com");
    private static final URI HTTP = URI.create("http://s3.example.com:9000");

    @Test
    void isTheOneForTheEndpointsScheme() {
        Map<String, String> variables = Map.of("HTTPS_PROXY", "http://tls:3128", "HTTP_PROXY", "http://plain:3128");
        assertThat(proxy(HTTPS, variables)).contains("http://tls:3128");
        assertThat(proxy(HTTP, variables)).contains("http://plain:3128");
        assertThat(proxy(HTTPS, Map.of("HTTP_PROXY", "http://plain:3128"))).isEmpty();
        assertThat(proxy(HTTP, Map.of("HTTPS_PROXY", "http://tls:3128"))).isEmpty();
        assertThat(proxy(HTTP, Map.of("ALL_PROXY", "all:3128"))).contains("http://all:3128");
        assertThat(proxy(HTTP, Map.of("http_proxy", "small", "HTTP_PROXY", "large")))
                .contains("http://small:80");
    }

    @ParameterizedTest
    @CsvSource({
        "'*', true",
        "example.com, true",
        ".example.com, true",
        "*.example.com, true",
        "other.org S3.EXAMPLE.COM, true",
        "'other.org,s3.example.com:443', true",
        "s3.example.com:80, false",
        "xample.com, false",
        "3.example.com, false",
        "10.0.0.0/8, false"
    })
    void isNotForWhatIsExempt(String exempt, boolean without) {
        assertThat(proxy(HTTPS, Map.of("HTTPS_PROXY", "http://p:1", "NO_PROXY", exempt))
                        .isEmpty())
                .isEqualTo(without);
    }

    @ParameterizedTest
    @CsvSource({
        "10.1.2.3, 10.0.0.0/8, true",
        "11.1.2.3, 10.0.0.0/8, false",
        "10.1.2.3, 10.1.2.3, true",
        "10.1.2.3, 10.1.2.0/31, false",
        "10.1.2.3, 10.1.2.2/31, true",
        "[fd00::1], fd00::/8, true",
        "[fe80::1], fd00::/8, false",
        "[fd00::1], fd00::1, true",
        "10.1.2.3, 10.0.0.0/x, false",
        "127.0.0.1, none, true",
        "[::1], none, true",
        "localhost, none, true"
    })
    void knowsAddressesRangesAndThisMachine(String host, String exempt, boolean without) {
        URI endpoint = URI.create("http://" + host + ":9000");
        assertThat(proxy(endpoint, Map.of("HTTP_PROXY", "http://p:1", "NO_PROXY", exempt))
                        .isEmpty())
                .isEqualTo(without);
    }

    @Test
    void hasAUserWhosePasswordIsNotShown() {
        Environment environment = Environment.of(Map.of("https_proxy", "http://me:p%40ss+w@proxy.lan:3128/"));
        Proxy proxy = Proxy.on(HTTPS, environment).orElseThrow();
        assertThat(proxy.user()).contains(new Proxy.User("me", new Secret("p@ss+w")));
        assertThat(proxy.display()).isEqualTo("http://proxy.lan:3128");
        assertThat(proxy.toString()).doesNotContain("p@ss");
    }

    @Test
    void isAProblemWhenItIsOfAnotherKind() {
        for (String wrong : new String[] {"socks5://secret@p:1", "https://p:1", "http://a b", "://"}) {
            Environment environment = Environment.of(Map.of("HTTPS_PROXY", wrong));
            assertThat(Proxy.on(HTTPS, environment)).isEmpty();
            assertThat(environment.problems().errors())
                    .singleElement()
                    .satisfies(problem -> assertThat(problem.toString())
                            .contains("HTTPS_PROXY", "no http proxy")
                            .doesNotContain("secret"));
        }
    }

    private static Optional<String> proxy(URI endpoint, Map<String, String> variables) {
        return Proxy.on(endpoint, Environment.of(variables)).map(Proxy::display);
    }
}
