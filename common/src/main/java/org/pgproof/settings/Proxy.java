package org.pgproof.settings;

import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A proxy on the way to the store, as the variables that most programs heed name it: {@code HTTPS_PROXY} for an https
 * endpoint, {@code HTTP_PROXY} for an http one, {@code ALL_PROXY} where these say nothing, {@code NO_PROXY} for hosts that are
 * reached without. Each may be written in small letters, which win.
 *
 * @param address {@code http://host:port}
 * @param user who signs in to it; empty for nobody
 * @param variable that named it, for people
 */
public record Proxy(URI address, Optional<User> user, String variable) {
    private static final int PORT = 80;
    private static final String RIGHT = "use http://host:port or http://user:password@host:port";

    /** Who signs in. */
    public record User(String name, Secret password) {}

    /** Returns the proxy that requests to this endpoint take; what is wrong is recorded in the environment's problems. */
    static Optional<Proxy> on(URI endpoint, Environment environment) {
        String scheme = endpoint.getScheme().toLowerCase(Locale.ROOT);
        Optional<String> variable = Stream.of(scheme + "_proxy", "all_proxy")
                .flatMap(name -> Stream.of(name, name.toUpperCase(Locale.ROOT)))
                .filter(name -> environment.optional(name).isPresent())
                .findFirst();
        if (variable.isEmpty() || isExempt(endpoint, environment)) {
            return Optional.empty();
        }
        return parse(variable.get(), environment);
    }

    /** Returns it without its user's password. */
    public String display() {
        return address.toString();
    }

    private static Optional<Proxy> parse(String variable, Environment environment) {
        String text = environment.optional(variable).orElse("").strip();
        try {
            URI uri = new URI(text.contains("://") ? text : "http://" + text);
            if ("http".equalsIgnoreCase(uri.getScheme()) && uri.getHost() != null) {
                int port = uri.getPort() < 0 ? PORT : uri.getPort();
                URI address = new URI("http", null, uri.getHost(), port, null, null, null);
                return Optional.of(new Proxy(address, user(uri.getRawUserInfo()), variable));
            }
        } catch (URISyntaxException | IllegalArgumentException e) {
            // said below, without the value: it may hold a password
        }
        environment.problems().error(variable, "is no http proxy", RIGHT);
        return Optional.empty();
    }

    private static Optional<User> user(@org.jspecify.annotations.Nullable String userInfo) {
        if (userInfo == null || userInfo.isEmpty()) {
            return Optional.empty();
        }
        int colon = userInfo.indexOf(':');
        String name = colon < 0 ? userInfo : userInfo.substring(0, colon);
        String password = colon < 0 ? "" : userInfo.substring(colon + 1);
        return Optional.of(new User(decoded(name), new Secret(decoded(password))));
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    }

    /** A proxy does not lead to this machine itself, whatever {@code NO_PROXY} says. */
    private static boolean isExempt(URI endpoint, Environment environment) {
        String host = bare(String.valueOf(endpoint.getHost())).toLowerCase(Locale.ROOT);
        int port = endpoint.getPort() >= 0
                ? endpoint.getPort()
                : endpoint.getScheme().equalsIgnoreCase("https") ? 443 : 80;
        List<String> entries = Arrays.stream(environment
                        .optional("no_proxy")
                        .or(() -> environment.optional("NO_PROXY"))
                        .orElse("")
                        .split("[,\\s]+"))
                .filter(entry -> !entry.isEmpty())
                .toList();
        return LocalHosts.isLoopback(host) || entries.stream().anyMatch(entry -> exempts(entry, host, port));
    }

    /** An entry is a name, which stands for the names below it too, an address, or a range of addresses; with a port or without. */
    private static boolean exempts(String entry, String host, int port) {
        String name = entry.toLowerCase(Locale.ROOT);
        int colon = name.lastIndexOf(':');
        boolean withPort = colon > 0 && (name.indexOf(':') == colon || name.charAt(colon - 1) == ']');
        if (withPort) {
            if (!name.substring(colon + 1).equals(Integer.toString(port))) {
                return false;
            }
            name = name.substring(0, colon);
        }
        if (name.equals("*")) {
            return true;
        }
        if (name.contains("/")) {
            return isWithin(name, host);
        }
        String domain = bare(name).replaceFirst("^\\*?\\.", "");
        return host.equals(domain) || host.endsWith("." + domain);
    }

    private static boolean isWithin(String range, String host) {
        int slash = range.indexOf('/');
        Optional<byte[]> network = address(range.substring(0, slash));
        Optional<byte[]> address = address(host);
        if (network.isEmpty() || address.isEmpty() || network.get().length != address.get().length) {
            return false;
        }
        String digits = range.substring(slash + 1);
        int bits = digits.matches("[0-9]{1,3}") ? Integer.parseInt(digits) : -1;
        if (bits < 0 || bits > network.get().length * Byte.SIZE) {
            return false;
        }
        for (int bit = 0; bit < bits; bit++) {
            int mask = 0x80 >> bit % Byte.SIZE;
            if (((network.get()[bit / Byte.SIZE] ^ address.get()[bit / Byte.SIZE]) & mask) != 0) {
                return false;
            }
        }
        return true;
    }

    /** The address that a text is; a name is not looked up. */
    private static Optional<byte[]> address(String text) {
        String bare = bare(text);
        if (!bare.matches("[0-9.]+|[0-9a-f:.]*:[0-9a-f:.]*")) {
            return Optional.empty();
        }
        try {
            return Optional.of(InetAddress.getByName(bare).getAddress());
        } catch (UnknownHostException noAddress) {
            return Optional.empty();
        }
    }

    private static String bare(String host) {
        return host.startsWith("[") && host.endsWith("]") ? host.substring(1, host.length() - 1) : host;
    }
}
