package org.pgproof.verify;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.pgproof.receipt.Receipt;
import org.pgproof.receipt.Verdict;
import org.pgproof.testkit.Database;
import org.pgproof.testkit.LocalPostgres;
import org.pgproof.testkit.PostgresServer;

/** What one session restores is not FAILED because several could not. */
class SeveralSessionsIT {
    /** Connections that a server keeps for superusers. */
    private static final int RESERVED = 3;

    private final PostgresServer server = PostgresServer.shared(15);
    private final Site site = new Site(server);

    /** One session has loaded the first table when the second one's rows are checked against it; several have not. */
    @Test
    void aCheckThatReadsAnotherTablePasses() throws Exception {
        Database database = server.freshDatabase();
        database.execute("""
                CREATE TABLE allowed (code integer);
                CREATE FUNCTION is_allowed(c integer) RETURNS boolean LANGUAGE sql AS
                    $$ SELECT EXISTS (SELECT FROM public.allowed WHERE code = c) $$;
                CREATE TABLE orders (code integer CHECK (is_allowed(code)));
                INSERT INTO allowed SELECT 1 FROM generate_series(1, 200000);
                INSERT INTO orders SELECT 1 FROM generate_series(1, 2000);
                """);
        site.backUp(database);
        assertThat(verify(server.url("postgres"), 2).verdict()).isEqualTo(Verdict.PASSED);
    }

    @Test
    void anErrorThatOneSessionHasTooFails() throws Exception {
        BackupFiles small = site.putSmall();
        site.put(small.forged(DumpText.of(small.sql()).with("TABLE", "small", "word text", "word txet")));
        Receipt found = verify(server.url("postgres"), 2);
        assertThat(found.verdict()).isEqualTo(Verdict.FAILED);
        assertThat(found.toString()).contains("txet");
    }

    @Test
    void aRoleWithFewConnectionsVerifiesWithFewerSessions() throws Exception {
        site.putSmall();
        server.createRole("few_connections", "secret", "CREATEDB CONNECTION LIMIT 7");
        assertThat(verify(server.url("few_connections", "secret", "postgres"), 64)
                        .verdict())
                .isEqualTo(Verdict.PASSED);
    }

    /** Whatever is free when it is asked may be taken a moment later, which says nothing about the backup. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 6})
    void aCrowdedServerIsNoReasonToFail(int free) throws Exception {
        try (LocalPostgres crowded = LocalPostgres.start(15, Map.of("max_connections", "20"))) {
            site.putSmall();
            crowded.createRole("ordinary", "secret", "CREATEDB CREATEROLE");
            List<Connection> others = new ArrayList<>();
            for (int i = 20 - RESERVED; i > free; i--) {
                others.add(crowded.connect("postgres"));
            }
            Receipt found = verify(crowded.url("ordinary", "secret", "postgres"), 8);
            assertThat(found.verdict()).as(found.toString()).isIn(Verdict.PASSED, Verdict.COULD_NOT_VERIFY);
            for (Connection other : others) {
                other.close();
            }
        }
    }

    /**
     * {@code array_nulls = off} reads NULL in an array as a word, others write values in another way, and some would stop a
     * restore. A role that may create others restores as one of its own.
     */
    @ParameterizedTest
    @ValueSource(strings = {"CREATEDB", "CREATEDB CREATEROLE", "SUPERUSER"})
    void settingsOfTheRoleDoNotReachTheRestore(String attributes) throws Exception {
        Database database = server.freshDatabase();
        database.execute(OddDatabasesIT.EVERY_KIND_OF_VALUE);
        site.backUp(database);
        String role = "odd_settings_of_" + database.name();
        server.createRole(role, "secret", attributes);
        for (String setting : List.of(
                "array_nulls = off",
                "xmloption = document",
                "lock_timeout = 1",
                "DateStyle = 'German'",
                "IntervalStyle = iso_8601",
                "TimeZone = 'Asia/Tokyo'",
                "bytea_output = escape",
                "extra_float_digits = -5",
                "standard_conforming_strings = off",
                "quote_all_identifiers = on",
                "search_path = nowhere",
                "default_transaction_isolation = 'serializable'")) {
            server.execute("postgres", "ALTER ROLE " + role + " SET " + setting);
        }
        assertThat(verify(server.url(role, "secret", "postgres"), 2))
                .satisfies(found ->
                        assertThat(found.verdict()).as(found.toString()).isEqualTo(Verdict.PASSED))
                .satisfies(found -> assertThat(found.checks())
                        .allSatisfy(check -> assertThat(check.skipped()).isEmpty()));
    }

    private Receipt verify(String url, int jobs) throws Exception {
        try (Drill drill =
                new Drill(Drill.connection(url), Drill.settings(Site.S3, site.bucket()), Optional.of(jobs))) {
            return drill.verify();
        }
    }
}
