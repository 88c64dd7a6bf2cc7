package org.pgproof.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceAccessMode;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.pgproof.testkit.LocalPostgres;
import org.pgproof.testkit.PostgresServer;

/** What JDBC and psql, given the same settings, see of the same server. */
class ConnectionSettingsIT {
    private static final int MAJOR = 15;
    private static final String WHO = "SELECT current_user || '|' || current_database()";

    private final PostgresServer server = PostgresServer.shared(MAJOR);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "plain",
                "a@b",
                "a:b",
                "a/b",
                "a#b",
                "a%b",
                "a%40b",
                "a?b",
                "a&b=c",
                "a b",
                " a ",
                "a'b",
                "a\"b",
                "a\\b",
                "a+b",
                "pässwörd€",
                "密码",
                "😀",
                "$(id)",
                "`id`",
                "a;b",
                "-rf",
                "[x]",
                "%",
                "a\tb",
                "user=other"
            })
    @ResourceLock(value = "roles", mode = ResourceAccessMode.READ)
    void connectsWithHostilePasswordUserAndDatabase(String hostile) throws Exception {
        String role = "r " + hostile;
        String database = "d " + hostile;
        server.createRole(role, hostile, "");
        server.createDatabase(database);
        try {
            ConnectionSettings settings = ConnectionSettings.ofUri(server.url(role, hostile, database), Map.of());
            assertBothSee(settings, role + "|" + database);
        } finally {
            server.execute("postgres", "DROP DATABASE " + Queries.identifier(database));
            server.execute("postgres", "DROP ROLE " + Queries.identifier(role));
        }
    }

    @Test
    void connectsWithAnUnescapedPasswordAsFarAsLibpqReadsIt() throws Exception {
        String password = "p:#?&=+'\"\\é";
        server.createRole("raw", password, "");
        try {
            String uri = "postgres://raw:" + password + "@" + server.host() + ":" + server.port() + "/postgres";
            assertBothSee(ConnectionSettings.ofUri(uri, Map.of()), "raw|postgres");
        } finally {
            server.execute("postgres", "DROP ROLE raw");
        }
    }

    @Test
    void refusesAWrongPasswordWithoutShowingIt() throws Exception {
        ConnectionSettings settings =
                ConnectionSettings.ofUri(server.url(server.user(), "wr0ng-s3cret", "postgres"), Map.of());
        assertThatThrownBy(settings::open)
                .isInstanceOf(SQLException.class)
                .hasMessageContaining("password authentication failed")
                .hasMessageContaining(server.host() + ":" + server.port())
                .hasMessageNotContaining("wr0ng-s3cret");
    }

    @Test
    void connectsOverAUnixSocket() throws Exception {
        Assumptions.assumeTrue(server instanceof LocalPostgres, "the server's socket is on this machine");
        String folder = ((LocalPostgres) server).socketDirectory().toString();
        String inHost = "postgresql://" + credentials() + "@" + folder.replace("/", "%2F") + ":" + server.port()
                + "/postgres?sslmode=require";
        String inParameter = "postgresql://" + credentials() + "@/postgres?host=" + folder + "&port=" + server.port();
        assertBothSee(ConnectionSettings.ofUri(inHost, Map.of()), server.user() + "|postgres");
        ConnectionSettings settings = ConnectionSettings.ofUri(inParameter, Map.of());
        assertBothSee(settings, server.user() + "|postgres");
        try (Connection connection = settings.open()) {
            assertBothSee(settings.connectedTo(connection), server.user() + "|postgres");
            assertThat(Queries.list(connection, "SELECT inet_server_addr()", row -> String.valueOf(row.getString(1))))
                    .containsExactly("null");
        }
    }

    @Test
    void connectsToAnIpv6Literal() throws Exception {
        Assumptions.assumeTrue(server instanceof LocalPostgres, "the server listens to ::1");
        String uri = "postgresql://" + credentials() + "@[::1]:" + server.port() + "/postgres";
        assertBothSee(ConnectionSettings.ofUri(uri, Map.of()), server.user() + "|postgres");
    }

    @Test
    void skipsHostsThatAreDeadAndPinsTheOneItReached() throws Exception {
        String uri = "postgresql://" + credentials() + "@127.0.0.1:" + closedPort() + ",nowhere.invalid:1,"
                + server.host() + ":" + server.port() + "/postgres";
        ConnectionSettings settings = ConnectionSettings.ofUri(uri, Map.of());
        assertBothSee(settings, server.user() + "|postgres");
        try (Connection connection = settings.open()) {
            ConnectionSettings pinned = settings.connectedTo(connection);
            assertThat(pinned.display()).isEqualTo("postgresql://" + server.host() + ":" + server.port() + "/postgres");
            assertBothSee(pinned, server.user() + "|postgres");
        }
    }

    @Test
    void namesEveryHostWhenNoneAnswers() throws Exception {
        int port = closedPort();
        ConnectionSettings settings =
                ConnectionSettings.ofUri("postgresql://u:s3cret@127.0.0.1:" + port + ",nowhere.invalid/d", Map.of());
        assertThatThrownBy(settings::open)
                .hasMessageContaining("127.0.0.1:" + port)
                .hasMessageContaining("refused")
                .hasMessageContaining("nowhere.invalid:5432: the host name is not known")
                .hasMessageNotContaining("s3cret");
    }

    @Test
    @Timeout(30)
    void givesUpOnAServerThatStaysSilentAndTriesTheNext() throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            String uri = "postgresql://" + credentials() + "@127.0.0.1:" + silent.getLocalPort() + "," + server.host()
                    + ":" + server.port() + "/postgres?connect_timeout=2";
            ConnectionSettings settings = ConnectionSettings.ofUri(uri, Map.of());
            long start = System.nanoTime();
            assertBothSee(settings, server.user() + "|postgres");
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(20));
        }
    }

    @Test
    void limitsOnlyTheConnectingNotTheQueries() throws Exception {
        ConnectionSettings settings = ConnectionSettings.ofUri(server.url("postgres") + "?connect_timeout=1", Map.of());
        try (Connection connection = settings.open()) {
            assertThat(Queries.text(connection, "SELECT 'done' FROM pg_sleep(2.5)"))
                    .isEqualTo("done");
        }
    }

    @Test
    void passesServerOptionsApplicationNameAndKeepalives() throws Exception {
        String uri = server.url("postgres") + "?options=-c%20work_mem%3D5MB&application_name=my%20%27app"
                + "&keepalives_idle=30&tcp_user_timeout=9000";
        ConnectionSettings settings = ConnectionSettings.ofUri(uri, Map.of()).withOption("-c bytea_output=escape");
        String query = "SELECT concat_ws('|', current_setting('work_mem'), current_setting('bytea_output'),"
                + " current_setting('application_name'))";
        try (Connection connection = settings.open()) {
            assertThat(Queries.text(connection, query)).isEqualTo("5MB|escape|my 'app");
        }
        assertThat(Psql.run(settings, query)).isEqualTo("5MB|escape|my 'app");
    }

    @Test
    void wantsAServerOfTheKindThatIsAskedFor() throws Exception {
        for (String kind : List.of("any", "read-write", "primary", "prefer-standby")) {
            assertBothSee(
                    ConnectionSettings.ofUri(server.url("postgres") + "?target_session_attrs=" + kind, Map.of()),
                    server.user() + "|postgres");
        }
        for (String kind : List.of("read-only", "standby")) {
            ConnectionSettings settings =
                    ConnectionSettings.ofUri(server.url("postgres") + "?target_session_attrs=" + kind, Map.of());
            assertThatThrownBy(settings::open).hasMessageContaining("is not " + kind);
        }
    }

    @Test
    void refusesToGoWithoutTheEncryptionThatIsAskedFor() throws Exception {
        for (String mode : List.of("require", "verify-ca", "verify-full")) {
            ConnectionSettings settings =
                    ConnectionSettings.ofUri(server.url("postgres") + "?sslmode=" + mode, Map.of());
            assertThatThrownBy(settings::open).isInstanceOf(SQLException.class);
        }
    }

    @Test
    void refusesAnAuthenticationMethodThatIsNotAllowed() throws Exception {
        ConnectionSettings settings = ConnectionSettings.ofUri(server.url("postgres") + "?require_auth=md5", Map.of());
        assertThatThrownBy(settings::open).isInstanceOf(SQLException.class);
        ConnectionSettings allowed =
                ConnectionSettings.ofUri(server.url("postgres") + "?require_auth=scram-sha-256", Map.of());
        try (Connection connection = allowed.open()) {
            assertThat(Queries.text(connection, WHO)).isEqualTo(server.user() + "|postgres");
        }
    }

    @Test
    void findsThePasswordInAPasswordFile(@TempDir Path folder) throws Exception {
        Path file = folder.resolve("pass:word file");
        server.createRole("filed", "a:b\\c", "");
        try {
            Files.writeString(file, "other:*:*:*:x\n*:" + server.port() + ":*:filed:a\\:b\\\\c\n");
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
            ConnectionSettings settings = ConnectionSettings.ofUri(
                    "postgresql://filed@" + server.host() + ":" + server.port() + "/postgres",
                    Map.of("PGPASSFILE", file.toString()));
            assertBothSee(settings, "filed|postgres");
        } finally {
            server.execute("postgres", "DROP ROLE filed");
        }
    }

    @Test
    void passesAPasswordOutsideAsciiWhereTheLocaleIsC() throws Exception {
        server.createRole("wide", "pä€\n密😀", "");
        try {
            ConnectionSettings settings =
                    ConnectionSettings.ofUri(server.url("wide", "pä€\n密😀", "postgres"), Map.of());
            ProcessBuilder builder = Psql.builder(settings, WHO);
            ChildEnvironment.set(builder, settings.environment(), false);
            assertThat(builder.command().get(0)).isEqualTo("/bin/sh");
            assertThat(String.join(" ", builder.command())).doesNotContain("pä");
            assertThat(Psql.run(builder)).isEqualTo("wide|postgres");
        } finally {
            server.execute("postgres", "DROP ROLE wide");
        }
    }

    private String credentials() {
        return PercentEncoding.encode(server.user()) + ":" + PercentEncoding.encode(server.password());
    }

    private void assertBothSee(ConnectionSettings settings, String expected) throws Exception {
        try (Connection connection = settings.open()) {
            assertThat(Queries.text(connection, WHO)).isEqualTo(expected);
        }
        assertThat(Psql.run(settings, WHO)).isEqualTo(expected);
        assertThat(settings + settings.display() + settings.connectionString())
                .doesNotContain(":" + PercentEncoding.encode(server.password()) + "@");
    }

    private static int closedPort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
