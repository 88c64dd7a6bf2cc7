package org.pgproof.verify.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.pgproof.postgres.ClientTool;
import org.pgproof.postgres.ClientTools;
import org.pgproof.postgres.ConnectionSettings;
import org.pgproof.postgres.PgProcess;
import org.pgproof.postgres.Queries;
import org.pgproof.testkit.PostgresServer;
import org.pgproof.testkit.WireProxy;

/** A server that takes what it is sent and answers nothing any more. */
class SilentServerIT {
    private static final Duration SOON = Duration.ofMillis(200);

    @Test
    void whoWaitsForItsAnswerIsLetGo() throws Exception {
        URI uri = URI.create(PostgresServer.shared(15).url("postgres"));
        try (WireProxy wire = WireProxy.to(uri.getPort());
                Server server = Server.connect(ConnectionSettings.ofUri(
                        uri.toString().replace(":" + uri.getPort() + "/", ":" + wire.port() + "/"), Map.of()));
                TemporaryPlace place =
                        TemporaryPlace.create(server, Optional.empty(), Optional.empty(), Clock.systemUTC())) {
            TemporaryDatabase database = place.database();
            ClientTool psql = new ClientTools(List.of()).forServer("psql", server.version());
            CountDownLatch begun = new CountDownLatch(2);
            try (Connection connection = database.open();
                    PgProcess process = new Sessions(psql, database, 1).open()) {
                CompletableFuture<Optional<SQLException>> query =
                        CompletableFuture.supplyAsync(() -> failure(connection, begun));
                CompletableFuture<Long> rows = CompletableFuture.supplyAsync(() -> read(process.stdout(), begun));
                begun.await();
                wire.hold();
                try (ServerWatch answers = ServerWatch.ofAnswers(database, SOON, SOON.multipliedBy(2))) {
                    assertThat(query.get()).isPresent();
                    assertThat(rows.get()).isNotNull();
                    assertThat(answers.silence())
                            .hasValueSatisfying(why -> assertThat(why).hasMessageContaining("has not answered for"));
                }
            } finally {
                wire.heal();
            }
        }
    }

    private static Optional<SQLException> failure(Connection connection, CountDownLatch begun) {
        begun.countDown();
        try {
            while (true) {
                Queries.texts(connection, "SELECT 'here'");
            }
        } catch (SQLException e) {
            return Optional.of(e);
        }
    }

    private static long read(InputStream stdout, CountDownLatch begun) {
        begun.countDown();
        try {
            return new String(stdout.readAllBytes(), StandardCharsets.UTF_8).length();
        } catch (IOException gone) {
            return 0;
        }
    }
}
