package org.pgproof.verify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.pgproof.testkit.Database;
import org.pgproof.testkit.JarProcess;
import org.pgproof.testkit.Jars;
import org.pgproof.testkit.PostgresServer;

/** Through a pooler a backup is made and a verdict said as without it, or it is said why not. */
class PoolerIT {
    private static final Path PGBOUNCER = Path.of("/usr/sbin/pgbouncer");

    private final PostgresServer server = PostgresServer.shared(15);
    private final Site site = new Site(server);

    @TempDir
    private Path folder = Path.of("");

    private int port;

    /** By default the pooler refuses what a session begins with; many are told to ignore that. */
    @ParameterizedTest
    @CsvSource({"session, ''", "session, options", "transaction, ''", "transaction, options"})
    void noVerdictIsWrong(String mode, String ignored) throws Exception {
        assumeThat(PGBOUNCER).isExecutable();
        Database database = server.freshDatabase();
        database.execute("CREATE TABLE t AS SELECT n FROM generate_series(1, 1000) AS n");
        Process pooler = start(mode, ignored);
        try {
            JarProcess backup = Jars.backup()
                    .environment(Site.S3.environment(site.bucket()))
                    .environment("DATABASE_URL", pooled(database.url()))
                    .arguments("--once")
                    .run();
            assertThat(backup.awaitExit()).as(backup.log()).isZero();
            JarProcess direct = site.verify().run();
            assertThat(direct.awaitExit()).as(direct.log()).isZero();
            JarProcess verify = site.verify()
                    .environment("DATABASE_URL", pooled(server.url("postgres")))
                    .run();
            assertThat(verify.awaitExit()).as(verify.log()).isIn(0, 2);
            assertThat(verify.log()).containsPattern("Verification PASSED|pooler");
        } finally {
            pooler.destroy();
            pooler.waitFor();
        }
    }

    private String pooled(String url) {
        return url.replace(":" + server.port() + "/", ":" + port + "/");
    }

    private Process start(String mode, String ignored) throws IOException {
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        Path users = folder.resolve("users");
        Files.writeString(users, "\"" + server.user() + "\" \"" + server.password() + "\"\n");
        Path settings = folder.resolve("pgbouncer.ini");
        Files.writeString(settings, """
                [databases]
                * = host=%s port=%d
                [pgbouncer]
                listen_addr = 127.0.0.1
                listen_port = %d
                unix_socket_dir =
                auth_type = plain
                auth_file = %s
                pool_mode = %s
                ignore_startup_parameters = extra_float_digits%s
                """.formatted(
                        server.host(), server.port(), port, users, mode, ignored.isEmpty() ? "" : ", " + ignored));
        List<String> command = new ArrayList<>(List.of(PGBOUNCER.toString(), settings.toString()));
        if (System.getProperty("user.name").equals("root")) { // as whom it does not run
            command.addAll(1, List.of("--user", "nobody"));
        }
        Process pooler = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("log").toFile())
                .start();
        Awaitility.await().ignoreExceptions().until(() -> {
            new Socket(InetAddress.getLoopbackAddress(), port).close();
            return true;
        });
        return pooler;
    }
}
