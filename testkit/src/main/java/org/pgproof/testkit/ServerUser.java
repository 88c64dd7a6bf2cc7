package org.pgproof.testkit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.UserPrincipal;
import java.nio.file.attribute.UserPrincipalLookupService;
import java.nio.file.attribute.UserPrincipalNotFoundException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The operating system's user that PostgreSQL runs as: ourselves, or for root, which it refuses, somebody harmless. */
final class ServerUser {
    private static final String OURSELVES = System.getProperty("user.name");
    private static final List<String> HARMLESS = List.of("postgres", "nobody");

    private ServerUser() {}

    /** Returns the folder below {@code /tmp}, where socket paths stay short, for the runs of this user's JVMs. */
    static Path sharedDirectory() throws IOException {
        Path directory = Path.of("/tmp", "pgproof-testkit-" + OURSELVES);
        if (Files.notExists(directory)) {
            FileTrees.create(directory);
        }
        String owner = Files.getOwner(directory).getName();
        if (!owner.equals(OURSELVES)) {
            throw new IOException(directory + " belongs to " + owner + ", not to " + OURSELVES + ": remove it");
        }
        return directory;
    }

    /** Returns the user's name. */
    static String name(Path folder) throws IOException {
        return other(folder).map(UserPrincipal::getName).orElse(OURSELVES);
    }

    /** Gives a file or folder to the user. */
    static void own(Path path) throws IOException {
        Optional<UserPrincipal> other = other(path);
        if (other.isPresent()) {
            Files.setOwner(path, other.get());
        }
    }

    /** Tells whether the user can reach what lies in a folder. */
    static boolean reaches(Path folder) throws IOException {
        if (other(folder).isEmpty()) {
            return true;
        }
        for (Path ancestor = folder.toRealPath(); ancestor != null; ancestor = ancestor.getParent()) {
            if (!Files.getPosixFilePermissions(ancestor).contains(PosixFilePermission.OTHERS_EXECUTE)) {
                return false;
            }
        }
        return true;
    }

    /** Returns the command that runs {@code command} as the user, in the same process and out of Ctrl-C's reach. */
    static List<String> command(Path folder, String... command) throws IOException {
        Optional<UserPrincipal> other = other(folder);
        if (other.isEmpty()) {
            return detached(command);
        }
        Path setpriv = find("setpriv")
                .orElseThrow(() -> new IOException("PostgreSQL refuses to run as root, and there is no setpriv (of"
                        + " util-linux) to run it as somebody else: use another user"));
        String name = other.get().getName();
        List<String> whole = new ArrayList<>(
                List.of(setpriv.toString(), "--reuid=" + name, "--regid=" + groupId(name), "--clear-groups", "--"));
        whole.addAll(List.of(command));
        return detached(whole.toArray(String[]::new));
    }

    /** Returns the command that runs {@code command} in a session of its own, where Ctrl-C does not reach it. */
    static List<String> detached(String... command) {
        List<String> whole = new ArrayList<>();
        find("setsid").ifPresent(path -> whole.add(path.toString()));
        whole.addAll(List.of(command));
        return whole;
    }

    private static Optional<UserPrincipal> other(Path path) throws IOException {
        if (!OURSELVES.equals("root")) {
            return Optional.empty();
        }
        UserPrincipalLookupService users = path.getFileSystem().getUserPrincipalLookupService();
        for (String name : HARMLESS) {
            Optional<UserPrincipal> user = lookUp(users, name);
            if (user.isPresent()) {
                return user;
            }
        }
        throw new IOException(
                "PostgreSQL refuses to run as root, and there is no user postgres or nobody to run it as");
    }

    private static Optional<UserPrincipal> lookUp(UserPrincipalLookupService users, String name) throws IOException {
        try {
            return Optional.of(users.lookupPrincipalByName(name));
        } catch (UserPrincipalNotFoundException absent) {
            return Optional.empty();
        }
    }

    private static String groupId(String user) throws IOException {
        for (String line : Files.readAllLines(Path.of("/etc/passwd"))) {
            String[] fields = line.split(":", -1);
            if (fields[0].equals(user)) {
                return fields[3];
            }
        }
        throw new IOException("No user " + user + " in /etc/passwd");
    }

    private static Optional<Path> find(String tool) {
        return List.of("/usr/bin", "/bin", "/usr/sbin", "/sbin").stream()
                .map(folder -> Path.of(folder, tool))
                .filter(Files::isExecutable)
                .findFirst();
    }
}
