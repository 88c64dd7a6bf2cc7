package org.pgproof.dump;

import com.dynatrace.hash4j.hashing.HashStream128;
import java.util.Arrays;
import org.pgproof.dump.sql.ClientEncoding;

/** The text of the statement being read: its first bytes, and the digest of all of them. */
final class StatementText {
    /** Takes the bytes of a statement too long to be kept, from its first on. */
    interface Overflow {
        /** The first bytes: all that is kept. */
        void begins(byte[] head, int length);

        /** The next bytes. */
        void goesOn(byte[] bytes, int offset, int length);
    }

    private static final int FIRST_CAPACITY = 1 << 13;

    private final Overflow overflow;
    private final HashStream128 hash = Hash128.XXH3.hashStream();
    private byte[] head = new byte[FIRST_CAPACITY];
    private int kept;
    private boolean whole = true;

    StatementText(Overflow overflow) {
        this.overflow = overflow;
    }

    void begin() {
        kept = 0;
        whole = true;
    }

    void append(byte next) {
        append(new byte[] {next}, 0, 1);
    }

    void append(byte[] bytes, int offset, int length) {
        int fits = whole ? Math.min(length, Statement.HEAD_LIMIT - kept) : 0;
        keep(bytes, offset, fits);
        if (fits < length) {
            if (whole) {
                whole = false;
                hash.reset().putBytes(head, 0, kept);
                overflow.begins(head, kept);
            }
            hash.putBytes(bytes, offset + fits, length - fits);
            overflow.goesOn(bytes, offset + fits, length - fits);
        }
    }

    private void keep(byte[] bytes, int offset, int length) {
        if (kept + length > head.length) {
            head = Arrays.copyOf(head, Math.min(Statement.HEAD_LIMIT, Math.max(2 * head.length, kept + length)));
        }
        System.arraycopy(bytes, offset, head, kept, length);
        kept += length;
    }

    Digest digest() {
        return whole ? Digest.of(head, 0, kept) : Hash128.digest(hash.get());
    }

    /** The bytes kept; valid until the next statement begins. */
    byte[] kept() {
        return head;
    }

    int keptLength() {
        return kept;
    }

    boolean whole() {
        return whole;
    }

    StatementHead head(ClientEncoding encoding) {
        return new StatementHead(Arrays.copyOf(head, kept), encoding, whole);
    }
}
