package org.pgproof.verify.server;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.pgproof.postgres.ClientTool;
import org.pgproof.postgres.ConnectionSettings;
import org.pgproof.postgres.PgProcess;

/** Starts {@code psql} as restores and readings need it, and understands how it failed. */
public final class Psql {
    /**
     * {@code psql:<stdin>:12: ERROR:  42P07: relation "t" already exists}, whatever the server's language. Notices look
     * the same, but only an error is followed by its statement.
     */
    private static final Pattern MESSAGE = Pattern.compile("psql:<stdin>:\\d+: ([^:]+):  ([0-9A-Z]{5}): (.*)");

    private static final Pattern STATEMENT = Pattern.compile("psql:<stdin>:\\d+: STATEMENT:  (.*)");

    /** Where a message comes from: a function, and its file, of the server or of one of its languages. */
    private static final Pattern LOCATION = Pattern.compile("LOCATION:  ([^,]*), (.*):\\d+");

    private static final Pattern DETAIL = Pattern.compile("DETAIL:  (.*)");

    /** What these lack in their first line: which values of which columns are missing or stand there twice. */
    private static final Set<String> WITH_DETAIL = Set.of("23503", "23505", "23P01");

    /** What raises errors on behalf of functions in PL/pgSQL, PL/Perl, PL/Python, PL/Tcl and their like. */
    private static final Pattern RAISED_BY_USER =
            Pattern.compile("(?:.*/)?(?:pl_exec\\.c|plperl.*|plpy.*|pltcl.*|plv8.*|Util\\.(?:xs|c)|SPI\\.(?:xs|c))");

    private static final int STATEMENT_LENGTH = 300;
    private static final int SQL_ERROR_EXIT = 3;
    /** An exit code above this one is that of a signal. */
    private static final int FIRST_SIGNAL = 128;

    private Psql() {}

    /** Starts {@code psql} reading statements from its stdin, deaf to commands, to stop at the first error. */
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
        PgProcess psql = PgProcess.start(command, database);
        try {
            psql.stdin().write(new Isolation(tool).prologue().getBytes(StandardCharsets.US_ASCII));
        } catch (IOException gone) {
            // it has ended, and its exit code says why
        }
        return psql;
    }

    /**
     * An SQL error that {@code psql} reported.
     *
     * @param routine of the server that raised it; empty where that is not known
     */
    public record SqlError(String state, String message, String statement, String routine) {
        /** An error of which only this is known. */
        public SqlError(String state, String message, String statement) {
            this(state, message, statement, "");
        }

        @Override
        public String toString() {
            return message + " (SQLSTATE " + state + ")" + (statement.isEmpty() ? "" : " in: " + statement);
        }
    }

    /** Returns the SQL error at which {@code psql} stopped, by the lines of its stderr. */
    public static Optional<SqlError> firstError(List<String> stderr) {
        int statement = indexOf(STATEMENT, stderr);
        return errorBefore(statement, stderr)
                .map(error -> new SqlError(
                        error.group(2),
                        error.group(3) + detail(error.group(2), stderr.subList(0, statement)),
                        statement(stderr.get(statement)),
                        location(stderr, statement).map(found -> found.group(1)).orElse("")));
    }

    private static String detail(String state, List<String> lines) {
        return lines.stream()
                .map(DETAIL::matcher)
                .filter(line -> line.matches() && WITH_DETAIL.contains(state))
                .map(line -> ": " + line.group(1))
                .reduce("", (earlier, last) -> last);
    }

    private static Optional<MatchResult> location(List<String> stderr, int statement) {
        return Stream.of(statement > 0 ? stderr.get(statement - 1) : "")
                .map(LOCATION::matcher)
                .filter(Matcher::matches)
                .map(Matcher::toMatchResult)
                .findFirst();
    }

    private static String statement(String line) {
        Matcher statement = STATEMENT.matcher(line);
        String text = statement.matches() ? statement.group(1) : "";
        return text.substring(0, Math.min(STATEMENT_LENGTH, text.length()));
    }

    private static int indexOf(Pattern pattern, List<String> lines) {
        return IntStream.range(0, lines.size())
                .filter(i -> pattern.matcher(lines.get(i)).matches())
                .findFirst()
                .orElse(-1);
    }

    private static Optional<MatchResult> errorBefore(int statement, List<String> stderr) {
        return messages(stderr.subList(0, Math.max(0, statement))).reduce((earlier, last) -> last);
    }

    private static Stream<MatchResult> messages(List<String> stderr) {
        return stderr.stream().map(MESSAGE::matcher).filter(Matcher::matches).map(Matcher::toMatchResult);
    }

    /**
     * Returns whether the error is the server's own word. A function may raise any SQLSTATE, and may write into its messages
     * lines that look like another message: then there are two of one kind, where psql stops at the first.
     */
    private static boolean isServersOwn(List<String> stderr) {
        int statement = indexOf(STATEMENT, stderr);
        String kind =
                errorBefore(statement, stderr).map(error -> error.group(1)).orElse("");
        long errors = messages(stderr)
                .filter(message -> message.group(1).equals(kind))
                .count();
        long statements = stderr.stream()
                .filter(line -> STATEMENT.matcher(line).matches())
                .count();
        boolean raised = location(stderr, statement)
                .map(found -> RAISED_BY_USER.matcher(found.group(2)).matches())
                .orElse(false);
        return errors == 1 && statements == 1 && !raised;
    }

    /**
     * Says what the end of {@code psql} means.
     *
     * @return the error that the dump's SQL caused; empty when there was none
     * @throws CouldNotVerifyException when {@code psql} or the server failed
     */
    public static Optional<SqlError> outcome(int exitCode, List<String> stderr) throws CouldNotVerifyException {
        if (exitCode == 0) {
            return Optional.empty();
        }
        Optional<SqlError> error = exitCode == SQL_ERROR_EXIT ? firstError(stderr) : Optional.empty();
        if (error.isEmpty()) {
            throw new CouldNotVerifyException(
                    "psql ended with exit code " + exitCode + meaning(exitCode) + ": " + last(stderr));
        }
        if (MissingOnServer.explains(error.get()) && isServersOwn(stderr)) {
            String message = "the server stopped the restore: " + error.get();
            throw stopped(error.get().state(), message);
        }
        return error;
    }

    private static CouldNotVerifyException stopped(String state, String message) {
        if (ServerTrouble.isCrowd(state)) {
            return CouldNotVerifyException.crowded(message);
        }
        return state.equals(ServerTrouble.INSUFFICIENT_PRIVILEGE)
                ? CouldNotVerifyException.refused(message)
                : new CouldNotVerifyException(message);
    }

    /** Says that {@code psql} ended with success, although the server has not answered what it was given last. */
    public static CouldNotVerifyException endedEarly() {
        return new CouldNotVerifyException(
                "psql ended with success before it had passed on the whole dump; look at what"
                        + " stands in its place");
    }

    private static String meaning(int exitCode) {
        int signal = exitCode - FIRST_SIGNAL;
        return signal > 0 ? " (signal " + signal + ")" : "";
    }

    private static String last(List<String> lines) {
        return lines.isEmpty()
                ? "it printed no error"
                : String.join(" | ", lines.subList(Math.max(0, lines.size() - 5), lines.size()));
    }
}
