package org.pgproof.dump;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.pgproof.dump.sql.RelationName;
import org.pgproof.dump.sql.SqlParser;

/** Understands the statements that a dump's content depends on; all others are part of some object's definition. */
final class StatementReader {
    private static final Pattern OTHER_FORMATS = Pattern.compile("(?is).*\\b(csv|binary)\\b.*");
    private static final int FUNCTION_NAME_LIMIT = 64;

    private final LargeObjectReader largeObjects;
    private final SettingReader settings;
    private final Session session;

    StatementReader(Session session, LargeObjectReader largeObjects) {
        this.session = session;
        this.settings = new SettingReader(session);
        this.largeObjects = largeObjects;
    }

    Meaning read(StatementText text) {
        SqlParser parser = session.parser(text.kept(), text.keptLength());
        if (parser.words("INSERT", "INTO")) {
            return insert(parser);
        }
        if (parser.words("COPY")) {
            return copy(parser, text.whole());
        }
        if (parser.words("SELECT")) {
            return select(parser, text);
        }
        if (parser.words("SET")) {
            return settings.set(parser);
        }
        if (parser.words("RESET")) {
            return settings.reset(parser);
        }
        if (parser.words("REFRESH", "MATERIALIZED", "VIEW")) {
            return parser.relation()
                    .map(view -> Meaning.of(Statement.Kind.REFRESH, listener -> listener.refresh(view)))
                    .orElseGet(() -> Meaning.of(Statement.Kind.DEFINITION));
        }
        if (parser.words("BEGIN") || parser.words("COMMIT")) {
            return Meaning.of(Statement.Kind.TRANSACTION);
        }
        return Meaning.of(Statement.Kind.DEFINITION);
    }

    private static Meaning insert(SqlParser parser) {
        Optional<RelationName> table = parser.relation();
        return table.map(name -> Meaning.of(Statement.Kind.INSERT, listener -> listener.insert(name)))
                .orElseGet(() -> Meaning.unsupported(Statement.Kind.INSERT, "an INSERT into no table"));
    }

    private static Meaning copy(SqlParser parser, boolean whole) {
        Optional<RelationName> table = parser.relation();
        List<String> columns = parser.identifiers().orElse(List.of());
        if (table.isPresent() && (parser.words("FROM", "stdin") || parser.words("FROM", "stdout"))) {
            return rows(new CopyTarget(table.get(), columns, parser.rest()), whole);
        }
        return Meaning.unsupported(Statement.Kind.COPY, "a COPY statement that pg_dump does not write");
    }

    private static Meaning rows(CopyTarget target, boolean whole) {
        if (!whole) {
            return Meaning.unsupported(Statement.Kind.COPY, "a COPY statement of more than a mebibyte");
        }
        if (OTHER_FORMATS.matcher(target.options()).matches()) {
            return Meaning.unsupported(Statement.Kind.COPY, "COPY data in another format than text");
        }
        return Meaning.rowsFollow(target);
    }

    private Meaning select(SqlParser parser, StatementText text) {
        String function = parser.relation()
                .filter(name -> name.schema().isEmpty() || name.schema().equals("pg_catalog"))
                .map(RelationName::name)
                .filter(name -> name.length() < FUNCTION_NAME_LIMIT)
                .orElse("");
        return switch (function) {
            case "setval" -> sequenceValue(parser);
            case "set_config" -> settings.setConfig(parser);
            case "lo_create", "lo_open", "lowrite", "lo_close" -> {
                boolean understood = largeObjects.call(function, parser, text.kept(), text.keptLength());
                yield understood
                        ? Meaning.of(Statement.Kind.LARGE_OBJECT)
                        : Meaning.unsupported(
                                Statement.Kind.LARGE_OBJECT, "a call of " + function + " that is not understood");
            }
            default -> Meaning.of(Statement.Kind.DEFINITION);
        };
    }

    private Meaning sequenceValue(SqlParser parser) {
        Optional<RelationName> sequence = parser.symbol('(')
                ? parser.string()
                        .flatMap(name -> session.parser(name, name.length).relation())
                : Optional.empty();
        Optional<Long> value = parser.symbol(',') ? parser.number() : Optional.empty();
        boolean called = !(parser.symbol(',') && parser.words("false"));
        if (sequence.isEmpty() || value.isEmpty()) {
            return Meaning.unsupported(Statement.Kind.SEQUENCE_VALUE, "a call of setval that is not understood");
        }
        SequenceValue set =
                new SequenceValue(sequence.get().schema(), sequence.get().name(), value.get(), called);
        return Meaning.of(Statement.Kind.SEQUENCE_VALUE, listener -> listener.sequenceValue(set));
    }
}
