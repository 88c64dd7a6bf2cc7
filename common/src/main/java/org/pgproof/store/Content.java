package org.pgproof.store;

import java.io.IOException;
import java.io.OutputStream;

/** What can be written again and again, each time the same: large objects are stored without being held in memory. */
@FunctionalInterface
public interface Content {
    /** Writes all of it; does not close the stream. */
    void writeTo(OutputStream out) throws IOException;
}
