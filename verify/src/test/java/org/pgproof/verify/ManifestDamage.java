package org.pgproof.verify;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.pgproof.archive.DigestOutputStream;
import org.pgproof.manifest.Json;

/** Damages the manifest of a backup: it is gone, unreadable, lacks something or says something else. */
final class ManifestDamage {
    private final BackupFiles backup;
    private final String json;
    private final List<Damage> all = new ArrayList<>();

    ManifestDamage(BackupFiles backup) throws IOException {
        this.backup = backup;
        this.json = new String(Json.bytes(backup.parsedManifest()), StandardCharsets.UTF_8);
    }

    List<Damage> all() throws IOException {
        all.add(new Damage("no manifest", backup.withoutManifest(), ""));
        manifest("empty", "");
        manifest("null", "null");
        manifest("cut", json.substring(0, json.length() / 2));
        manifest("another row count", json.replaceFirst("\"rows\":30,", "\"rows\":31,"));
        manifest("another fingerprint", json.replaceFirst("xxh3-128-sum:[0-9a-f]", "xxh3-128-sum:x"));
        manifest("another key", json.replaceFirst("backup_\\d", "backup_1"));
        manifest("another size", json.replaceFirst("\"uncompressedBytes\":\\d", "\"uncompressedBytes\":9"));
        for (String field : List.of("key", "dump", "tables", "objects", "insertedTables")) {
            manifest("without " + field, json.replaceFirst("\"" + field + "\":", "\"" + field + "x\":"));
        }
        return all;
    }

    private void manifest(String name, String damaged) throws IOException {
        all.add(new Damage("manifest: " + name, new BackupFiles(backup.dump(), sealed(damaged)), ""));
    }

    /** As one would who knows the format: what is left of a document gets the digest it should have. */
    static byte[] sealed(String document) throws IOException {
        if (!document.endsWith("}")) {
            return document.getBytes(StandardCharsets.UTF_8);
        }
        String open = document.substring(0, document.length() - 1);
        try (DigestOutputStream digest = new DigestOutputStream(OutputStream.nullOutputStream())) {
            digest.write(open.getBytes(StandardCharsets.UTF_8));
            return (open + ",\"sha256\":\"" + digest.sha256() + "\"}").getBytes(StandardCharsets.UTF_8);
        }
    }
}
