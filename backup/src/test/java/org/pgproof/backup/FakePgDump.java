package org.pgproof.backup;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/** A {@code pg_dump} of our own in a folder for {@code POSTGRES_BIN_DIRS}, newer than the real one of its major version. */
final class FakePgDump {
    private FakePgDump() {}

    /**
     * Writes the script.
     *
     * @param body shell commands; {@code "$REAL"} is the real one
     * @return the folder
     */
    static String in(Path folder, String body) throws IOException {
        return in(folder, Place.client().major(), body);
    }

    /** As above, pretending to be of this major version. */
    static String in(Path folder, int major, String body) throws IOException {
        Path script = Files.createFile(
                folder.resolve("pg_dump"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-xr-x")));
        Files.writeString(script, """
                #!/bin/sh
                if [ "$1" = --version ]; then echo 'pg_dump (PostgreSQL) %d.99'; exit 0; fi
                REAL='%s'
                %s
                """.formatted(major, Place.client().pgDump(), body));
        return folder.toString();
    }
}
