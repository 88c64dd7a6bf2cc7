package org.pgproof.postgres;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Properties;
import org.postgresql.PGProperty;

/** Says connection parameters of libpq in the JDBC driver's words, for one server, and never less securely. */
final class JdbcProperties {
    private final ConnectionSettings settings;
    private final ServerHost server;
    private final Properties properties = new Properties();

    private JdbcProperties(ConnectionSettings settings, ServerHost server) {
        this.settings = settings;
        this.server = server;
    }

    static Properties of(ConnectionSettings settings, ServerHost server) {
        return new JdbcProperties(settings, server).properties();
    }

    private Properties properties() {
        set(PGProperty.PG_HOST, server.isSocket() ? "localhost" : server.known());
        set(PGProperty.PG_PORT, Integer.toString(server.port()));
        set(PGProperty.PG_DBNAME, settings.database());
        set(PGProperty.USER, settings.user());
        // Never unset: the driver would look for a password file by rules of its own.
        set(PGProperty.PASSWORD, password());
        set(PGProperty.SOCKET_FACTORY, ServerSockets.class.getName());
        set(PGProperty.APPLICATION_NAME, applicationName());
        set(PGProperty.ALLOW_ENCODING_CHANGES, "true");
        // A pooler may hand over a session in which another client has prepared a statement of the same name.
        set(PGProperty.PREPARE_THRESHOLD, "0");
        copy(Parameter.OPTIONS, PGProperty.OPTIONS);
        copy(Parameter.CHANNEL_BINDING, PGProperty.CHANNEL_BINDING);
        copy(Parameter.REQUIRE_AUTH, PGProperty.REQUIRE_AUTH);
        copy(Parameter.KRBSRVNAME, PGProperty.KERBEROS_SERVER_NAME);
        copy(Parameter.GSSLIB, PGProperty.GSS_LIB);
        set(
                PGProperty.GSS_ENC_MODE,
                !server.isSocket() && settings.is(Parameter.GSSENCMODE, "require") ? "require" : "disable");
        timeouts();
        if (server.isSocket()) {
            set(PGProperty.SSL_MODE, "disable");
        } else {
            encryption();
        }
        return properties;
    }

    private String password() {
        return settings.value(Parameter.PASSWORD)
                .or(() -> PasswordFile.of(settings).password(settings, server))
                .orElse("");
    }

    private String applicationName() {
        return settings.value(Parameter.APPLICATION_NAME)
                .or(() -> settings.value(Parameter.FALLBACK_APPLICATION_NAME))
                .orElse("pgproof");
    }

    private void timeouts() {
        String seconds = Integer.toString(connectTimeout(settings));
        set(PGProperty.CONNECT_TIMEOUT, seconds);
        set(PGProperty.SOCKET_TIMEOUT, seconds);
        set(PGProperty.TCP_KEEP_ALIVE, settings.is(Parameter.KEEPALIVES, "0") ? "false" : "true");
        for (Parameter parameter :
                new Parameter[] {Parameter.KEEPALIVES_IDLE, Parameter.KEEPALIVES_INTERVAL, Parameter.KEEPALIVES_COUNT
                }) {
            settings.value(parameter).ifPresent(value -> properties.setProperty(parameter.keyword(), value));
        }
    }

    private void encryption() {
        String mode = settings.value(Parameter.SSLMODE).orElse("prefer");
        Path root = Path.of(settings.value(Parameter.SSLROOTCERT).orElse(inHome("root.crt")));
        copy(Parameter.SSLNEGOTIATION, PGProperty.SSL_NEGOTIATION);
        if (settings.is(Parameter.SSLROOTCERT, "system")) {
            set(PGProperty.SSL_MODE, mode);
            properties.setProperty(TlsSockets.SYSTEM_ROOTS, "true");
        } else {
            // As libpq does: with a root certificate at hand, require checks the server's certificate.
            set(PGProperty.SSL_MODE, mode.equals("require") && Files.exists(root) ? "verify-ca" : mode);
            set(PGProperty.SSL_ROOT_CERT, root.toString());
        }
        clientCertificate();
        boolean ownSockets = settings.is(Parameter.SSLROOTCERT, "system");
        for (Parameter parameter : TlsSockets.PARAMETERS) {
            ownSockets |= settings.value(parameter).isPresent();
            settings.value(parameter).ifPresent(value -> properties.setProperty(parameter.keyword(), value));
        }
        if (ownSockets) {
            set(PGProperty.SSL_FACTORY, TlsSockets.class.getName());
        }
    }

    private void clientCertificate() {
        Optional<String> certificate = settings.value(Parameter.SSLCERT)
                .or(() -> Optional.of(inHome("postgresql.crt")).filter(file -> Files.exists(Path.of(file))));
        if (settings.is(Parameter.SSLCERTMODE, "disable") || certificate.isEmpty()) {
            set(PGProperty.SSL_CERT, "");
            set(PGProperty.SSL_KEY, "");
            return;
        }
        set(PGProperty.SSL_CERT, certificate.get());
        set(PGProperty.SSL_KEY, settings.value(Parameter.SSLKEY).orElse(inHome("postgresql.key")));
        TlsSockets.keyAlgorithm(Path.of(certificate.get()))
                .ifPresent(algorithm -> set(PGProperty.PEM_KEY_ALGORITHM, algorithm));
    }

    /** Seconds for each server; 0 for no limit. */
    static int connectTimeout(ConnectionSettings settings) {
        return Math.max(
                0,
                Integer.parseInt(
                        settings.value(Parameter.CONNECT_TIMEOUT).orElse("10").strip()));
    }

    private static String inHome(String file) {
        return PasswordFile.home().resolve(".postgresql").resolve(file).toString();
    }

    private void copy(Parameter parameter, PGProperty property) {
        settings.value(parameter).ifPresent(value -> set(property, value));
    }

    private void set(PGProperty property, String value) {
        properties.setProperty(property.getName(), value);
    }
}
