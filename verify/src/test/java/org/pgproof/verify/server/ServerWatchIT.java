package org.pgproof.verify.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.pgproof.postgres.ConnectionSettings;
import org.pgproof.postgres.Queries;
import org.pgproof.testkit.PostgresServer;

class ServerWatchIT {
    private static final Duration SOON = Duration.ofMillis(200);

    @Test
    void endsTheWaitForAServerThatDoesNothing() throws Exception {
        try (Server server = server();
                TemporaryPlace place =
                        TemporaryPlace.create(server, Optional.empty(), Optional.empty(), Clock.systemUTC())) {
            CountDownLatch stopped = new CountDownLatch(1);
            try (ServerWatch watch =
                    new ServerWatch(place.database(), stopped::countDown, SOON, SOON.multipliedBy(2), false)) {
                watch.begins();
                stopped.await();
                assertThat(watch.silence())
                        .hasValueSatisfying(reason -> assertThat(reason).hasMessageContaining("has not answered for"));
            }
        }
    }

    /** However long it takes: here, longer than the limit. */
    @Test
    void waitsForAServerThatWorks() throws Exception {
        try (Server server = server();
                TemporaryPlace place =
                        TemporaryPlace.create(server, Optional.empty(), Optional.empty(), Clock.systemUTC());
                Connection connection = place.database().open();
                ServerWatch watch = new ServerWatch(
                        place.database(), () -> {}, Duration.ofMillis(50), Duration.ofMillis(100), false)) {
            watch.begins();
            Queries.texts(connection, "SELECT pg_catalog.pg_sleep(2)::text");
            watch.ends();
            assertThat(watch.silence()).isEmpty();
        }
    }

    private static Server server() throws Exception {
        return Server.connect(ConnectionSettings.ofUri(PostgresServer.shared(15).url("postgres"), Map.of()));
    }
}
