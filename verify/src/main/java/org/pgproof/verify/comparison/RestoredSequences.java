package org.pgproof.verify.comparison;

import java.sql.Array;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.pgproof.dump.SequenceValue;
import org.pgproof.dump.sql.RelationName;
import org.pgproof.postgres.Queries;

/** What the restored database's sequences say, which no dump of definitions does. */
final class RestoredSequences {
    private final Connection connection;

    RestoredSequences(Connection connection) {
        this.connection = connection;
    }

    /** Names each of these sequences whose value is another, with that value; null for one that does not exist. */
    void differing(List<SequenceValue> expected, BiConsumer<SequenceValue, @Nullable SequenceValue> each)
            throws SQLException {
        for (List<SequenceValue> some : Batches.of(expected)) {
            Map<RelationName, SequenceValue> values = values(present(some));
            for (SequenceValue one : some) {
                SequenceValue found = values.get(name(one));
                if (!one.equals(found)) {
                    each.accept(one, found);
                }
            }
        }
    }

    private static RelationName name(SequenceValue sequence) {
        return new RelationName(sequence.schema(), sequence.name());
    }

    private List<RelationName> present(List<SequenceValue> sequences) throws SQLException {
        return Queries.list(
                connection,
                "SELECT n.nspname, c.relname" + RestoredCatalog.USER_RELATIONS
                        + " AND c.relkind = 'S' AND c.relname = ANY (?::text[]) AND (n.nspname, c.relname) IN"
                        + " (SELECT * FROM unnest(?::text[], ?::text[]))",
                row -> new RelationName(row.getString(1), row.getString(2)),
                array(sequences, SequenceValue::name),
                array(sequences, SequenceValue::schema),
                array(sequences, SequenceValue::name));
    }

    private Array array(List<SequenceValue> sequences, Function<SequenceValue, String> part) throws SQLException {
        return connection.createArrayOf("text", sequences.stream().map(part).toArray());
    }

    private Map<RelationName, SequenceValue> values(List<RelationName> sequences) throws SQLException {
        Map<RelationName, SequenceValue> values = new HashMap<>();
        if (sequences.isEmpty()) {
            return values;
        }
        StringBuilder sql = new StringBuilder();
        for (int i = 0; i < sequences.size(); i++) {
            sql.append(i == 0 ? "" : " UNION ALL ")
                    .append("SELECT ")
                    .append(i)
                    .append(", last_value, is_called FROM ")
                    .append(sequences.get(i).quoted());
        }
        Queries.list(
                        connection,
                        sql.toString(),
                        row -> new SequenceValue(
                                sequences.get(row.getInt(1)).schema(),
                                sequences.get(row.getInt(1)).name(),
                                row.getLong(2),
                                row.getBoolean(3)))
                .forEach(value -> values.put(name(value), value));
        return values;
    }
}
