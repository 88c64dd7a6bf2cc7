package org.pgproof.verify.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.sql.Connection;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.pgproof.postgres.ConnectionSettings;
import org.pgproof.testkit.PostgresServer;

class DrillRolesIT {
    /** Nobody else verifies here: what a test sees and drops is its own. */
    private static final PostgresServer SERVER = PostgresServer.start(15);

    private static final List<String> NEEDED = List.of("public", "drill role \"; --");

    @Test
    void rolesStayUntilTheLastVerifierThatNeedsThemIsDone() throws Exception {
        try (Server one = server();
                Server other = server();
                Server later = server()) {
            DrillRoles first = DrillRoles.create(one, NEEDED);
            DrillRoles.dropUnused(later);
            assertThat(isThere()).as("while one verifies").isTrue();
            DrillRoles second = DrillRoles.create(other, NEEDED);
            first.close();
            assertThat(isThere()).as("while another verifies").isTrue();
            second.close();
            assertThat(isThere()).as("after both").isFalse();
        }
    }

    @Test
    void whatAKilledVerifierLeftIsDropped() throws Exception {
        Server killed = server();
        DrillRoles.create(killed, List.of("drill orphan"));
        killed.close();
        try (Server next = server()) {
            await().until(
                            () -> { // the server notices soon that its client has gone
                                DrillRoles.dropUnused(next);
                                return !next.missingRoles(List.of("drill orphan"))
                                        .isEmpty();
                            });
        }
    }

    @Test
    void whoeverElseHoldsTheLockIsNamedAndNotWaitedForWithoutEnd() throws Exception {
        try (Server server = server();
                Connection other = SERVER.connect("postgres");
                Statement statement = other.createStatement()) {
            statement.execute("SET application_name = 'holder'");
            statement.execute("SELECT pg_advisory_lock(" + DrillRoles.LOCK + ")");
            assertThatThrownBy(() -> DrillRoles.create(server, NEEDED, "50ms"))
                    .isInstanceOf(CouldNotVerifyException.class)
                    .hasMessageContaining("of role " + SERVER.user() + ", application holder");
        }
    }

    private static Server server() throws Exception {
        return Server.connect(ConnectionSettings.ofUri(SERVER.url("postgres"), Map.of()));
    }

    private static boolean isThere() throws Exception {
        try (Server server = server()) {
            return server.missingRoles(NEEDED).equals(List.of("public"));
        }
    }
}
