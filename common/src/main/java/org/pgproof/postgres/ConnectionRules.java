package org.pgproof.postgres;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Completes connection parameters with variables and defaults, and refuses what cannot be meant, as libpq does. */
final class ConnectionRules {
    private static final String DEFAULT_TIMEOUT = "10";
    private static final Map<Parameter, List<String>> CHOICES = Map.of(
            Parameter.SSLMODE, List.of("disable", "allow", "prefer", "require", "verify-ca", "verify-full"),
            Parameter.SSLNEGOTIATION, List.of("postgres", "direct"),
            Parameter.SSLCERTMODE, List.of("disable", "allow"),
            Parameter.CHANNEL_BINDING, List.of("disable", "prefer", "require"),
            Parameter.GSSENCMODE, List.of("disable", "prefer", "require"),
            Parameter.LOAD_BALANCE_HOSTS, List.of("disable", "random"),
            Parameter.TARGET_SESSION_ATTRS,
                    List.of("any", "read-write", "read-only", "primary", "standby", "prefer-standby"),
            Parameter.SSL_MIN_PROTOCOL_VERSION, List.of("TLSv1", "TLSv1.1", "TLSv1.2", "TLSv1.3"),
            Parameter.SSL_MAX_PROTOCOL_VERSION, List.of("TLSv1.2", "TLSv1.3"));
    private static final List<Parameter> NUMBERS = List.of(
            Parameter.CONNECT_TIMEOUT,
            Parameter.KEEPALIVES,
            Parameter.KEEPALIVES_IDLE,
            Parameter.KEEPALIVES_INTERVAL,
            Parameter.KEEPALIVES_COUNT,
            Parameter.TCP_USER_TIMEOUT);

    private ConnectionRules() {}

    /** The parameters of a URI, then of variables, then the defaults. */
    static Map<Parameter, String> complete(Map<Parameter, String> uri, Map<String, String> variables)
            throws InvalidConnectionException {
        Map<Parameter, String> values = new EnumMap<>(Parameter.class);
        for (Parameter parameter : Parameter.values()) {
            String value = uri.getOrDefault(parameter, variables.getOrDefault(parameter.variable(), ""));
            if (!value.isEmpty()) {
                check(parameter, value, uri.containsKey(parameter));
                values.put(parameter, value);
            }
        }
        if (variables.getOrDefault("PGREQUIRESSL", "").startsWith("1")) {
            values.putIfAbsent(Parameter.SSLMODE, "require");
        }
        checkEncryption(values);
        checkedHosts(values);
        if (!values.containsKey(Parameter.USER)) {
            values.put(Parameter.USER, operatingSystemUser());
        }
        values.putIfAbsent(Parameter.DBNAME, values.getOrDefault(Parameter.USER, ""));
        values.putIfAbsent(Parameter.CONNECT_TIMEOUT, DEFAULT_TIMEOUT);
        return values;
    }

    /** The servers to try: names, addresses and ports by position, one port for all or one for each. */
    static List<ServerHost> hosts(Map<Parameter, String> values) {
        try {
            return checkedHosts(values);
        } catch (InvalidConnectionException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void check(Parameter parameter, String value, boolean inUri) throws InvalidConnectionException {
        String name = inUri ? "the parameter " + parameter.keyword() : parameter.variable();
        if (!parameter.refusal().isEmpty()) {
            throw new InvalidConnectionException("sets " + name + ", which is not supported", parameter.refusal());
        }
        if (value.indexOf('\0') >= 0) {
            throw new InvalidConnectionException("has a NUL character in " + name, "remove it");
        }
        List<String> choices = CHOICES.getOrDefault(parameter, List.of());
        if (!choices.isEmpty() && !choices.contains(value)) {
            throw new InvalidConnectionException(
                    "has a wrong value of " + name, "use one of " + String.join(", ", choices));
        }
        if (NUMBERS.contains(parameter) && !value.strip().matches("-?[0-9]{1,9}")) {
            throw new InvalidConnectionException("has a wrong value of " + name, "use a whole number");
        }
    }

    private static void checkEncryption(Map<Parameter, String> values) throws InvalidConnectionException {
        boolean system = values.getOrDefault(Parameter.SSLROOTCERT, "").equals("system");
        if (system) {
            // libpq before 16 takes it for a file's name, and would then check nothing.
            values.putIfAbsent(Parameter.SSLMODE, "verify-full");
        }
        String mode = values.getOrDefault(Parameter.SSLMODE, "prefer");
        if (system && !mode.equals("verify-full")) {
            throw new InvalidConnectionException(
                    "has sslrootcert=system with sslmode=" + mode, "use sslmode=verify-full with it");
        }
        if (system && values.containsKey(Parameter.SSLCERT)) {
            throw new InvalidConnectionException(
                    "has sslrootcert=system with a client certificate, which is not supported",
                    "name a file of root certificates as sslrootcert");
        }
        if (values.getOrDefault(Parameter.SSLNEGOTIATION, "").equals("direct")
                && List.of("disable", "allow", "prefer").contains(mode)) {
            throw new InvalidConnectionException(
                    "has sslnegotiation=direct with sslmode=" + mode, "use sslmode=require, verify-ca or verify-full");
        }
    }

    private static List<ServerHost> checkedHosts(Map<Parameter, String> values) throws InvalidConnectionException {
        List<String> names = parts(values.getOrDefault(Parameter.HOST, ""));
        List<String> addresses = parts(values.getOrDefault(Parameter.HOSTADDR, ""));
        List<String> ports = parts(values.getOrDefault(Parameter.PORT, ""));
        boolean byAddress = values.containsKey(Parameter.HOSTADDR);
        int count = byAddress ? addresses.size() : names.size();
        if (byAddress && values.containsKey(Parameter.HOST) && names.size() != count) {
            throw new InvalidConnectionException(
                    "has " + names.size() + " hosts and " + count + " host addresses",
                    "give as many of the one as of the other");
        }
        if (ports.size() != 1 && ports.size() != count) {
            throw new InvalidConnectionException(
                    "has " + ports.size() + " ports for " + count + " hosts",
                    "give one port for all, or one for each host");
        }
        List<ServerHost> hosts = new ArrayList<>();
        for (int index = 0; index < count; index++) {
            String name = index < names.size() ? names.get(index) : "";
            String address = byAddress ? addresses.get(index) : "";
            if (name.startsWith("@")) {
                throw new InvalidConnectionException(
                        "has a host that begins with @",
                        "abstract sockets are not supported: use a socket in a folder");
            }
            int port = port(ports.get(ports.size() == 1 ? 0 : index));
            hosts.add(
                    name.isEmpty() && address.isEmpty()
                            ? ServerHost.byDefault(port)
                            : new ServerHost(name, address, port));
        }
        return hosts;
    }

    private static int port(String text) throws InvalidConnectionException {
        String digits = text.strip();
        if (digits.isEmpty()) {
            return ServerHost.DEFAULT_PORT;
        }
        if (!digits.matches("[0-9]{1,5}") || Integer.parseInt(digits) < 1 || Integer.parseInt(digits) > 65_535) {
            throw new InvalidConnectionException("has a wrong port", "use a number from 1 to 65535");
        }
        return Integer.parseInt(digits);
    }

    private static List<String> parts(String list) {
        return Arrays.asList(list.split(",", -1));
    }

    private static String operatingSystemUser() throws InvalidConnectionException {
        String user = System.getProperty("user.name", "");
        if (user.isEmpty() || user.equals("?")) {
            throw new InvalidConnectionException("names no user", "add it: postgresql://user:password@host/database");
        }
        return user;
    }
}
