package org.pgproof.dump;

import org.pgproof.dump.sql.ClientEncoding;
import org.pgproof.dump.sql.SqlParser;

/** What the SET statements seen so far have made of the session that will read the dump. */
final class Session {
    private ClientEncoding encoding = ClientEncoding.UTF8;
    private boolean standardStrings = true;

    ClientEncoding encoding() {
        return encoding;
    }

    void encoding(ClientEncoding now) {
        encoding = now;
    }

    boolean standardStrings() {
        return standardStrings;
    }

    void standardStrings(boolean now) {
        standardStrings = now;
    }

    SqlParser parser(byte[] bytes, int length) {
        return new SqlParser(bytes, length, encoding, standardStrings);
    }
}
