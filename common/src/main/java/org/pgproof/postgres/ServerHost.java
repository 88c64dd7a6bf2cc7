package org.pgproof.postgres;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * One server that may answer.
 *
 * @param name host name, address, or folder of a Unix socket; empty when only an address is given
 * @param address numeric address that is connected to instead of the name's, or empty
 * @param port port, also part of the name of a Unix socket
 */
record ServerHost(String name, String address, int port) {
    static final int DEFAULT_PORT = 5432;

    /** Where servers put their sockets: the first as Debian builds it, the second as it comes from the source. */
    static final List<String> SOCKET_FOLDERS = List.of("/var/run/postgresql", "/tmp");

    /** What libpq connects to when no host is given. */
    static ServerHost byDefault(int port) {
        return SOCKET_FOLDERS.stream()
                .map(folder -> new ServerHost(folder, "", port))
                .filter(host -> Files.exists(host.socket()))
                .findFirst()
                .orElse(new ServerHost("localhost", "", port));
    }

    /** Whether this is a folder of a Unix socket. */
    boolean isSocket() {
        return address.isEmpty() && name.startsWith("/");
    }

    /** The socket's file. */
    Path socket() {
        return Path.of(name, ".s.PGSQL." + port);
    }

    /** The host as people know it, to sign in and to check a certificate with. */
    String known() {
        return name.isEmpty() ? address : name;
    }

    /** Host and port as in a URI. */
    String display() {
        String host = known();
        return (host.contains(":") ? "[" + host + "]" : host.startsWith("/") ? host : PercentEncoding.encode(host))
                + ":" + port;
    }

    /** The same server at one of its addresses. */
    ServerHost at(String numeric) {
        return new ServerHost(name, numeric, port);
    }

    /** All three parts as one text. */
    String encoded() {
        return PercentEncoding.encode(name) + "," + PercentEncoding.encode(address) + "," + port;
    }

    /** The server that {@link #encoded} gave the text of. */
    static ServerHost decode(String encoded) {
        String[] parts = encoded.split(",", -1);
        return new ServerHost(
                PercentEncoding.decode(parts[0]).orElseThrow(),
                PercentEncoding.decode(parts[1]).orElseThrow(),
                Integer.parseInt(parts[2]));
    }
}
