package org.pgproof.verify;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.pgproof.receipt.Receipt;
import org.pgproof.receipt.Verdict;
import org.pgproof.store.BackupKey;
import org.pgproof.testkit.ClientBinaries;
import org.pgproof.testkit.Database;
import org.pgproof.testkit.PostgresServer;

/** A manifest written by somebody else who knows its format: no text of it becomes part of a statement. */
class HostileManifestIT {
    /** Nobody else verifies here: whatever changes on the server, the manifest did. */
    private static final int MAJOR = 17;

    private static final PostgresServer SERVER = PostgresServer.start(MAJOR);

    private static final ObjectMapper JSON = new ObjectMapper();

    private static final List<String> PAYLOADS = List.of(
            "libc; DROP DATABASE victim; --",
            "UTF8'; ALTER ROLE victim SUPERUSER; --",
            "x\\'\"; DROP ROLE victim; /*\n\\! touch /tmp/pgproof-was-here\n",
            "a\"\0\n; DROP ROLE victim;\n");

    @BeforeAll
    static void needsAClient() {
        ClientBinaries.assumeClientFor(MAJOR);
    }

    /** What says nothing of this content on this server; the digest at the end is made anew each time. */
    private static final Set<String> NOT_COMPARED = Set.of(
            "/source/database",
            "/source/systemIdentifier",
            "/source/locale",
            "/source/collation",
            "/source/characterType",
            "/source/providerLocale",
            "/source/textSettings/DateStyle",
            "/source/textSettings/IntervalStyle",
            "/source/textSettings/TimeZone",
            "/source/textSettings/bytea_output",
            "/source/textSettings/lc_monetary",
            "/objects/commonDigest",
            "/sha256",
            "/pgproofVersion",
            "/dumpOptions",
            "/extensions/name",
            "/extensions/version",
            "/extensions/schema",
            "/roles",
            "/forSuperusers",
            "/leftOut",
            "/warnings");

    private static final String STATE = """
            SELECT (SELECT string_agg(datname || datconnlimit || datdba::regrole || datistemplate, ',' ORDER BY datname) FROM pg_database)
                || (SELECT string_agg(rolname || rolsuper || rolcreaterole || rolcanlogin, ',' ORDER BY rolname) FROM pg_roles)
                || (SELECT count(*) FROM pg_db_role_setting) || (SELECT count(*) FROM pg_auth_members)
            """;

    @Test
    void changesNothingElseOnTheServerAndGetsATrueVerdict() throws Exception {
        SERVER.execute("postgres", "CREATE ROLE victim LOGIN");
        SERVER.createDatabase("victim");
        Site site = new Site(SERVER);
        Database database = SERVER.freshDatabase();
        database.execute("""
                CREATE TABLE t (id serial PRIMARY KEY, word text); INSERT INTO t (word) VALUES ('a'), ('b');
                CREATE VIEW v AS SELECT word FROM t; CREATE POLICY p ON t TO victim USING (true);
                """);
        BackupFiles backup = site.backUp(database);
        String state = SERVER.value("postgres", STATE);
        SoftAssertions softly = new SoftAssertions();
        try (Drill drill = drill(site, 1)) {
            BackupKey key = BackupKey.parse(backup.parsedManifest().key()).orElseThrow();
            assertThat(drill.verify(key, backup).verdict()).isEqualTo(Verdict.PASSED);
            for (Hostile hostile : hostile(backup)) {
                Verdict verdict = drill.verify(key, hostile.backup).verdict();
                softly.assertThat(verdict == Verdict.PASSED && !NOT_COMPARED.contains(hostile.field))
                        .as("PASSED with %s", hostile.name)
                        .isFalse();
                softly.assertThat(SERVER.value("postgres", STATE))
                        .as(hostile.name)
                        .isEqualTo(state);
            }
        }
        softly.assertAll();
    }

    /** The manifest says that the backup needs a superuser, so that its check would run as one. */
    @ParameterizedTest
    @CsvSource({
        "extension, pageinspect, 1",
        "extension, pageinspect, 3",
        "forSuperusers, FUNCTION public.leakproof(), 1",
        "forSuperusers, FUNCTION public.leakproof(), 3",
        "dumpOptions, --no-tablespaces, 1"
    })
    void hasNothingRunAsASuperuser(String field, String value, int jobs, @TempDir Path folder) throws Exception {
        Path proof = folder.resolve("proof");
        Site site = new Site(SERVER);
        Database database = SERVER.freshDatabase();
        database.execute("""
                CREATE FUNCTION strike(integer) RETURNS boolean LANGUAGE plpgsql AS $f$ BEGIN
                    IF pg_catalog.current_database() LIKE 'verify%' THEN
                        EXECUTE 'COPY (SELECT 1) TO PROGRAM ''touch PROOF''';
                    END IF;
                    RETURN true;
                EXCEPTION WHEN insufficient_privilege THEN RETURN true;
                END $f$;
                CREATE TABLE t (id integer CHECK (strike(id))); INSERT INTO t VALUES (1);
                """.replace("PROOF", proof.toString()));
        BackupFiles backup = site.backUp(database);
        BackupKey key = BackupKey.parse(backup.parsedManifest().key()).orElseThrow();
        try (Drill drill = drill(site, jobs)) {
            assertThat(drill.verify(key, backup).verdict()).isEqualTo(Verdict.PASSED);
            Receipt receipt = drill.verify(key, naming(backup, field, value));
            assertThat(receipt.verdict()).as(receipt.reason()).isEqualTo(Verdict.COULD_NOT_VERIFY);
            assertThat(receipt.reason()).contains("only a superuser can restore", "VERIFY_REQUIRE_ISOLATION=false");
        }
        assertThat(proof).doesNotExist();
    }

    private static BackupFiles naming(BackupFiles backup, String field, String value) throws IOException {
        if (field.equals("extension")) {
            return backup.withManifest(manifest -> Manifests.withExtension(manifest, value));
        }
        ObjectNode document = (ObjectNode) JSON.readTree(backup.manifest());
        document.remove("sha256");
        document.set(field, JSON.createArrayNode().add(value));
        return new BackupFiles(backup.dump(), ManifestDamage.sealed(JSON.writeValueAsString(document)));
    }

    private static Drill drill(Site site, int jobs) {
        return new Drill(
                Drill.connection(SERVER.url("postgres")),
                Drill.settings(Site.S3, site.bucket()),
                Optional.of(jobs),
                Optional.empty());
    }

    /** A backup with one text of its manifest replaced. */
    private record Hostile(String field, String name, BackupFiles backup) {}

    private static List<Hostile> hostile(BackupFiles backup) throws IOException {
        List<Hostile> all = new ArrayList<>();
        Set<String> fields = new TreeSet<>();
        JsonNode original = JSON.readTree(backup.manifest());
        collect(original, "", fields);
        for (String field : fields) {
            for (String payload : PAYLOADS) {
                ObjectNode changed = original.deepCopy();
                changed.remove("sha256");
                replace(changed, field, payload);
                byte[] sealed = ManifestDamage.sealed(JSON.writeValueAsString(changed));
                all.add(new Hostile(field, field + " = " + payload, new BackupFiles(backup.dump(), sealed)));
            }
        }
        return all;
    }

    /** Notes where texts stand: the elements of a list together, and a list without elements as one of texts. */
    private static void collect(JsonNode node, String path, Set<String> fields) {
        if (node.isTextual() || node.isNull() || (node.isArray() && node.isEmpty())) {
            fields.add(path);
        } else if (node.isArray()) {
            node.forEach(element -> collect(element, path, fields));
        } else if (node.isObject()) {
            node.properties().forEach(property -> collect(property.getValue(), path + "/" + property.getKey(), fields));
        }
    }

    private static void replace(JsonNode node, String path, String payload) {
        String name = path.substring(1).split("/", 2)[0];
        String rest = path.substring(1 + name.length());
        JsonNode child = node.get(name);
        if (rest.isEmpty() && node instanceof ObjectNode parent) {
            parent.set(
                    name,
                    child != null && child.isArray()
                            ? JSON.createArrayNode().add(payload)
                            : JSON.getNodeFactory().textNode(payload));
        } else if (child instanceof ArrayNode list) {
            list.forEach(element -> replace(element, rest, payload));
        } else if (child != null) {
            replace(child, rest, payload);
        }
    }
}
