package org.pgproof.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.pgproof.settings.Environment;
import org.pgproof.settings.Problem;

class ConnectionSettingsTest {
    private static final String URI = "postgresql://app:s3cret@db:5433/shop";

    @Test
    void givesChildrenEverythingThroughTheirEnvironment() throws Exception {
        assertThat(settings(URI).environment())
                .isEqualTo(Map.of(
                        "PGHOST", "db",
                        "PGPORT", "5433",
                        "PGUSER", "app",
                        "PGPASSWORD", "s3cret",
                        "PGDATABASE", "shop",
                        "PGCONNECT_TIMEOUT", "10"));
        assertThat(settings(URI).connectionString()).isEmpty();
    }

    @Test
    void takesFromVariablesWhatTheUriDoesNotSay() throws Exception {
        Map<String, String> variables = Map.of(
                "PGHOST",
                "other",
                "PGPORT",
                "1",
                "PGUSER",
                "other",
                "PGPASSWORD",
                "other",
                "PGSSLMODE",
                "require",
                "PGTZ",
                "x");
        Map<String, String> environment =
                ConnectionSettings.ofUri("postgresql://app@db/shop", variables).environment();
        assertThat(environment)
                .containsEntry("PGHOST", "db")
                .containsEntry("PGPORT", "1")
                .containsEntry("PGUSER", "app")
                .containsEntry("PGPASSWORD", "other")
                .containsEntry("PGSSLMODE", "require")
                .doesNotContainKey("PGTZ");
    }

    @Test
    void nameTheUserAfterTheSystemsAndTheDatabaseAfterTheUser() throws Exception {
        assertThat(settings("postgresql://db").environment())
                .containsEntry("PGUSER", System.getProperty("user.name"))
                .containsEntry("PGDATABASE", System.getProperty("user.name"))
                .containsEntry("PGPORT", "5432")
                .doesNotContainKey("PGPASSWORD");
        assertThat(settings("postgresql://app@db").database()).isEqualTo("app");
    }

    @Test
    void looksForALocalServerWhenNoHostIsGiven() throws Exception {
        assertThat(settings("postgresql:///shop").hosts()).hasSize(1).first().satisfies(host -> {
            assertThat(host.port()).isEqualTo(5432);
            assertThat(List.of("/var/run/postgresql", "/tmp", "localhost")).contains(host.name());
        });
    }

    @Test
    void matchesPortsAndAddressesWithHosts() throws Exception {
        assertThat(settings("postgresql://a,b:2,c/d").hosts())
                .containsExactly(
                        new ServerHost("a", "", 5432), new ServerHost("b", "", 2), new ServerHost("c", "", 5432));
        assertThat(settings("postgresql://a,b/d?port=7").hosts())
                .containsExactly(new ServerHost("a", "", 7), new ServerHost("b", "", 7));
        assertThat(settings("postgresql://a,b/d?hostaddr=192.0.2.1,192.0.2.2").hosts())
                .containsExactly(new ServerHost("a", "192.0.2.1", 5432), new ServerHost("b", "192.0.2.2", 5432));
        assertThat(settings("postgresql:///d?hostaddr=192.0.2.1").hosts())
                .containsExactly(new ServerHost("", "192.0.2.1", 5432));
        assertThat(settings("postgresql://a,b:2/d").environment())
                .containsEntry("PGHOST", "a,b")
                .containsEntry("PGPORT", "5432,2");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "postgresql://a,b/d?port=1,2,3",
                "postgresql://a,b/d?hostaddr=192.0.2.1",
                "postgresql://a:0/d",
                "postgresql://a:65536/d",
                "postgresql://a/d?port=x",
                "postgresql://a/d?port=-1",
                "postgresql://%40a/d",
                "postgresql://a/d?sslmode=required",
                "postgresql://a/d?sslmode=VERIFY-FULL",
                "postgresql://a/d?target_session_attrs=rw",
                "postgresql://a/d?connect_timeout=1s",
                "postgresql://a/d?channel_binding=yes",
                "postgresql://a/d?load_balance_hosts=true",
                "postgresql://a/d?sslrootcert=system&sslmode=require",
                "postgresql://a/d?sslrootcert=system&sslcert=x",
                "postgresql://a/d?sslnegotiation=direct",
                "postgresql://a/d?sslcertmode=require"
            })
    void refusesWhatCannotBeMeant(String uri) {
        assertThatThrownBy(() -> settings(uri)).isInstanceOf(InvalidConnectionException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "sslpassword",
                "sslcrl",
                "sslcrldir",
                "requirepeer",
                "service",
                "replication",
                "oauth_client_secret",
                "scram_client_key"
            })
    void refusesWhatJdbcCannotHonour(String parameter) {
        assertThatThrownBy(() -> settings(URI + "?" + parameter + "=s3cret"))
                .isInstanceOf(InvalidConnectionException.class)
                .hasMessageContaining(parameter + ", which is not supported")
                .hasMessageNotContaining("s3cret");
    }

    @Test
    void refusesAServiceInAVariable() {
        assertThatThrownBy(() -> ConnectionSettings.ofUri(URI, Map.of("PGSERVICE", "shop")))
                .hasMessageContaining("PGSERVICE");
    }

    @Test
    void trustsTheSystemsRootsOnlyWithFullVerification() throws Exception {
        assertThat(settings(URI + "?sslrootcert=system").environment())
                .containsEntry("PGSSLMODE", "verify-full")
                .containsEntry("PGSSLROOTCERT", "system");
    }

    @Test
    void putsIntoTheConnectionStringWhatHasNoVariableOrMustBeUnderstood() throws Exception {
        ConnectionSettings settings = settings(
                URI
                        + "?keepalives_idle=30&require_auth=scram-sha-256&fallback_application_name=it%27s%20%5C&sslmode=require");
        assertThat(settings.connectionString())
                .contains("require_auth='scram-sha-256' fallback_application_name='it\\'s \\\\' keepalives_idle='30'");
        assertThat(settings.environment()).containsEntry("PGSSLMODE", "require").doesNotContainKey("PGREQUIREAUTH");
    }

    @Test
    void changesDatabaseHostAndOptions() throws Exception {
        ConnectionSettings settings = settings("postgresql://u:s3cret@a,b/d?target_session_attrs=primary"
                        + "&hostaddr=192.0.2.1,192.0.2.2&options=-c%20a%3Db")
                .withDatabase("x y")
                .withHost("::1", 7)
                .withOption("-c c=d");
        assertThat(settings.environment())
                .containsEntry("PGHOST", "::1")
                .containsEntry("PGPORT", "7")
                .containsEntry("PGDATABASE", "x y")
                .containsEntry("PGOPTIONS", "-c a=b -c c=d")
                .doesNotContainKeys("PGHOSTADDR", "PGTARGETSESSIONATTRS");
        assertThat(settings.display()).isEqualTo("postgresql://[::1]:7/x%20y");
    }

    @Test
    void showsHostsAndDatabaseOnly() throws Exception {
        ConnectionSettings settings =
                settings("postgresql://app:s3cret@a,b:2/sh%0Aop?password=s3cret2&options=-c%20x%3Ds3cret3");
        assertThat(settings.display()).isEqualTo("postgresql://a:5432,b:2/sh%0Aop");
        assertThat(settings + " " + settings.connectionString())
                .doesNotContain("s3cret")
                .doesNotContain("app");
    }

    @Test
    void saysThatNeitherUriNorVariablesAreSet() {
        Environment environment = Environment.of(Map.of("PGUSER", "x"));
        ConnectionSettings.parse(environment);
        assertThat(environment.problems().errors())
                .extracting(Problem::toString)
                .singleElement()
                .satisfies(problem -> assertThat(problem).contains("DATABASE_URL is not set, and neither is PGHOST"));
    }

    @Test
    void readsVariablesAlone() {
        Environment environment =
                Environment.of(Map.of("PGHOST", "db", "PGUSER", "app", "PGPASSWORD", "p@:/", "PGDATABASE", "a=b"));
        assertThat(ConnectionSettings.parse(environment).environment())
                .containsEntry("PGPASSWORD", "p@:/")
                .containsEntry("PGDATABASE", "a=b");
        assertThat(environment.problems().errors()).isEmpty();
    }

    @Test
    void recordsWhatIsWrongWithTheUri() {
        Environment environment = Environment.of(Map.of("DATABASE_URL", "postgresql://app:s3/cret@db/shop"));
        ConnectionSettings.parse(environment);
        assertThat(environment.problems().errors()).hasSize(1);
        assertThat(environment.problems().toString())
                .contains("DATABASE_URL")
                .contains("percent-encode")
                .doesNotContain("cret");
    }

    @Test
    void readsServersBackFromTheUrlOfAConnection() {
        ServerHost server = new ServerHost("/a b,c%/ü", "::1", 7);
        assertThat(ServerHost.decode(server.encoded())).isEqualTo(server);
        assertThat(ReachedServer.url(server)).startsWith("jdbc:postgresql://?").doesNotContain("&", " ", ",");
    }

    @Test
    void hidesValuesOutsideAsciiFromTheLocale() {
        ProcessBuilder builder = new ProcessBuilder("psql", "--version");
        ChildEnvironment.set(builder, new HashMap<>(Map.of("PGUSER", "app", "PGPASSWORD", "pä")), false);
        assertThat(builder.environment())
                .containsEntry("PGUSER", "app")
                .containsEntry("PGPROOF_OCTAL_PGPASSWORD", "\\0160\\0303\\0244")
                .doesNotContainKey("PGPASSWORD");
        assertThat(builder.command()).startsWith("/bin/sh", "-c").endsWith("sh", "psql", "--version");
    }

    private static ConnectionSettings settings(String uri) throws InvalidConnectionException {
        return ConnectionSettings.ofUri(uri, Map.of());
    }
}
