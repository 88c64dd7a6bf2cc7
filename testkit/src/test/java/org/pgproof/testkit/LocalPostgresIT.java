package org.pgproof.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class LocalPostgresIT {
    static Iterable<Integer> majors() {
        return PostgresBinaries.jars().keySet();
    }

    @ParameterizedTest
    @MethodSource("majors")
    void startsEveryMajorOnBothLoopbackAddresses(int major) throws Exception {
        try (LocalPostgres server = LocalPostgres.start(major)) {
            assertThat(server.value("postgres", "SHOW server_version")).startsWith(major + ".");
            assertThat(server.value("postgres", "SHOW listen_addresses")).isEqualTo("127.0.0.1,::1");
            assertThat(server.log()).doesNotContain("could not bind");
        }
    }

    @Test
    void checksPasswords() throws Exception {
        LocalPostgres server = LocalPostgres.start(PostgresServer.majors().get(0));
        try (server) {
            String url = "jdbc:postgresql://[::1]:" + server.port() + "/postgres";
            assertThatThrownBy(() -> DriverManager.getConnection(url, server.user(), "wrong"))
                    .isInstanceOf(SQLException.class)
                    .hasMessageContaining("password authentication failed");
        }
    }

    @Test
    void keepsItsDataThroughCrashAndRestart() throws Exception {
        try (LocalPostgres server = LocalPostgres.start(18, Map.of("synchronous_commit", "on"))) {
            Database database = server.freshDatabase();
            database.execute("CREATE TABLE kept (id int); INSERT INTO kept VALUES (7)");
            server.crash();
            assertThatThrownBy(() -> database.value("TABLE kept")).isInstanceOf(SQLException.class);
            server.start();
            server.restart();
            assertThat(database.value("TABLE kept")).isEqualTo("7");
        }
    }

    @Test
    void answersNobodyWhilePaused() throws Exception {
        try (LocalPostgres server = LocalPostgres.start(18)) {
            String url = "jdbc:postgresql://127.0.0.1:" + server.port()
                    + "/postgres?loginTimeout=1&user=postgres&password=" + server.password();
            server.pause();
            assertThatThrownBy(() -> DriverManager.getConnection(url)).isInstanceOf(SQLException.class);
            server.resume();
            assertThat(server.value("postgres", "SELECT 1")).isEqualTo("1");
        }
    }

    @Test
    void createsRolesAndDatabasesOfAnyName() throws Exception {
        PostgresServer server = PostgresServer.shared(18);
        server.createRole("o'hara \"x\"", "p@:/#%?& ü'", "CREATEDB");
        server.createDatabase("we\"ird ü/%");
        assertThat(server.url("o'hara \"x\"", "p@:/#%?& ü'", "we\"ird ü/%"))
                .startsWith("postgresql://o%27hara%20%22x%22:p%40%3A%2F%23%25%3F%26%20%C3%BC%27@")
                .endsWith("/we%22ird%20%C3%BC%2F%25");
        assertThat(server.value("we\"ird ü/%", "SELECT current_database()")).isEqualTo("we\"ird ü/%");
    }
}
