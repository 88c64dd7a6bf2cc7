package org.pgproof.verify.restore;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.pgproof.dump.Statement;

/** The settings that every session begins with: the verifier's own, and what the dump sets before its first entry. */
final class SharedSettings {
    private static final String SINCE_17 = "SET transaction_timeout = 0;";

    private final ByteArrayOutputStream sql = new ByteArrayOutputStream();
    private final List<String> withheld = new ArrayList<>();
    private final boolean withholds;

    /**
     * @param own statements to begin with
     * @param serverMajor major version of the server, which may be too old for one of the dump's settings
     */
    SharedSettings(String own, int serverMajor) {
        sql.writeBytes(own.getBytes(StandardCharsets.UTF_8));
        withholds = serverMajor < 17;
    }

    /** Adds a setting of the dump, or blanks it out in the text where the server does not know it. */
    void add(Statement setting, HeldText text) {
        byte[] bytes = text.slice(setting.start(), setting.end());
        String line = new String(bytes, StandardCharsets.ISO_8859_1);
        if (withholds && line.equals(SINCE_17)) {
            withheld.add(line);
            text.blank(setting.start(), setting.end());
        } else {
            sql.writeBytes(bytes);
            sql.write('\n');
        }
    }

    byte[] sql() {
        return sql.toByteArray();
    }

    /** Returns the settings that the server does not know. */
    List<String> withheld() {
        return List.copyOf(withheld);
    }
}
