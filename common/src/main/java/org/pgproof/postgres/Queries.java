package org.pgproof.postgres;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** Short queries, without the ceremony. */
public final class Queries {
    private static final int FETCHED = 1000;

    private Queries() {}

    /** Makes a value of one row; must not move the cursor. */
    @FunctionalInterface
    public interface Row<T> {
        /** Reads the current row. */
        T read(ResultSet row) throws SQLException;
    }

    /** Runs a query with its parameters and returns a value for each row. */
    public static <T> List<T> list(Connection connection, String sql, Row<T> row, Object... parameters)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < parameters.length; i++) {
                statement.setObject(i + 1, parameters[i]);
            }
            try (ResultSet rows = statement.executeQuery()) {
                List<T> values = new ArrayList<>();
                while (rows.next()) {
                    values.add(row.read(rows));
                }
                return values;
            }
        }
    }

    /** Takes one row; must not move the cursor. */
    @FunctionalInterface
    public interface Visitor {
        /** Reads the current row. */
        void visit(ResultSet row) throws SQLException;
    }

    /** Runs a query of any number of rows in a transaction of its own, and holds but a few of them at once. */
    public static void each(Connection connection, String sql, Visitor visitor) throws SQLException {
        connection.setAutoCommit(false); // or the driver fetches all
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setFetchSize(FETCHED);
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    visitor.visit(rows);
                }
            }
        }
        connection.setAutoCommit(true);
    }

    /** Runs a query for a column of texts. */
    public static List<String> texts(Connection connection, String sql, Object... parameters) throws SQLException {
        return list(connection, sql, row -> row.getString(1), parameters);
    }

    /** Runs a query for one text; a NULL or no row is an SQLException. */
    public static String text(Connection connection, String sql, Object... parameters) throws SQLException {
        List<String> texts = texts(connection, sql, parameters);
        if (texts.isEmpty() || texts.get(0) == null) {
            throw new SQLException("no value came back from: " + sql);
        }
        return texts.get(0);
    }

    /** Runs a query for one number. */
    public static long number(Connection connection, String sql, Object... parameters) throws SQLException {
        return Long.parseLong(text(connection, sql, parameters));
    }

    /** Runs a query for one truth value. */
    public static boolean truth(Connection connection, String sql, Object... parameters) throws SQLException {
        return list(connection, sql, row -> row.getBoolean(1), parameters).stream()
                .findFirst()
                .orElse(false);
    }

    /** Runs a query for a text that may not be readable or not exist; the transaction, if there is one, goes on. */
    public static Optional<String> readable(Connection connection, String sql) throws SQLException {
        if (connection.getAutoCommit()) {
            return quietly(connection, sql);
        }
        Savepoint before = connection.setSavepoint();
        Optional<String> text = quietly(connection, sql);
        connection.rollback(before);
        connection.releaseSavepoint(before); // inside a subtransaction no snapshot can be exported
        return text;
    }

    private static Optional<String> quietly(Connection connection, String sql) {
        try {
            return texts(connection, sql).stream().filter(Objects::nonNull).findFirst();
        } catch (SQLException e) {
            return Optional.empty();
        }
    }

    /** Runs a statement that returns nothing. */
    public static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** Returns an identifier, quoted for SQL. */
    public static String identifier(String name) {
        return '"' + name.replace("\"", "\"\"") + '"';
    }

    /** Returns a text as an SQL literal, whatever {@code standard_conforming_strings} says. */
    public static String literal(String text) {
        return (text.contains("\\") ? " E'" : "'") + text.replace("\\", "\\\\").replace("'", "''") + "'";
    }
}
