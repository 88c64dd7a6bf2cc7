package org.pgproof.testkit;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Finds the PostgreSQL client on this machine, installs one where it may, and chooses a server that it can dump. */
final class QuickstartClient {
    private static final Path APT = Path.of("/usr/bin/apt-get");

    /** Set by the script where somebody can answer. */
    private static final String TERMINAL = "quickstart.terminal";

    private final PrintStream out;
    private final boolean mayInstall;

    /** @param mayInstall whether somebody has asked for the client to be installed */
    QuickstartClient(PrintStream out, boolean mayInstall) {
        this.out = out;
        this.mayInstall = mayInstall;
    }

    /** Returns the newest major version of which there is a server and a client that can dump it. */
    int serverMajor() throws IOException, InterruptedException {
        if (ClientBinaries.all().isEmpty()) {
            install();
        }
        Set<Integer> servers = new TreeSet<>(PostgresBinaries.jars().keySet());
        List<Integer> clients =
                ClientBinaries.all().stream().map(ClientBinaries.Client::major).toList();
        return servers.stream()
                .filter(server -> clients.stream().anyMatch(client -> client >= server))
                .reduce((older, newer) -> newer)
                .orElseThrow(() -> new QuickstartFailure("It has PostgreSQL servers " + servers
                        + ", and the pg_dump found here, of " + clients + ", cannot dump any of them: "
                        + "install a newer postgresql-client."));
    }

    private void install() throws IOException, InterruptedException {
        boolean possible = System.getProperty("user.name").equals("root") && Files.isExecutable(APT);
        if (!possible || !(mayInstall || isWanted())) {
            throw new QuickstartFailure("pg_dump and psql are not on this machine. Install the PostgreSQL client"
                    + " (Debian, Ubuntu: apt-get install postgresql-client; Fedora: dnf install postgresql;"
                    + " macOS: brew install libpq), or name its folder in POSTGRES_BIN_DIRS."
                    + (possible ? " Or let ./quickstart --install do it." : ""));
        }
        out.println("Installing postgresql-client.");
        apt("update");
        apt("install", "-y", "--no-install-recommends", "postgresql-client");
        if (ClientBinaries.all().isEmpty()) {
            throw new QuickstartFailure("postgresql-client is installed, and pg_dump is still not found.");
        }
    }

    /** Installing changes more than this program: it may upgrade a server of the same version that runs here. */
    private boolean isWanted() throws IOException {
        if (!Boolean.getBoolean(TERMINAL)) {
            return false;
        }
        out.print("pg_dump and psql are not on this machine. Install Debian's postgresql-client with apt-get? [y/N] ");
        out.flush();
        int answer = System.in.read();
        return answer == 'y' || answer == 'Y';
    }

    private static void apt(String... words) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(APT.toString(), "-qq").redirectErrorStream(true);
        builder.command().addAll(List.of(words));
        builder.environment().put("DEBIAN_FRONTEND", "noninteractive");
        Path log = Files.createTempFile("apt-get", ".log");
        try {
            Process process = builder.redirectOutput(log.toFile()).start();
            process.getOutputStream().close();
            if (process.waitFor() != 0) {
                throw new QuickstartFailure("apt-get " + String.join(" ", words) + " said: " + Files.readString(log));
            }
        } finally {
            Files.delete(log);
        }
    }
}
