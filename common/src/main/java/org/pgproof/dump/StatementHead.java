package org.pgproof.dump;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.pgproof.dump.sql.ClientEncoding;

/** The first bytes of a statement, decoded only when asked for: most statements are never looked at. */
public final class StatementHead {
    private final byte[] bytes;
    private final ClientEncoding encoding;
    private final boolean whole;

    StatementHead(byte[] bytes, ClientEncoding encoding, boolean whole) {
        this.bytes = bytes;
        this.encoding = encoding;
        this.whole = whole;
    }

    /** Whether this is all of the statement. */
    public boolean whole() {
        return whole;
    }

    /** The text, decoded from the client encoding. */
    public String text() {
        return encoding.decode(bytes, 0, bytes.length);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof StatementHead head && whole == head.whole && Arrays.equals(bytes, head.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    @Override
    public String toString() {
        return text();
    }
}
