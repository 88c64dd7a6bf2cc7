package org.pgproof.postgres;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A version of the server or of a client tool, such as 15.18.
 *
 * @param major the major version, since PostgreSQL 10 the first number
 * @param minor the minor version; 0 for development versions ({@code 19devel})
 */
public record ServerVersion(int major, int minor) implements Comparable<ServerVersion> {
    private static final Pattern VERSION = Pattern.compile("(\\d+)(?:\\.(\\d+))?");

    /**
     * Reads the first version number of a text such as {@code pg_dump (PostgreSQL) 15.18 (Debian 15.18-0)}.
     *
     * @throws IllegalArgumentException if there is none
     */
    public static ServerVersion parse(String text) {
        return find(text).orElseThrow(() -> new IllegalArgumentException("no version number in: " + text));
    }

    /** Reads the first version number of a text that may have none. */
    public static Optional<ServerVersion> find(String text) {
        Matcher matcher = VERSION.matcher(text);
        if (!matcher.find()) {
            return Optional.empty();
        }
        String minor = matcher.group(2);
        return Optional.of(
                new ServerVersion(Integer.parseInt(matcher.group(1)), minor == null ? 0 : Integer.parseInt(minor)));
    }

    @Override
    public int compareTo(ServerVersion other) {
        return major != other.major ? Integer.compare(major, other.major) : Integer.compare(minor, other.minor);
    }

    @Override
    public String toString() {
        return major + "." + minor;
    }
}
