package org.pgproof.verify.restore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.pgproof.dump.DumpScanner;
import org.pgproof.postgres.ClientTool;
import org.pgproof.postgres.ConnectionSettings;
import org.pgproof.postgres.ServerVersion;
import org.pgproof.testkit.ClientBinaries;
import org.pgproof.testkit.PostgresServer;
import org.pgproof.verify.server.CouldNotVerifyException;
import org.pgproof.verify.server.Psql;
import org.pgproof.verify.server.Server;
import org.pgproof.verify.server.Sessions;
import org.pgproof.verify.server.TemporaryPlace;

/** That psql ended with success proves nothing: the server's answer to the last statement does. */
class SessionEndIT {
    private static final int MAJOR = 15;

    private static final AfterRows NOTHING = new AfterRows() {
        @Override
        public void loaded() {}

        @Override
        public void mayChange() {}
    };

    @TempDir
    private Path folder = Path.of("");

    @ParameterizedTest
    @ValueSource(strings = {"exit 0", "head -c 30 > /dev/null; exit 0", "cat > /dev/null; exit 0"})
    void successOfSomethingInPsqlsPlaceIsNoRestore(String script) throws Exception {
        Path program = folder.resolve("psql");
        Files.writeString(program, "#!/bin/sh\n" + script + "\n");
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
        assertThatThrownBy(() -> restore(new ClientTool(program, new ServerVersion(18, 6))))
                .isInstanceOf(CouldNotVerifyException.class)
                .hasMessageContaining("before it had passed on the whole dump");
    }

    @Test
    void psqlItselfIsConfirmed() throws Exception {
        Path psql = ClientBinaries.assumeClientFor(MAJOR).psql();
        assertThat(restore(new ClientTool(psql, new ServerVersion(MAJOR, 18)))).isEmpty();
    }

    private static Optional<Psql.SqlError> restore(ClientTool psql) throws Exception {
        byte[] dump = "CREATE TABLE public.t (a integer);\n".getBytes(StandardCharsets.US_ASCII);
        try (Server server = Server.connect(
                        ConnectionSettings.ofUri(PostgresServer.shared(MAJOR).url("postgres"), Map.of()));
                TemporaryPlace place =
                        TemporaryPlace.create(server, Optional.empty(), Optional.empty(), Clock.systemUTC());
                SingleSession session = new SingleSession(new Sessions(psql, place.database(), 1), "", NOTHING)) {
            DumpScanner scanner = new DumpScanner(session.listener(), false);
            scanner.write(dump, 0, dump.length);
            session.write(dump, dump.length, scanner.boundary());
            return session.finish();
        }
    }
}
