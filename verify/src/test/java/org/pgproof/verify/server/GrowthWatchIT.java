package org.pgproof.verify.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.sql.Connection;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.pgproof.postgres.ConnectionSettings;
import org.pgproof.postgres.Queries;
import org.pgproof.testkit.PostgresServer;

class GrowthWatchIT {
    private static final Duration SOON = Duration.ofMillis(50);

    /** The owner of the database, as whom the backup is restored, gave up a right to it. */
    @ParameterizedTest
    @ValueSource(ints = {13, 15, 17})
    void seesTheSizeWhateverTheBackupTookAway(int major) throws Exception {
        PostgresServer where = PostgresServer.shared(major);
        String verifier = newRole(where, "CREATEDB CREATEROLE");
        try (Server server = Server.connect(settings(where, verifier));
                TemporaryPlace place =
                        TemporaryPlace.create(server, Optional.empty(), Optional.of(true), Clock.systemUTC());
                Connection restoring = place.database().open()) {
            Queries.execute(
                    restoring, "REVOKE CONNECT ON DATABASE " + place.database().quoted() + " FROM CURRENT_USER");
            try (GrowthWatch watch = new GrowthWatch(place.database(), 1, SOON)) {
                await().until(() -> watch.exceeded().isPresent());
                assertThat(watch.exceeded().orElseThrow())
                        .hasMessageContaining("grew to")
                        .hasMessageContaining("VERIFY_MAX_DATABASE_BYTES");
                await().until(() -> restoring.isClosed() || !restoring.isValid(1));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {13, 17})
    void letsNobodyElseConnect(int major) throws Exception {
        PostgresServer where = PostgresServer.shared(major);
        ConnectionSettings other = settings(where, newRole(where, ""));
        try (Server server = Server.connect(ConnectionSettings.ofUri(where.url("postgres"), Map.of()));
                TemporaryPlace place =
                        TemporaryPlace.create(server, Optional.empty(), Optional.empty(), Clock.systemUTC())) {
            String name = place.database().name().toString();
            assertThatThrownBy(() -> other.withDatabase(name).open().close())
                    .hasMessageContaining("permission denied for database");
        }
    }

    private static String newRole(PostgresServer where, String attributes) throws Exception {
        String name = "growth_" + UUID.randomUUID().toString().substring(0, 8);
        where.createRole(name, "growth", attributes);
        return name;
    }

    private static ConnectionSettings settings(PostgresServer where, String role) throws Exception {
        return ConnectionSettings.ofUri(where.url(role, "growth", "postgres"), Map.of());
    }
}
