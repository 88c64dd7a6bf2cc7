package org.pgproof.dump;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Whether a dump is whole: its completion trailer, the pair of backslash commands around it, and nothing behind. */
final class Completion {
    private static final Pattern PAIR = Pattern.compile("\\\\(un)?restrict ([A-Za-z0-9]+)");

    private String key = "";
    private boolean begun;
    private boolean released;
    private boolean trailer;
    private boolean trailed;

    /** A statement begins. */
    void statement() {
        begun = true;
        trailed |= trailer;
    }

    /** An object is announced. */
    void entry() {
        statement();
    }

    void trailer() {
        trailed |= trailer;
        trailer = true;
    }

    /** A backslash command between statements; true if it is one of the pair that pg_dump writes, in its place. */
    boolean metaCommand(String line) {
        Matcher pair = PAIR.matcher(line);
        boolean expected = pair.matches() && (pair.group(1) == null ? restrict(pair.group(2)) : release(pair.group(2)));
        if (!expected) {
            statement();
        }
        return expected;
    }

    private boolean restrict(String with) {
        boolean first = !begun && key.isEmpty();
        key = first ? with : key;
        return first;
    }

    private boolean release(String with) {
        boolean last = trailer && !trailed && !released && key.equals(with);
        released |= last;
        return last;
    }

    /** Why the dump is not whole. */
    Optional<String> missing() {
        if (!trailer) {
            return Optional.of("the line \"PostgreSQL database dump complete\" is missing");
        }
        if (trailed) {
            return Optional.of("more follows after the line \"PostgreSQL database dump complete\"");
        }
        return key.isEmpty() || released ? Optional.empty() : Optional.of("the last line, \\unrestrict, is missing");
    }
}
