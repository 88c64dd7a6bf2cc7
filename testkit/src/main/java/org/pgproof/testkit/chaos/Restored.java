package org.pgproof.testkit.chaos;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.zip.GZIPInputStream;
import org.pgproof.testkit.Database;

/** Restores a dump as its owner would, with {@code gunzip | psql} and nothing of ours, and counts its rows. */
final class Restored {
    private Restored() {}

    /** Returns what is wrong with a stored backup, or nothing. */
    static String complaint(Scene scene, String key) throws IOException, SQLException, InterruptedException {
        Database database = scene.server().freshDatabase();
        try {
            String error = psql(scene, database, scene.s3().read(scene.bucket(), Backups.dump(key)));
            return error.isEmpty() ? compare(scene, key, database) : "psql: " + error;
        } finally {
            scene.server().execute("postgres", "DROP DATABASE " + database.name() + " WITH (FORCE)");
        }
    }

    private static String psql(Scene scene, Database database, byte[] dump) throws IOException, InterruptedException {
        Process psql = new ProcessBuilder(
                        scene.client().psql().toString(),
                        "-X",
                        "-q",
                        "-o",
                        "/dev/null",
                        "-v",
                        "ON_ERROR_STOP=1",
                        database.url())
                .redirectErrorStream(true)
                .start();
        String gunzip = "";
        try (InputStream sql = new GZIPInputStream(new ByteArrayInputStream(dump));
                OutputStream stdin = psql.getOutputStream()) {
            sql.transferTo(stdin);
        } catch (IOException e) {
            gunzip = e.toString(); // psql's own words, if it has any, come first
        }
        String output = new String(psql.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return psql.waitFor() == 0 ? gunzip : output + gunzip;
    }

    private static String compare(Scene scene, String key, Database database) throws IOException, SQLException {
        JsonNode manifest = new ObjectMapper().readTree(scene.s3().read(scene.bucket(), Backups.manifest(key)));
        for (JsonNode table : manifest.get("tables")) {
            String name = table.get("schema").asText() + "." + table.get("name").asText();
            String rows = database.value("SELECT count(*) FROM " + name);
            if (!rows.equals(table.get("rows").asText())) {
                return name + " has " + rows + " rows, its manifest says " + table.get("rows");
            }
        }
        String balance = database.value("SELECT sum(balance) FROM bank.accounts");
        return balance.equals("20000") ? "" : "the accounts hold " + balance + " in all, not 20000";
    }
}
