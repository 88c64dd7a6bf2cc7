package org.pgproof.verify;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;
import org.pgproof.manifest.Verdict;
import org.pgproof.store.BackupKey;
import org.pgproof.testkit.Database;
import org.pgproof.testkit.PostgresServer;

/** A manifest written by somebody else who knows its format: no text of it becomes part of a statement. */
class HostileManifestIT {
    /** Nobody else verifies here: whatever changes on the server, the manifest did. */
    private static final PostgresServer SERVER = PostgresServer.start(17);

    private static final ObjectMapper JSON = new ObjectMapper();

    private static final List<String> PAYLOADS = List.of(
            "libc; DROP DATABASE victim; --",
            "UTF8'; ALTER ROLE victim SUPERUSER; --",
            "x\\'\"; DROP ROLE victim; /*\n\\! touch /tmp/pgproof-was-here\n",
            "a\"\0\n; DROP ROLE victim;\n");

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
        try (Drill drill = new Drill(
                Drill.connection(SERVER.url("postgres")), Drill.settings(Site.S3, site.bucket()), Optional.of(1))) {
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
