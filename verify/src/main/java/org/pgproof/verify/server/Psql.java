package org.pgproof.verify.server;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.pgproof.postgres.ClientTool;
import org.pgproof.postgres.ConnectionSettings;
import org.pgproof.postgres.PgProcess;

/** Starts {@code psql} as restores and readings need it, and understands how it failed. */
public final class Psql {
    /**
     * {@code psql:<stdin>:12: ERROR:  42P07: relation "t" already exists}, whatever the server's language. Notices look
     * the same, but {@code psql} stops at the first error: the last such line is the error.
     */
    private static final Pattern SQL_ERROR = Pattern.compile("psql:<stdin>:(\\d+): [^:]+:  ([0-9A-Z]{5}): (.*)");

    private static final Pattern STATEMENT = Pattern.compile("psql:<stdin>:\\d+: STATEMENT:  (.*)");
    private static final int STATEMENT_LENGTH = 300;
    private static final int CONNECTION_LOST = 2;

    private Psql() {}

    /** Starts {@code psql} reading statements from its stdin, to stop at the first error. */
    public static PgProcess start(ClientTool tool, ConnectionSettings database) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                tool.path().toString(),
                "--no-psqlrc",
                "--quiet",
                "--no-password",
                "--tuples-only",
                "--no-align",
                "--echo-errors",
                "--set=ON_ERROR_STOP=1",
                "--set=VERBOSITY=verbose",
                "--set=SHOW_CONTEXT=errors",
                "--file=-")); // without it, errors do not say that they come from the script
        database.connectionString().ifPresent(text -> command.add("--dbname=" + text));
        return PgProcess.start(command, database);
    }

    /** An SQL error that {@code psql} reported. */
    public record SqlError(String state, String message, String statement) {
        @Override
        public String toString() {
            return message + " (SQLSTATE " + state + ")" + (statement.isEmpty() ? "" : " in: " + statement);
        }
    }

    /** Returns the SQL error at which {@code psql} stopped, by the lines of its stderr. */
    public static Optional<SqlError> firstError(List<String> stderr) {
        for (int i = stderr.size() - 1; i >= 0; i--) {
            Matcher error = SQL_ERROR.matcher(stderr.get(i));
            if (error.matches()) {
                String statement = stderr.subList(i, stderr.size()).stream()
                        .map(STATEMENT::matcher)
                        .filter(Matcher::matches)
                        .findFirst()
                        .map(line -> line.group(1))
                        .orElse("");
                return Optional.of(new SqlError(
                        error.group(2),
                        error.group(3),
                        statement.substring(0, Math.min(STATEMENT_LENGTH, statement.length()))));
            }
        }
        return Optional.empty();
    }

    /**
     * Says what the end of {@code psql} means.
     *
     * @return the error that the dump's SQL caused; empty when there was none
     * @throws CouldNotVerifyException when {@code psql} or the server failed
     */
    public static Optional<SqlError> outcome(int exitCode, List<String> stderr) throws CouldNotVerifyException {
        Optional<SqlError> error = firstError(stderr);
        if (error.isPresent() && MissingOnServer.explains(error.get())) {
            throw new CouldNotVerifyException("the server stopped the restore: " + error.get());
        }
        if (exitCode == CONNECTION_LOST || (exitCode != 0 && error.isEmpty())) {
            throw new CouldNotVerifyException(
                    "psql ended with exit code " + exitCode + ": " + String.join(" | ", last(stderr)));
        }
        return exitCode == 0 ? Optional.empty() : error;
    }

    private static List<String> last(List<String> lines) {
        return lines.subList(Math.max(0, lines.size() - 5), lines.size());
    }
}
