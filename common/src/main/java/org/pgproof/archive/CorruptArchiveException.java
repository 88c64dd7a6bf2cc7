package org.pgproof.archive;

import java.io.IOException;

/** A dump object is no intact gzip file; the message says where it breaks. */
public final class CorruptArchiveException extends IOException {
    private static final long serialVersionUID = 1L;

    public CorruptArchiveException(String message) {
        super(message);
    }
}
