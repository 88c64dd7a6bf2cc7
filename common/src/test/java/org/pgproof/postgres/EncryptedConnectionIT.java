package org.pgproof.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.UserPrincipal;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.pgproof.testkit.LocalPostgres;

/** What JDBC and psql agree on when the server has a certificate, for the name localhost alone. */
class EncryptedConnectionIT {
    private static final String TLS =
            "SELECT concat_ws('|', ssl, version, current_user) FROM pg_stat_ssl WHERE pid = pg_backend_pid()";

    @TempDir
    private static Path folder;

    private static LocalPostgres server;
    private static Certificates certificates;

    @BeforeAll
    static void startServer() throws Exception {
        certificates = new Certificates(folder);
        certificates.create("server", "localhost", "RSA");
        certificates.create("other", "localhost", "RSA");
        certificates.create("rsa-client", "by-rsa", "RSA");
        certificates.create("ec-client", "by-ec", "EC");
        server = LocalPostgres.start(15);
        server.createRole("by-rsa", "unused", "");
        server.createRole("by-ec", "unused", "");
        String roots = Files.readString(certificates.certificate("rsa-client"))
                + Files.readString(certificates.certificate("ec-client"));
        Files.writeString(folder.resolve("roots.crt"), roots);
        give("ssl_cert_file", certificates.certificate("server"));
        give("ssl_key_file", certificates.key("server"));
        give("ssl_ca_file", folder.resolve("roots.crt"));
        Path access = Path.of(server.value("postgres", "SHOW hba_file"));
        Files.writeString(access, "hostssl all \"by-rsa\",\"by-ec\" all cert\n" + Files.readString(access));
        server.execute("postgres", "ALTER SYSTEM SET ssl = on");
        server.restart();
    }

    @AfterAll
    static void stopServer() {
        server.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "sslmode=prefer",
                "sslmode=require",
                "ssl=true",
                "sslmode=verify-ca&sslrootcert=ROOT",
                "sslmode=verify-full&sslrootcert=ROOT",
                "sslmode=require&sslrootcert=ROOT",
                "sslmode=require&sslrootcert=/none",
                "channel_binding=require&sslmode=require",
                "sslmode=verify-full&sslrootcert=ROOT&hostaddr=127.0.0.1",
                "sslmode=require&sslsni=0",
                "sslmode=require&ssl_min_protocol_version=TLSv1.3"
            })
    void encryptsAlike(String parameters) throws Exception {
        assertBothSee(settings("localhost", parameters), "t|TLSv1.3|" + server.user());
    }

    @Test
    void encryptsWithAnOlderVersionWhereThatIsTheLatestAllowed() throws Exception {
        assertBothSee(
                settings("localhost", "sslmode=require&ssl_max_protocol_version=TLSv1.2"),
                "t|TLSv1.2|" + server.user());
    }

    @Test
    void doesNotEncryptWhenToldNotTo() throws Exception {
        assertBothSee(settings("localhost", "sslmode=disable"), "f|" + server.user());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "sslmode=verify-ca&sslrootcert=OTHER",
                "sslmode=verify-full&sslrootcert=OTHER",
                "sslmode=require&sslrootcert=OTHER",
                "sslmode=verify-full&sslrootcert=/none",
                "sslrootcert=system",
                "channel_binding=require&sslmode=disable"
            })
    void refusesAServerThatCannotProveItself(String parameters) throws Exception {
        assertBothFail(settings("localhost", parameters));
    }

    @Test
    void refusesACertificateForAnotherName() throws Exception {
        assertBothFail(settings("127.0.0.1", "sslmode=verify-full&sslrootcert=ROOT"));
        assertBothSee(settings("127.0.0.1", "sslmode=verify-ca&sslrootcert=ROOT"), "t|TLSv1.3|" + server.user());
    }

    @Test
    void stillChecksTheNameOfAServerThatIsPinned() throws Exception {
        ConnectionSettings settings = settings("localhost", "sslmode=verify-full&sslrootcert=ROOT");
        try (Connection connection = settings.open()) {
            ConnectionSettings pinned = settings.connectedTo(connection);
            assertThat(pinned.environment())
                    .containsEntry("PGHOST", "localhost")
                    .containsKey("PGHOSTADDR");
            assertBothSee(pinned, "t|TLSv1.3|" + server.user());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"rsa", "ec"})
    void signsInWithAClientCertificate(String algorithm) throws Exception {
        String name = algorithm + "-client";
        String uri = "postgresql://by-" + algorithm + "@localhost:" + server.port() + "/postgres?sslmode=require";
        String identity = "&sslcert=" + certificates.certificate(name) + "&sslkey=" + certificates.key(name);
        assertBothSee(ConnectionSettings.ofUri(uri + identity, Map.of()), "t|TLSv1.3|by-" + algorithm);
        assertThatThrownBy(ConnectionSettings.ofUri(uri, Map.of())::open).isInstanceOf(SQLException.class);
        assertThatThrownBy(ConnectionSettings.ofUri(uri + identity + "&sslcertmode=disable", Map.of())::open)
                .isInstanceOf(SQLException.class);
    }

    private static ConnectionSettings settings(String host, String parameters) throws InvalidConnectionException {
        String uri = server.url("postgres").replace("127.0.0.1", host) + "?"
                + parameters
                        .replace("ROOT", certificates.certificate("server").toString())
                        .replace("OTHER", certificates.certificate("other").toString());
        return ConnectionSettings.ofUri(uri, Map.of());
    }

    private static void assertBothSee(ConnectionSettings settings, String expected) throws Exception {
        try (Connection connection = settings.open()) {
            assertThat(Queries.text(connection, TLS)).isEqualTo(expected);
        }
        assertThat(Psql.run(settings, TLS)).isEqualTo(expected);
    }

    private static void assertBothFail(ConnectionSettings settings) throws Exception {
        assertThatThrownBy(settings::open).isInstanceOf(SQLException.class);
        assertThat(Psql.run(settings, TLS)).contains("error");
    }

    /** Copies a file to where the server may read it, and sets the setting to it. */
    private static void give(String setting, Path file) throws Exception {
        UserPrincipal owner = Files.getOwner(Path.of(server.value("postgres", "SHOW data_directory")));
        Path copy = Files.copy(file, server.socketDirectory().resolve(file.getFileName()));
        Files.setOwner(copy, owner);
        server.execute("postgres", "ALTER SYSTEM SET " + setting + " = '" + copy + "'");
    }
}
