package org.pgproof.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JdbcPropertiesTest {
    private static final String URI = "postgresql://app:s3cret@db:5433/shop?";

    @Test
    void saysEverythingInTheDriversWords() throws Exception {
        assertThat(properties("connect_timeout=3&application_name=a&options=-c%20x%3Dy&channel_binding=require"
                        + "&require_auth=scram-sha-256&sslmode=require&keepalives_idle=30&sslrootcert=/none"))
                .containsEntry("PGHOST", "db")
                .containsEntry("PGPORT", "5433")
                .containsEntry("PGDBNAME", "shop")
                .containsEntry("user", "app")
                .containsEntry("password", "s3cret")
                .containsEntry("connectTimeout", "3")
                .containsEntry("socketTimeout", "3")
                .containsEntry("tcpKeepAlive", "true")
                .containsEntry("keepalives_idle", "30")
                .containsEntry("ApplicationName", "a")
                .containsEntry("options", "-c x=y")
                .containsEntry("channelBinding", "require")
                .containsEntry("requireAuth", "scram-sha-256")
                .containsEntry("sslmode", "require");
    }

    @Test
    void limitsConnectingToTenSecondsUnlessToldOtherwise() throws Exception {
        assertThat(properties("")).containsEntry("connectTimeout", "10").containsEntry("sslmode", "prefer");
        assertThat(properties("connect_timeout=0")).containsEntry("socketTimeout", "0");
        assertThat(properties("connect_timeout=-1")).containsEntry("connectTimeout", "0");
        assertThat(properties("keepalives=0")).containsEntry("tcpKeepAlive", "false");
    }

    @Test
    void checksTheCertificateAsLibpqDoesWhenThereIsARoot(@TempDir Path folder) throws Exception {
        Path root = Files.createFile(folder.resolve("root.crt"));
        assertThat(properties("sslmode=require&sslrootcert=" + root))
                .containsEntry("sslmode", "verify-ca")
                .containsEntry("sslrootcert", root.toString());
        assertThat(properties("sslmode=require&sslrootcert=" + folder.resolve("none")))
                .containsEntry("sslmode", "require");
        assertThat(properties("sslmode=verify-full&sslrootcert=" + folder.resolve("none")))
                .containsEntry("sslmode", "verify-full");
    }

    @Test
    void usesItsOwnTlsForWhatTheDriverLacks() throws Exception {
        assertThat(properties("sslmode=require")).doesNotContainKey("sslfactory");
        assertThat(properties("ssl_min_protocol_version=TLSv1.3"))
                .containsEntry("sslfactory", TlsSockets.class.getName())
                .containsEntry("ssl_min_protocol_version", "TLSv1.3");
        assertThat(properties("sslrootcert=system"))
                .containsEntry("sslfactory", TlsSockets.class.getName())
                .containsEntry("sslmode", "verify-full")
                .containsKey(TlsSockets.SYSTEM_ROOTS);
    }

    @Test
    void sendsAClientCertificateUnlessForbidden() throws Exception {
        assertThat(properties("sslcert=/c.crt&sslkey=/c.key"))
                .containsEntry("sslcert", "/c.crt")
                .containsEntry("sslkey", "/c.key");
        assertThat(properties("sslcert=/c.crt&sslkey=/c.key&sslcertmode=disable"))
                .containsEntry("sslcert", "")
                .containsEntry("sslkey", "");
    }

    @Test
    void goesWithoutTlsOverAUnixSocketAsLibpqDoes() throws Exception {
        ConnectionSettings settings = ConnectionSettings.ofUri(
                "postgresql:///d?host=/run/x&sslmode=verify-full&gssencmode=require", Map.of());
        assertThat(JdbcProperties.of(settings, settings.hosts().get(0)))
                .containsEntry("PGHOST", "localhost")
                .containsEntry("sslmode", "disable")
                .containsEntry("gssEncMode", "disable");
    }

    private static Properties properties(String parameters) throws InvalidConnectionException {
        ConnectionSettings settings = ConnectionSettings.ofUri(URI + parameters, Map.of());
        return JdbcProperties.of(settings, settings.hosts().get(0));
    }
}
