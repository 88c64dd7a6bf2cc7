package org.pgproof.definition;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Set;

/**
 * Finds the names that a definition gives to columns of its queries, and tells whether they can be seen. They can where
 * the query is that of a view, lies in FROM or in WITH, or is in the body of a function that returns records of no
 * declared form; there only a name that repeats the type of a literal is not counted. They cannot in any other query
 * within a query, in an {@code INSERT … SELECT}, in the body of any other function, and behind a UNION, INTERSECT or
 * EXCEPT, whose first part names the columns. What is not understood counts as seen.
 */
final class QueryNames {
    private static final Set<String> SET_OPERATIONS = Set.of("UNION", "INTERSECT", "EXCEPT");

    /** What ends a list of columns. */
    private static final Set<String> CLAUSES = Set.of(
            "FROM", "WHERE", "GROUP", "HAVING", "WINDOW", "ORDER", "LIMIT", "OFFSET", "FETCH", "FOR", "INTO", "ON");

    /** What stands before a query within an expression. */
    private static final Set<String> BEFORE_UNSEEN = Set.of("EXISTS", "ANY", "SOME", "ALL", "IN", "ARRAY");

    /** What stands before the query of a WITH, and before the actions of a rule. */
    private static final Set<String> BEFORE_SEEN = Set.of("AS", "MATERIALIZED", "DO", "INSTEAD", "ALSO");

    private static final Set<String> CHANGES = Set.of("INSERT", "UPDATE", "DELETE", "MERGE");
    private static final Set<String> OUT = Set.of("OUT", "INOUT");

    private final Deque<Query> open = new ArrayDeque<>();
    private final List<Alias> unseen = new ArrayList<>();
    private DefinitionToken beforeLast;
    private DefinitionToken last;
    private DefinitionToken literal;
    private boolean body;
    private boolean out;
    private boolean record;

    private QueryNames(DefinitionToken beginning) {
        beforeLast = beginning;
        last = beginning;
        literal = beginning;
        open.push(new Query(Sight.SEEN));
    }

    /**
     * A name with the AS and the blanks before it.
     *
     * @param start where the column's expression ends
     * @param end where the name ends
     */
    record Alias(int start, int end) {}

    private enum Sight {
        SEEN,
        UNSEEN,
        /** As the query it is a part of: one side of a UNION. */
        INHERITED,
        /** Told by what follows its parenthesis. */
        UNDECIDED
    }

    /** What stands between two parentheses, or in none: a query, statements, or something else. */
    private static final class Query {
        private final Sight sight;
        private final List<Alias> names = new ArrayList<>();
        private boolean columns;
        private boolean changes;
        private boolean unseen;

        Query(Sight sight) {
            this.sight = sight;
        }

        void beginsStatement() {
            columns = false;
            changes = false;
            unseen = false;
        }
    }

    /** Returns those that cannot be seen, in their order. */
    static List<Alias> unseen(String text) {
        DefinitionToken none = new DefinitionToken(text, 0, 0);
        QueryNames names = new QueryNames(none);
        for (DefinitionToken token = none.next(); !token.isEnd(); token = token.next()) {
            names.read(token);
            names.beforeLast = names.last;
            names.last = token;
        }
        names.end();
        names.unseen.sort(Comparator.comparingInt(Alias::start));
        return names.unseen;
    }

    private void read(DefinitionToken token) {
        if (token.is('(')) {
            open.push(new Query(sight()));
        } else if (token.is(')')) {
            if (open.size() > 1) {
                close(open.pop(), token.next());
            }
        } else if (token.is(';')) {
            query().beginsStatement();
        } else if (token.isString() || token.is("NULL")) {
            literal = token;
        } else if (token.isKeyword()) {
            keyword(token);
        } else if (token.isName()) {
            name(token);
        }
    }

    private Sight sight() {
        boolean operand = last.isOneOf(SET_OPERATIONS) || (last.is("ALL") && beforeLast.isOneOf(SET_OPERATIONS));
        if (operand) {
            return Sight.INHERITED;
        }
        if (last.isOneOf(BEFORE_UNSEEN)) {
            return Sight.UNSEEN;
        }
        return last.isOneOf(BEFORE_SEEN) ? Sight.SEEN : Sight.UNDECIDED;
    }

    private void close(Query query, DefinitionToken next) {
        Sight sight = query.sight == Sight.UNDECIDED ? sightBefore(next) : query.sight;
        if (sight == Sight.UNSEEN || (sight == Sight.INHERITED && query().unseen)) {
            unseen.addAll(query.names);
        } else if (sight == Sight.INHERITED) {
            query().names.addAll(query.names);
        }
    }

    /** A query in FROM always has a name, which follows; the first side of a UNION is followed by that word. */
    private static Sight sightBefore(DefinitionToken next) {
        if (next.isOneOf(SET_OPERATIONS)) {
            return Sight.INHERITED;
        }
        return next.isName() ? Sight.SEEN : Sight.UNSEEN;
    }

    private void keyword(DefinitionToken token) {
        Query query = query();
        if (token.isOneOf(SET_OPERATIONS)) {
            query.columns = false;
            query.unseen = true;
        } else if (token.is("SELECT")) {
            query.columns = !last.is("ON");
        } else if (token.isOneOf(CHANGES)) {
            query.changes = true;
        } else if (token.is("INTO") && last.is("INSERT")) {
            query.unseen = true;
        } else if (token.is("RETURNING") && query.changes) {
            query.columns = true;
            query.unseen = false;
        } else if (token.isOneOf(CLAUSES)) {
            query.columns = query.columns && token.is("ON") && last.is("DISTINCT");
        } else if (token.is("ATOMIC") && last.is("BEGIN")) {
            body = true;
        } else {
            out |= token.isOneOf(OUT);
        }
    }

    private void name(DefinitionToken token) {
        boolean returned = last.is("RETURNS") || (last.is("SETOF") && beforeLast.is("RETURNS"));
        record |= returned && !body && token.name().equals("record");
        if (!query().columns || !last.is("AS")) {
            return;
        }
        DefinitionToken next = token.next();
        if (next.isEnd() || next.is(',') || next.is(')') || next.is(';') || next.isKeyword()) {
            boolean said = body && open.size() == 1 && LiteralName.isAll(token.text(), literal.end(), token.end());
            (said || query().unseen ? unseen : query().names).add(new Alias(beforeLast.end(), token.end()));
        }
    }

    private void end() {
        while (open.size() > 1) {
            open.pop();
        }
        if (body && (out || !record)) {
            unseen.addAll(query().names);
        }
    }

    private Query query() {
        return open.element();
    }
}
