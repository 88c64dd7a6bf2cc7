package org.pgproof.backup.source;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** The schema changed between the snapshot and the locks that {@code pg_dump} takes: the next try may find it at rest. */
public final class SchemaChangedException extends IOException {
    private static final long serialVersionUID = 1L;

    SchemaChangedException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
