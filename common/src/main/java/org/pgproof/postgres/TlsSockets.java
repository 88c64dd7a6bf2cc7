package org.pgproof.postgres;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import org.postgresql.PGProperty;
import org.postgresql.core.SocketFactoryFactory;
import org.postgresql.ssl.WrappedFactory;
import org.postgresql.util.PSQLException;

/**
 * The JDBC driver's own TLS, with what it lacks of libpq's parameters: bounds of the protocol version, no server name
 * indication, and the system's root certificates. Public because the driver makes it.
 */
public final class TlsSockets extends WrappedFactory {
    /** Property of the driver that is there when the system's root certificates count. */
    static final String SYSTEM_ROOTS = "pgproofSystemRoots";

    /** The parameters this class is for. */
    static final List<Parameter> PARAMETERS =
            List.of(Parameter.SSL_MIN_PROTOCOL_VERSION, Parameter.SSL_MAX_PROTOCOL_VERSION, Parameter.SSLSNI);

    private static final List<String> VERSIONS = List.of("TLSv1", "TLSv1.1", "TLSv1.2", "TLSv1.3");

    private final Properties properties;

    /** Called by the driver with the properties of the connection. */
    public TlsSockets(Properties properties) throws PSQLException {
        this.properties = properties;
        this.factory = properties.containsKey(SYSTEM_ROOTS)
                ? (SSLSocketFactory) SSLSocketFactory.getDefault()
                : ofDriver(properties);
    }

    @Override
    public Socket createSocket(Socket socket, String host, int port, boolean autoClose) throws IOException {
        SSLSocket secured = (SSLSocket) factory.createSocket(socket, host, port, autoClose);
        SSLParameters parameters = secured.getSSLParameters();
        String[] versions = allowed(parameters.getProtocols());
        if (versions.length == 0) {
            throw new IOException(
                    "no TLS version of this Java is within ssl_min_protocol_version and" + " ssl_max_protocol_version");
        }
        parameters.setProtocols(versions);
        if (properties.getProperty(Parameter.SSLSNI.keyword(), "1").startsWith("0")) {
            parameters.setServerNames(List.of());
        }
        secured.setSSLParameters(parameters);
        return secured;
    }

    private static SSLSocketFactory ofDriver(Properties properties) throws PSQLException {
        Properties withoutThis = new Properties();
        withoutThis.putAll(properties);
        withoutThis.remove(PGProperty.SSL_FACTORY.getName());
        return SocketFactoryFactory.getSslSocketFactory(withoutThis);
    }

    private String[] allowed(String[] versions) {
        int least = VERSIONS.indexOf(properties.getProperty(Parameter.SSL_MIN_PROTOCOL_VERSION.keyword(), "TLSv1.2"));
        int most = VERSIONS.indexOf(properties.getProperty(Parameter.SSL_MAX_PROTOCOL_VERSION.keyword(), "TLSv1.3"));
        return Arrays.stream(versions)
                .filter(version -> VERSIONS.indexOf(version) >= least && VERSIONS.indexOf(version) <= most)
                .toArray(String[]::new);
    }

    /** The algorithm of a client certificate's key, which the driver must be told; empty when it cannot be read. */
    static Optional<String> keyAlgorithm(Path certificate) {
        try (InputStream stream = Files.newInputStream(certificate)) {
            return Optional.of(CertificateFactory.getInstance("X.509")
                    .generateCertificate(stream)
                    .getPublicKey()
                    .getAlgorithm());
        } catch (IOException | CertificateException e) {
            return Optional.empty();
        }
    }
}
