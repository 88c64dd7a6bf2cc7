package org.pgproof.dump.sql;

/**
 * Follows the words of a statement outside of quotes as far as they tell whether pg_dump could have written it, however long
 * the statement is: its INSERTs hold nothing but values, and nothing is filled by a query while it is defined.
 */
final class StatementForm {
    private static final String[] OF_VALUES = {
        "null", "true", "false", "default", "b", "x", "e", "on", "conflict", "do", "nothing"
    };

    private int words;
    private boolean insert;
    private boolean values;
    private boolean otherThanValues;
    private boolean create;
    private boolean unlogged;
    private boolean table;
    private boolean asQuery;
    private boolean materialized;
    private int noData;

    void begin() {
        words = 0;
        insert = false;
        values = false;
        otherThanValues = false;
        create = false;
        unlogged = false;
        table = false;
        asQuery = false;
        materialized = false;
        noData = 0;
    }

    /** @param nested whether the word stands within parentheses */
    void word(SqlWord word, boolean nested) {
        words++;
        if (words == 1) {
            insert = word.is("insert");
            create = word.is("create");
        } else if (insert) {
            insertWord(word, nested);
        } else if (create) {
            createWord(word, nested);
        }
    }

    private void insertWord(SqlWord word, boolean nested) {
        if (!values) {
            values = !nested && word.is("values");
            otherThanValues |= word.is("select") || word.is("with") || word.is("table");
            return;
        }
        for (String allowed : OF_VALUES) {
            if (word.is(allowed)) {
                return;
            }
        }
        otherThanValues = true;
    }

    private void createWord(SqlWord word, boolean nested) {
        if (words == 2) {
            unlogged = word.is("unlogged");
            materialized = word.is("materialized");
        }
        table |= (words == 2 || (words == 3 && unlogged)) && word.is("table"); // a function may return one
        asQuery |= table && !nested && word.is("as");
        boolean goesOn = (noData == 1 && word.is("no")) || (noData == 2 && word.is("data"));
        noData = word.is("with") ? 1 : goesOn ? noData + 1 : 0;
    }

    /** Returns why pg_dump cannot have written the statement that ended; empty when it can. */
    String foreign() {
        if (insert && (otherThanValues || !values)) {
            return "an INSERT of more than values";
        }
        if (asQuery) {
            return "a table made by a query";
        }
        return materialized && noData != 3 ? "a materialized view that is filled as it is made" : "";
    }
}
