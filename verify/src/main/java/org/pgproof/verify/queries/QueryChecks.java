package org.pgproof.verify.queries;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.pgproof.dump.sql.SqlStatements;
import org.pgproof.manifest.ManifestComparison;
import org.pgproof.receipt.Check;
import org.pgproof.receipt.Check.Name;
import org.pgproof.verify.server.CouldNotVerifyException;
import org.pgproof.verify.server.Interruptibly;
import org.pgproof.verify.server.ServerTrouble;
import org.pgproof.verify.server.TemporaryDatabase;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs the user's own statements on the restored database, each in a transaction of its own. */
public final class QueryChecks {
    private static final Logger log = LoggerFactory.getLogger(QueryChecks.class);

    /** {@code RAISE EXCEPTION} without a code, and {@code ASSERT}. */
    private static final Set<String> ASSERTIONS = Set.of("P0001", "P0004");

    private static final String CANCELED = "57014";

    private static final int ROWS_LOGGED = 5;
    private static final int TEXT_LOGGED = 120;

    private final QueriesFile file;
    private final boolean strict;
    private final List<String> failures = new ArrayList<>();
    private final List<String> errors = new ArrayList<>();
    private final List<SQLException> refusals = new ArrayList<>();
    private int held;

    /** @param strict whether a statement that errors fails the check */
    public QueryChecks(QueriesFile file, boolean strict) {
        this.file = file;
        this.strict = strict;
    }

    /**
     * Runs each query and says what it answered.
     *
     * @throws CouldNotVerifyException when the server fails, not the query, or refuses one that must hold */
    public Check run(TemporaryDatabase database) throws CouldNotVerifyException, InterruptedException {
        if (file.path().isEmpty()) {
            return Check.skipped(Name.QUERIES, "there is no file of custom queries");
        }
        SqlStatements statements = file.statements();
        for (SqlStatements.Line command : statements.backslashCommands()) {
            log.warn("{} line {}: backslash commands are not run: {}", file.name(), command.number(), command.text());
        }
        try (Connection connection = database.openForQueries()) {
            for (SqlStatements.Line statement : statements.statements()) {
                Interruptibly.run(connection, () -> run(connection, statement));
            }
        } catch (SQLException e) {
            throw CouldNotVerifyException.of("the custom queries could not be run", e);
        }
        return conclude(statements.statements().size());
    }

    private Check conclude(int total) throws CouldNotVerifyException {
        if (!failures.isEmpty()) {
            return Check.failed(Name.QUERIES, ManifestComparison.shortened(failures));
        }
        if (strict && !errors.isEmpty()) {
            return Check.failed(Name.QUERIES, ManifestComparison.shortened(errors));
        }
        if (strict && !refusals.isEmpty()) {
            throw CouldNotVerifyException.of(
                    "custom queries need rights that the role which runs them lacks", refusals.get(0));
        }
        String figures = held + " of " + total + " ran"
                + (errors.isEmpty() ? "" : ", " + errors.size() + " had errors")
                + (refusals.isEmpty() ? "" : ", " + refusals.size() + " lacked a right");
        return Check.passed(Name.QUERIES, figures);
    }

    private void run(Connection connection, SqlStatements.Line line) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.setEscapeProcessing(false);
            boolean rows = statement.execute(line.text());
            String result = rows ? read(statement.getResultSet(), line) : statement.getUpdateCount() + " rows";
            log.info("Query on line {}: {}", line.number(), result);
            held++;
        } catch (SQLException e) {
            if (ASSERTIONS.contains(e.getSQLState())) {
                failed(line, String.valueOf(e.getMessage()));
            } else if (connection.isClosed() || isServers(e)) {
                throw e;
            } else if (ServerTrouble.isRefusal(e)) {
                refusals.add(new SQLException(where(line) + e.getMessage(), e.getSQLState(), e));
                log.warn(
                        "{}could not be checked, as the role that runs it lacks a right: {}",
                        where(line),
                        e.getMessage());
            } else {
                errors.add(where(line) + e.getMessage());
                log.warn("{}{}", where(line), e.getMessage());
            }
        }
    }

    /** A limit of time that the file sets, and whoever cancels a query, stop that query and nothing else. */
    private static boolean isServers(SQLException e) {
        return ServerTrouble.is(e) && !ServerTrouble.isLackOfRights(e) && !CANCELED.equals(e.getSQLState());
    }

    private void failed(SqlStatements.Line line, String why) {
        failures.add(where(line) + why);
        log.error("{}{}", where(line), why);
    }

    private String where(SqlStatements.Line line) {
        return file.name() + " line " + line.number() + ": ";
    }

    /** Returns the result in one line, and notes an assertion that does not hold. */
    private String read(ResultSet rows, SqlStatements.Line line) throws SQLException {
        int columns = rows.getMetaData().getColumnCount();
        boolean single = columns == 1 && rows.getMetaData().getColumnType(1) == Types.BIT;
        List<String> shown = new ArrayList<>();
        int count = 0;
        boolean holds = true;
        while (rows.next()) {
            count++;
            holds = !single || (rows.getBoolean(1) && !rows.wasNull());
            if (count <= ROWS_LOGGED) {
                shown.add(row(rows, columns));
            }
        }
        if (single && count == 1 && !holds) {
            failed(line, "does not hold: " + shortened(line.text()));
        }
        return count == 0
                ? "no rows"
                : String.join("; ", shown) + (count > ROWS_LOGGED ? "; … " + count + " rows" : "");
    }

    private static String row(ResultSet rows, int columns) throws SQLException {
        List<String> values = new ArrayList<>();
        for (int i = 1; i <= columns; i++) {
            String value = rows.getString(i);
            values.add(value == null ? "NULL" : shortened(value));
        }
        return String.join(", ", values);
    }

    private static String shortened(String text) {
        String line = text.strip().replaceAll("\\s+", " ");
        return line.length() <= TEXT_LOGGED ? line : line.substring(0, TEXT_LOGGED) + "…";
    }
}
