package org.pgproof.verify.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.pgproof.postgres.ConnectionSettings;
import org.pgproof.postgres.Queries;
import org.pgproof.testkit.Database;
import org.pgproof.testkit.PostgresServer;

class SessionSettingsIT {
    private static final List<String> HOSTILE = List.of(
            "array_nulls = off",
            "default_transaction_read_only = on",
            "default_transaction_isolation = 'serializable'",
            "statement_timeout = '1min'",
            "lock_timeout = '1min'",
            "xmloption = document",
            "IntervalStyle = iso_8601",
            "search_path = nowhere",
            "bytea_output = escape",
            "transform_null_equals = on",
            "quote_all_identifiers = on");

    @ParameterizedTest
    @ValueSource(ints = {13, 15, 17, 18})
    void winOverThoseOfRoleAndDatabase(int major) throws Exception {
        PostgresServer server = PostgresServer.shared(major);
        Database database = server.freshDatabase();
        String role = database.name() + "_role";
        server.createRole(role, "secret", "");
        for (String setting : HOSTILE) {
            server.execute("postgres", "ALTER ROLE " + role + " SET " + setting);
            server.execute("postgres", "ALTER DATABASE " + database.name() + " SET " + setting);
        }
        ConnectionSettings settings = ConnectionSettings.ofUri(server.url(role, "secret", database.name()), Map.of());
        try (Connection plain = settings.open();
                Connection pinned = SessionSettings.pinned(plain, settings).open()) {
            assertThat(Queries.text(plain, "SHOW array_nulls")).isEqualTo("off");
            assertThat(Queries.text(pinned, "SHOW array_nulls")).isEqualTo("on");
            assertThat(Queries.text(pinned, "SHOW default_transaction_read_only"))
                    .isEqualTo("off");
            assertThat(Queries.text(pinned, "SHOW default_transaction_isolation"))
                    .isEqualTo("read committed");
            assertThat(Queries.text(pinned, "SHOW statement_timeout")).isEqualTo("0");
            assertThat(Queries.text(pinned, "SHOW search_path")).isEmpty();
            assertThat(Queries.text(pinned, "SHOW bytea_output")).isEqualTo("hex");
        }
    }

    /** What only a superuser may set is then pinned too, and no session is refused for it. */
    @Test
    void holdForASuperuserInHisLanguage() throws Exception {
        ConnectionSettings settings =
                ConnectionSettings.ofUri(PostgresServer.shared(18).url("postgres"), Map.of());
        try (Connection plain = settings.open();
                Connection pinned = SessionSettings.pinned(plain, settings).open()) {
            assertThat(Queries.text(pinned, "SHOW lc_messages")).isEqualTo("C");
            assertThat(Queries.text(pinned, "SHOW session_replication_role")).isEqualTo("origin");
        }
    }
}
