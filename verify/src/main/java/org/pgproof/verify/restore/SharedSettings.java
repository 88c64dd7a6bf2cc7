package org.pgproof.verify.restore;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import org.pgproof.dump.Statement;

/** The settings that a session begins with: the verifier's own, and what the dump has set so far. */
final class SharedSettings {
    private final ByteArrayOutputStream sql = new ByteArrayOutputStream();

    /** @param own statements to begin with */
    SharedSettings(String own) {
        sql.writeBytes(own.getBytes(StandardCharsets.UTF_8));
    }

    /** Adds a setting of the dump. */
    void add(Statement setting, HeldText text) {
        sql.writeBytes(text.slice(setting.start(), setting.end()));
        sql.write('\n');
    }

    byte[] sql() {
        return sql.toByteArray();
    }
}
