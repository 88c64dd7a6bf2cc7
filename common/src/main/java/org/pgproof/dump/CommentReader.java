package org.pgproof.dump;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Understands the comments that pg_dump writes between statements. An object is announced in a frame, with further lines
 * before the name when pg_dump is verbose:
 *
 * <pre>
 * --
 * -- Name: orders; Type: TABLE; Schema: public; Owner: -
 * --
 * </pre>
 */
final class CommentReader {
    /** What a comment line, together with those before it, says. */
    interface Found {
        void entry(TocEntry entry);

        void trailer();

        void serverVersion(String version);

        void clientVersion(String version);

        void notUnderstood(String line);
    }

    private static final String[] ANNOUNCEMENTS = {" Name: ", " Data for Name: ", " Statistics for Name: "};
    private static final String TRAILER = " PostgreSQL database dump complete";
    private static final String SERVER = " Dumped from database version ";
    private static final String CLIENT = " Dumped by pg_dump version ";

    private final Found found;
    private long frame = -1;
    private long lastEnd = -1;
    private @Nullable String framed;
    private boolean inFrame;

    CommentReader(Found found) {
        this.found = found;
    }

    /**
     * Takes one line.
     *
     * @param text what follows the two dashes
     * @param start offset of the first dash
     * @param end offset after the newline
     */
    void line(String text, long start, long end) {
        boolean follows = start == lastEnd;
        lastEnd = end;
        if (!follows) {
            inFrame = false;
        }
        if (text.isEmpty()) {
            frameLine(start);
        } else if (inFrame) {
            framed = framed == null || announces(text) ? text : framed;
        } else if (text.startsWith(SERVER)) {
            found.serverVersion(text.substring(SERVER.length()));
        } else if (text.startsWith(CLIENT)) {
            found.clientVersion(text.substring(CLIENT.length()));
        }
    }

    private void frameLine(long start) {
        String content = framed;
        framed = null;
        if (inFrame && content != null) {
            inFrame = false;
            framed(content);
        } else {
            inFrame = true;
            frame = start;
        }
    }

    private void framed(String text) {
        if (text.equals(TRAILER)) {
            found.trailer();
        } else if (announces(text)) {
            entry(text).ifPresentOrElse(found::entry, () -> found.notUnderstood(text));
        }
    }

    private static boolean announces(String text) {
        for (String announcement : ANNOUNCEMENTS) {
            if (text.startsWith(announcement)) {
                return true;
            }
        }
        return false;
    }

    /** Names may hold what looks like another field, but rarely the later fields: so these are found from the end. */
    private Optional<TocEntry> entry(String text) {
        int owner = text.lastIndexOf("; Owner: ");
        int schema = text.lastIndexOf("; Schema: ", owner);
        int kind = text.lastIndexOf("; Type: ", schema);
        int name = text.indexOf("Name: ") + "Name: ".length();
        if (owner < 0 || schema < 0 || kind < name) {
            return Optional.empty();
        }
        String owners = text.substring(owner + "; Owner: ".length());
        int tablespace = owners.lastIndexOf("; Tablespace: ");
        return Optional.of(new TocEntry(
                text.substring(kind + "; Type: ".length(), schema),
                named(text.substring(schema + "; Schema: ".length(), owner)),
                text.substring(name, kind),
                named(tablespace < 0 ? owners : owners.substring(0, tablespace)),
                tablespace < 0 ? "" : owners.substring(tablespace + "; Tablespace: ".length()),
                frame));
    }

    private static String named(String field) {
        return field.equals("-") ? "" : field;
    }
}
