package org.pgproof.verify;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.pgproof.receipt.Receipt;
import org.pgproof.receipt.Verdict;
import org.pgproof.testkit.ClientBinaries;
import org.pgproof.testkit.Database;
import org.pgproof.testkit.PostgresServer;
import org.pgproof.testkit.S3Server;

/** Whoever writes to the store cannot make the verifier or its server do more than restore. */
class HostileIT {
    private static final int MAJOR = 17;
    private static final int OLDER = 15;
    private static final String PASSWORD = "restorer-password";
    private static final Set<Verdict> REFUSED = EnumSet.of(Verdict.FAILED, Verdict.COULD_NOT_VERIFY);
    private static final Set<Verdict> UNPROVEN = EnumSet.complementOf(EnumSet.of(Verdict.PASSED));

    private static PostgresServer server;
    private static Database other;
    private static Path folder;

    /** As whom a verifier connects. */
    private enum Verifier {
        SUPERUSER(""),
        MAKES_ROLES("CREATEDB CREATEROLE"),
        MAKES_DATABASES("CREATEDB");

        private final String attributes;

        Verifier(String attributes) {
            this.attributes = attributes;
        }

        private void createOn(PostgresServer where) throws SQLException {
            if (this != SUPERUSER) {
                where.createRole(name(), PASSWORD, attributes);
            }
        }

        private String url(PostgresServer where) {
            return this == SUPERUSER ? where.url("postgres") : where.url(name(), PASSWORD, "postgres");
        }
    }

    @BeforeAll
    static void servers() throws Exception {
        ClientBinaries.assumeClientFor(MAJOR);
        server = PostgresServer.start(MAJOR); // nobody else changes what it holds
        for (Verifier verifier : Verifier.values()) {
            verifier.createOn(server);
        }
        other = server.freshDatabase();
        other.execute("CREATE TABLE kept AS SELECT 1 AS a");
        folder = Files.createTempDirectory("hostile");
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxrwxrwx"));
    }

    @AfterAll
    static void end() throws Exception {
        if (server != null) {
            server.close();
            Files.delete(folder);
        }
    }

    @Test
    void psqlObeysNoCommandInADump() throws Exception {
        assertThat(reached(server, HostileDumps.forPsql(), Verifier.SUPERUSER)).isEmpty();
    }

    /** Where this machine has one that is older than the fix of CVE-2026-18408. */
    @Test
    void anOlderPsqlObeysNoCommandInADump() throws Exception {
        ClientBinaries.assumeClient(OLDER);
        try (PostgresServer older = PostgresServer.start(OLDER)) {
            assertThat(reached(older, HostileDumps.forPsql(), Verifier.SUPERUSER))
                    .isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource
    void theServerGivesADumpNothingButItsDatabase(Verifier verifier) throws Exception {
        assertThat(reached(server, HostileDumps.forTheServer(), verifier)).isEmpty();
        assertThat(reached(server, HostileDumps.forOtherDatabases(), verifier)).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(names = {"SUPERUSER", "MAKES_ROLES"})
    void aFunctionReachesNothingOutsideOfItsDatabase(Verifier verifier) throws Exception {
        assertThat(reached(server, HostileDumps.inFunctions(), verifier)).isEmpty();
        assertThat(reached(server, HostileDumps.contained(), verifier, UNPROVEN))
                .isEmpty();
    }

    @Test
    void aRoleThatCannotMakeAnotherRestoresNothingWhereIsolationIsRequired() throws Exception {
        byte[] dump = HostileDumps.contained().values().iterator().next();
        Receipt receipt = verify(dump, Verifier.MAKES_DATABASES.url(server), Optional.of(true));
        assertThat(receipt.verdict()).as(receipt.reason()).isEqualTo(Verdict.COULD_NOT_VERIFY);
        assertThat(receipt.reason()).contains("VERIFY_REQUIRE_ISOLATION");
    }

    private static List<String> reached(PostgresServer where, Map<String, byte[]> dumps, Verifier verifier)
            throws Exception {
        return reached(where, dumps, verifier, REFUSED);
    }

    /** Verifies each dump, and returns which of them did what. */
    private static List<String> reached(
            PostgresServer where, Map<String, byte[]> dumps, Verifier verifier, Set<Verdict> expected)
            throws Exception {
        List<String> reached = new ArrayList<>();
        String before = surroundings(where);
        for (Map.Entry<String, byte[]> dump : dumps.entrySet()) {
            Path marker = folder.resolve("marker");
            Receipt receipt = verify(named(dump.getValue(), marker), verifier.url(where), Optional.empty());
            String result = dump.getKey() + ": " + receipt.verdict() + ", " + receipt.reason();
            if (Boolean.getBoolean("hostile.verbose")) {
                System.out.println(verifier + " " + where.major() + " " + result);
            }
            if (Files.deleteIfExists(marker)) {
                reached.add(result + ": a command ran");
            }
            String after = surroundings(where);
            if (!after.equals(before)) {
                reached.add(result + ": changed\n" + before + " to\n" + after);
                before = after;
            }
            if (!expected.contains(receipt.verdict()) || receipt.reason().isBlank()) {
                reached.add(result);
            }
        }
        return reached;
    }

    private static Receipt verify(byte[] sql, String url, Optional<Boolean> isolation) throws Exception {
        S3Server s3 = Site.S3;
        String bucket = s3.freshBucket();
        s3.write(bucket, "postgres-backups/backup_20260101_000000.sql.gz", Site.foreignGzip(sql));
        try (Drill drill = new Drill(Drill.connection(url), Drill.settings(s3, bucket), Optional.empty(), isolation)) {
            return drill.verify();
        }
    }

    private static byte[] named(byte[] sql, Path marker) {
        return new String(sql, StandardCharsets.ISO_8859_1)
                .replace(HostileDumps.MARKER, marker.toString())
                .replace(HostileDumps.OTHER, other.name())
                .getBytes(StandardCharsets.ISO_8859_1);
    }

    /** All that a drill finds and leaves as it was. */
    private static String surroundings(PostgresServer where) throws SQLException {
        String server = where.value("postgres", """
                SELECT concat_ws(E'\\n',
                    (SELECT string_agg(concat_ws(' ', d.datname, r.rolname, d.datconnlimit, d.datallowconn, d.datistemplate, d.datacl::text), ', ' ORDER BY d.datname)
                        FROM pg_database d JOIN pg_roles r ON r.oid = d.datdba),
                    (SELECT string_agg(a::text, ', ' ORDER BY rolname) FROM pg_authid a),
                    (SELECT string_agg(concat_ws(' ', roleid, member, admin_option), ', ' ORDER BY roleid, member) FROM pg_auth_members),
                    (SELECT string_agg(concat_ws(' ', setdatabase, setrole, setconfig::text), ', ' ORDER BY 1) FROM pg_db_role_setting),
                    (SELECT string_agg(spcname, ', ' ORDER BY spcname) FROM pg_tablespace),
                    (SELECT string_agg(name || setting, ', ' ORDER BY name) FROM pg_file_settings WHERE sourcefile LIKE '%auto.conf'))
                """);
        return server + other.value("SELECT string_agg(tablename, ' ') FROM pg_tables WHERE schemaname = 'public'");
    }
}
