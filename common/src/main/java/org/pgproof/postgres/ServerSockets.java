package org.pgproof.postgres;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.SocketOption;
import java.util.Map;
import java.util.Properties;
import javax.net.SocketFactory;
import org.newsclub.net.unix.AFUNIXSocketFactory;

/**
 * Connects the JDBC driver to exactly the address that was chosen for it: one of the several a name may have, one that was
 * given beside the name, or a Unix socket, which the driver does not know. Public because the driver makes it.
 */
public final class ServerSockets extends SocketFactory {
    /** Property of the driver that holds the encoded server. */
    static final String SERVER = "pgproofServer";

    private static final Map<String, Parameter> KEEPALIVE_OPTIONS = Map.of(
            "TCP_KEEPIDLE", Parameter.KEEPALIVES_IDLE,
            "TCP_KEEPINTERVAL", Parameter.KEEPALIVES_INTERVAL,
            "TCP_KEEPCOUNT", Parameter.KEEPALIVES_COUNT);

    private final ServerHost server;
    private final Properties properties;

    /** Called by the driver with the properties of the connection. */
    public ServerSockets(Properties properties) {
        this.server = ServerHost.decode(properties.getProperty(SERVER));
        this.properties = properties;
    }

    @Override
    public Socket createSocket() throws IOException {
        if (server.isSocket()) {
            return new AFUNIXSocketFactory.FactoryArg(server.socket().toString()).createSocket();
        }
        Socket socket = new Socket() {
            @Override
            public void connect(SocketAddress ignored, int timeout) throws IOException {
                super.connect(new InetSocketAddress(InetAddress.getByName(server.address()), server.port()), timeout);
            }
        };
        for (SocketOption<?> option : socket.supportedOptions()) {
            Parameter parameter = KEEPALIVE_OPTIONS.get(option.name());
            if (parameter != null) {
                set(
                        socket,
                        option,
                        properties.getProperty(parameter.keyword(), "0").strip());
            }
        }
        return socket;
    }

    @SuppressWarnings("unchecked")
    private static void set(Socket socket, SocketOption<?> option, String value) throws IOException {
        if (option.type() == Integer.class && Integer.parseInt(value) > 0) {
            socket.setOption((SocketOption<Integer>) option, Integer.valueOf(value));
        }
    }

    @Override
    public Socket createSocket(String host, int port) throws IOException {
        return connected();
    }

    @Override
    public Socket createSocket(String host, int port, InetAddress localHost, int localPort) throws IOException {
        return connected();
    }

    @Override
    public Socket createSocket(InetAddress host, int port) throws IOException {
        return connected();
    }

    @Override
    public Socket createSocket(InetAddress address, int port, InetAddress localAddress, int localPort)
            throws IOException {
        return connected();
    }

    private Socket connected() throws IOException {
        Socket socket = createSocket();
        socket.connect(new InetSocketAddress("localhost", server.port()), 0);
        return socket;
    }
}
