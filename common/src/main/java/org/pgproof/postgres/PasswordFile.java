package org.pgproof.postgres;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * libpq's password file: lines of {@code host:port:database:user:password}, the first that fits holds.
 *
 * @see <a href="https://www.postgresql.org/docs/current/libpq-pgpass.html">The Password File</a>
 */
final class PasswordFile {
    private static final Set<PosixFilePermission> OWNERS =
            Set.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE, PosixFilePermission.OWNER_EXECUTE);

    private final Path file;

    PasswordFile(Path file) {
        this.file = file;
    }

    /** The file that is named, or the one in the home folder. */
    static PasswordFile of(ConnectionSettings settings) {
        return new PasswordFile(settings.value(Parameter.PASSFILE).map(Path::of).orElse(home().resolve(".pgpass")));
    }

    /** Where libpq looks for a user's files. */
    static Path home() {
        String home = System.getenv("HOME");
        return Path.of(home == null || home.isEmpty() ? System.getProperty("user.home", "/") : home);
    }

    /** The password for a server, if the file has one; as with libpq, a file that others may read is not read. */
    Optional<String> password(ConnectionSettings settings, ServerHost server) {
        List<String> wanted =
                List.of(host(server), Integer.toString(server.port()), settings.database(), settings.user());
        for (String line : lines()) {
            List<String> fields = fields(line);
            if (!line.startsWith("#") && fields.size() == 5 && fits(fields, wanted)) {
                return Optional.of(fields.get(4));
            }
        }
        return Optional.empty();
    }

    private static boolean fits(List<String> fields, List<String> wanted) {
        for (int index = 0; index < wanted.size(); index++) {
            if (!fields.get(index).equals("*") && !fields.get(index).equals(wanted.get(index))) {
                return false;
            }
        }
        return true;
    }

    private static String host(ServerHost server) {
        return server.known().equals(ServerHost.SOCKET_FOLDERS.get(0)) ? "localhost" : server.known();
    }

    private List<String> lines() {
        try {
            if (!Files.isRegularFile(file) || !OWNERS.containsAll(Files.getPosixFilePermissions(file))) {
                return List.of();
            }
            return Files.readAllLines(file);
        } catch (IOException e) {
            return List.of();
        }
    }

    /** At most five fields; a colon or a backslash within one has a backslash before it. */
    private static List<String> fields(String line) {
        List<String> fields = new ArrayList<>();
        StringBuilder field = new StringBuilder();
        for (int index = 0; index < line.length(); index++) {
            char character = line.charAt(index);
            if (character == '\\' && index + 1 < line.length()) {
                field.append(line.charAt(++index));
            } else if (character == ':') {
                fields.add(field.toString());
                field.setLength(0);
                if (fields.size() == 5) {
                    return fields;
                }
            } else {
                field.append(character);
            }
        }
        fields.add(field.toString());
        return fields;
    }
}
