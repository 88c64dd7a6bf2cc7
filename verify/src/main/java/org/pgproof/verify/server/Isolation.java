package org.pgproof.verify.server;

import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.pgproof.postgres.ClientTool;
import org.pgproof.postgres.ServerVersion;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How well a {@code psql} can be kept from obeying backslash commands. After {@code \restrict} with a key it obeys none but
 * the {@code \}{@code unrestrict} of the same key; until CVE-2026-18408 was mended, that one still ran what stands in
 * backquotes behind it.
 */
public record Isolation(ClientTool psql) {
    private static final Logger log = LoggerFactory.getLogger(Isolation.class);

    /** First minor version of each major one whose {@code psql} knows the command. */
    private static final Map<Integer, Integer> KNOWN_SINCE = Map.of(13, 22, 14, 19, 15, 14, 16, 10, 17, 6);

    /** First minor version of each major one in which CVE-2026-18408 is mended. */
    private static final Map<Integer, Integer> SOUND_SINCE = Map.of(14, 24, 15, 19, 16, 15, 17, 11, 18, 6);

    private static final int OLDEST_SOUND = 14;
    private static final int KEY_BYTES = 24;
    private static final SecureRandom RANDOM = new SecureRandom();

    /** What psql knows of its connection and version: in SQL a colon and such a name would be replaced. */
    private static final List<String> VARIABLES = List.of(
            "DBNAME",
            "USER",
            "HOST",
            "PORT",
            "ENCODING",
            "SERVICE",
            "VERSION",
            "VERSION_NAME",
            "VERSION_NUM",
            "SERVER_VERSION_NAME",
            "SERVER_VERSION_NUM");

    /** Returns whether this {@code psql} knows {@code \restrict}. */
    boolean isKnown() {
        int major = psql.version().major();
        return major > 17 || since(KNOWN_SINCE);
    }

    /** Returns whether nothing that follows {@code \restrict} can make this {@code psql} run a command. */
    public boolean isSound() {
        return psql.version().major() > 18 || since(SOUND_SINCE);
    }

    private boolean since(Map<Integer, Integer> minors) {
        ServerVersion version = psql.version();
        return version.minor() >= minors.getOrDefault(version.major(), Integer.MAX_VALUE);
    }

    /**
     * Says so when this {@code psql} is too old.
     *
     * @param required whether that is a reason not to verify; empty for a warning
     * @throws CouldNotVerifyException when it is
     */
    public void check(Optional<Boolean> required) throws CouldNotVerifyException {
        if (isSound()) {
            return;
        }
        String reason = "psql " + psql.version() + " (" + psql.path() + ") can be made to run a command by what a dump"
                + " holds (CVE-2026-18408); install psql " + remedy() + " or later";
        if (required.orElse(false)) {
            throw new CouldNotVerifyException(reason + ", or set VERIFY_REQUIRE_ISOLATION=false");
        }
        if (required.isEmpty()) {
            log.warn("{}; until then only the reading of each dump guards against it", reason);
        }
    }

    /** Says that a dump holds the one command that this {@code psql} may obey all the same, somewhere before an offset. */
    public CouldNotVerifyException mayObey(long offset) {
        return new CouldNotVerifyException("the dump holds the text \\unrestrict before byte " + offset + ", and psql "
                + psql.version() + " may take it for a command that runs others (CVE-2026-18408); install psql "
                + remedy() + " or later");
    }

    private String remedy() {
        int major = Math.max(OLDEST_SOUND, psql.version().major());
        return major + "." + SOUND_SINCE.getOrDefault(major, 0);
    }

    /** Returns the lines with which a session begins: psql then obeys no command and knows no variable. */
    String prologue() {
        StringBuilder lines = new StringBuilder();
        VARIABLES.forEach(name -> lines.append("\\unset ").append(name).append('\n'));
        if (isKnown()) {
            lines.append("\\restrict ").append(key()).append('\n');
        }
        return lines.toString();
    }

    private static String key() {
        byte[] key = new byte[KEY_BYTES];
        RANDOM.nextBytes(key);
        return HexFormat.of().formatHex(key);
    }
}
