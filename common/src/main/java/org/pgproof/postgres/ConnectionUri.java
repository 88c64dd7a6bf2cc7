package org.pgproof.postgres;

import java.util.EnumMap;
import java.util.Map;

/**
 * Reads a connection URI as libpq's {@code conninfo_uri_parse} does, step by step. It is stricter only where libpq's reading
 * would make a part of an unescaped password a host or database name, which later would be shown.
 */
final class ConnectionUri {
    private static final String ESCAPES =
            "percent-encode special characters in the user name and password (@ %40, / %2F, : %3A, # %23, ? %3F, % %25)";

    private final String uri;
    private final Map<Parameter, String> values = new EnumMap<>(Parameter.class);
    private int at;

    private ConnectionUri(String uri, int at) {
        this.uri = uri;
        this.at = at;
    }

    /** What the URI says, and nothing else. */
    static Map<Parameter, String> parse(String text) throws InvalidConnectionException {
        String uri = text.strip();
        for (String designator : new String[] {"postgresql://", "postgres://"}) {
            if (uri.startsWith(designator)) {
                return new ConnectionUri(uri, designator.length()).parse();
            }
        }
        throw new InvalidConnectionException(
                uri.startsWith("jdbc:") ? "is a JDBC URL" : "does not begin with postgresql:// or postgres://",
                "use postgresql://user:password@host:5432/database");
    }

    private Map<Parameter, String> parse() throws InvalidConnectionException {
        if (peekTo("@/") == '@') {
            credentials();
        } else {
            refuseStrayAt();
        }
        char end = hosts();
        if (end == '/') {
            at++;
            store(Parameter.DBNAME, upTo("?"));
            end = current();
        }
        if (end == '?') {
            at++;
            parameters();
        }
        return values;
    }

    private void credentials() throws InvalidConnectionException {
        store(Parameter.USER, upTo(":@"));
        if (current() == ':') {
            at++;
            store(Parameter.PASSWORD, upTo("@"));
        }
        at++;
    }

    /** Without credentials, an @ before the parameters is the end of a password that holds a slash. */
    private void refuseStrayAt() throws InvalidConnectionException {
        int question = uri.indexOf('?', at);
        int stray = uri.indexOf('@', at);
        int slash = uri.indexOf('/', at);
        boolean inParameters = question >= 0 && question < stray && slash >= 0 && slash < question;
        if (stray >= 0 && !inParameters) {
            throw new InvalidConnectionException("has an @ after the first /", ESCAPES);
        }
    }

    private char hosts() throws InvalidConnectionException {
        StringBuilder hosts = new StringBuilder();
        StringBuilder ports = new StringBuilder();
        while (true) {
            hosts.append(current() == '[' ? bracketed() : upTo(":/?,"));
            if (current() == ':') {
                at++;
                ports.append(port(upTo("/?,")));
            }
            if (current() != ',') {
                break;
            }
            at++;
            hosts.append(',');
            ports.append(',');
        }
        if (hosts.indexOf("@") >= 0) {
            throw new InvalidConnectionException("has more than one @ before the host", ESCAPES);
        }
        store(Parameter.HOST, hosts.toString());
        store(Parameter.PORT, ports.toString());
        return current();
    }

    private String bracketed() throws InvalidConnectionException {
        at++;
        String address = upTo("]");
        if (current() != ']') {
            throw new InvalidConnectionException("has a [ without a ]", "write an IPv6 host as [2001:db8::1]");
        }
        at++;
        if (address.isEmpty()) {
            throw new InvalidConnectionException("has an empty IPv6 host", "write an IPv6 host as [2001:db8::1]");
        }
        if (current() != 0 && ":/?,".indexOf(current()) < 0) {
            throw new InvalidConnectionException(
                    "has something other than a port or path after ]", "write an IPv6 host as [2001:db8::1]:5432");
        }
        return address;
    }

    private static String port(String raw) throws InvalidConnectionException {
        if (!decoded(raw).strip().matches("[0-9]*")) {
            throw new InvalidConnectionException("has a port that is no number", ESCAPES);
        }
        return raw;
    }

    private void parameters() throws InvalidConnectionException {
        for (String pair : uri.substring(at).split("&", -1)) {
            if (pair.isEmpty() && at + pair.length() == uri.length()) {
                return;
            }
            parameter(pair);
            at += pair.length() + 1;
            if (at >= uri.length()) {
                return;
            }
        }
    }

    private void parameter(String pair) throws InvalidConnectionException {
        int equals = pair.indexOf('=');
        int stray = pair.indexOf('@');
        if (stray >= 0 && (equals < 0 || stray < equals)) {
            throw new InvalidConnectionException("has an @ in the name of a parameter", ESCAPES);
        }
        if (equals < 0) {
            throw new InvalidConnectionException("has a parameter without =", "write ?name=value&name=value");
        }
        if (pair.indexOf('=', equals + 1) >= 0) {
            throw new InvalidConnectionException(
                    "has a second = in " + shown(decoded(pair.substring(0, equals))), "write = in a value as %3D");
        }
        String keyword = decoded(pair.substring(0, equals));
        String value = decoded(pair.substring(equals + 1));
        if (keyword.equals("ssl") && value.equals("true")) {
            keyword = "sslmode";
            value = "require";
        }
        String name = keyword;
        Parameter parameter = Parameter.named(name)
                .orElseThrow(() -> new InvalidConnectionException(
                        "has " + shown(name) + ", which libpq does not know", "remove it, or correct its name"));
        values.put(parameter, value);
    }

    /** Only what can be the name of a parameter is shown: anything else may be a piece of a password. */
    private static String shown(String keyword) {
        return keyword.matches("[A-Za-z_]{1,32}") ? "the parameter " + keyword : "a parameter";
    }

    private void store(Parameter parameter, String raw) throws InvalidConnectionException {
        if (!raw.isEmpty()) {
            values.put(parameter, decoded(raw));
        }
    }

    private char current() {
        return at < uri.length() ? uri.charAt(at) : 0;
    }

    private char peekTo(String ends) {
        int index = at;
        while (index < uri.length() && ends.indexOf(uri.charAt(index)) < 0) {
            index++;
        }
        return index < uri.length() ? uri.charAt(index) : 0;
    }

    private String upTo(String ends) {
        int start = at;
        while (at < uri.length() && ends.indexOf(uri.charAt(at)) < 0) {
            at++;
        }
        return uri.substring(start, at);
    }

    private static String decoded(String raw) throws InvalidConnectionException {
        return PercentEncoding.decode(raw)
                .orElseThrow(() -> new InvalidConnectionException(
                        "has a % that is not followed by two hexadecimal digits of UTF-8 text, or %00",
                        "write % as %25, and other characters as the percent-encoded bytes of UTF-8"));
    }
}
