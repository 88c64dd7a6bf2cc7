package org.pgproof.dump;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.pgproof.dump.sql.SqlParser;

/** Follows the large objects of a dump through its calls of {@code lo_create}, {@code lo_open} and {@code lowrite}. */
final class LargeObjectReader implements StatementText.Overflow {
    private static final int BUFFER = 1 << 13;

    private final Session session;
    private final byte[] content = new byte[BUFFER];
    private int filled;
    private int highDigit = -1;
    private @Nullable LargeObjectHash open;
    private LargeObjects total = LargeObjects.NONE;
    /** Whether the hexadecimal digits of a write have begun and not ended. */
    private boolean writing;

    private boolean malformed;
    private boolean startedEarly;

    LargeObjectReader(Session session) {
        this.session = session;
    }

    LargeObjects total() {
        return total;
    }

    /** A write of more than what is kept: its content is taken as it comes. */
    @Override
    public void begins(byte[] head, int length) {
        startedEarly = false;
        SqlParser parser = session.parser(head, length);
        if (parser.words("SELECT", "pg_catalog") && parser.symbol('.') && parser.words("lowrite")) {
            startedEarly = startWrite(parser);
            digits(head, parser.position(), length);
        }
    }

    @Override
    public void goesOn(byte[] bytes, int offset, int length) {
        if (startedEarly) {
            digits(bytes, offset, offset + length);
        }
    }

    /**
     * Takes a statement {@code SELECT pg_catalog.function(…)} of which the function's name has just been read.
     *
     * @return false if it is about large objects but not understood
     */
    boolean call(String function, SqlParser parser, byte[] head, int length) {
        return switch (function) {
            case "lo_create" -> create();
            case "lo_open" -> parser.symbol('(') && open(oid(parser));
            case "lowrite" -> write(parser, head, length);
            case "lo_close" -> close();
            default -> false;
        };
    }

    private static Optional<Long> oid(SqlParser parser) {
        try {
            return parser.text().map(Long::valueOf).or(parser::number);
        } catch (NumberFormatException invalid) {
            return Optional.empty();
        }
    }

    private boolean create() {
        total = new LargeObjects(total.count() + 1, total.bytes(), total.fingerprint());
        return true;
    }

    private boolean open(Optional<Long> oid) {
        if (oid.isEmpty() || open != null) {
            return false;
        }
        open = new LargeObjectHash(oid.get());
        return true;
    }

    private boolean close() {
        if (open == null) {
            return false;
        }
        total = new LargeObjects(
                total.count(), total.bytes(), total.fingerprint().plus(open.fingerprint()));
        open = null;
        return true;
    }

    private boolean write(SqlParser parser, byte[] head, int length) {
        if (!startedEarly) {
            if (!startWrite(parser)) {
                return false;
            }
            digits(head, parser.position(), length);
        }
        startedEarly = false;
        flush();
        return !writing && !malformed && highDigit < 0;
    }

    private boolean startWrite(SqlParser parser) {
        highDigit = -1;
        malformed = false;
        writing = open != null
                && parser.symbol('(')
                && parser.number().isPresent()
                && parser.symbol(',')
                && parser.symbol('\'')
                && parser.symbol('\\')
                && (session.standardStrings() || parser.symbol('\\'))
                && parser.symbol('x');
        return writing;
    }

    private void digits(byte[] bytes, int from, int to) {
        for (int i = from; i < to && writing; i++) {
            int digit = Character.digit(bytes[i], 16);
            if (digit < 0) {
                malformed |= bytes[i] != '\'';
                writing = false;
                return;
            }
            if (highDigit < 0) {
                highDigit = digit;
            } else {
                content[filled++] = (byte) (highDigit << 4 | digit);
                highDigit = -1;
                if (filled == BUFFER) {
                    flush();
                }
            }
        }
    }

    private void flush() {
        if (open != null) {
            open.write(content, 0, filled);
        }
        total = new LargeObjects(total.count(), total.bytes() + filled, total.fingerprint());
        filled = 0;
    }
}
