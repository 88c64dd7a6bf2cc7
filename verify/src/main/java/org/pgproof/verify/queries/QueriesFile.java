package org.pgproof.verify.queries;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.pgproof.dump.sql.SqlStatements;
import org.pgproof.verify.server.CouldNotVerifyException;

/**
 * The file of custom queries.
 *
 * @param path empty when there is none
 */
public record QueriesFile(Optional<Path> path) {
    private static final List<Path> DEFAULTS = List.of(Path.of("/app/test-queries.sql"), Path.of("test-queries.sql"));

    /** Returns the named file, or the first default one that is there. */
    public static QueriesFile find(Optional<Path> named) {
        return new QueriesFile(
                named.or(() -> DEFAULTS.stream().filter(Files::isRegularFile).findFirst()));
    }

    String name() {
        return path.map(file -> String.valueOf(file.getFileName())).orElse("no file");
    }

    SqlStatements statements() throws CouldNotVerifyException {
        try {
            return SqlStatements.split(Files.readString(path.orElseThrow(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new CouldNotVerifyException(
                    "the custom queries in " + path.orElseThrow() + " cannot be read: " + e.getMessage()
                            + "; correct VERIFY_QUERIES_FILE",
                    e);
        }
    }
}
