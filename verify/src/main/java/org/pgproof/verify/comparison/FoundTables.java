package org.pgproof.verify.comparison;

import java.sql.SQLException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.ObjLongConsumer;
import org.jspecify.annotations.Nullable;
import org.pgproof.dump.sql.RelationName;
import org.pgproof.manifest.contents.TableContent;
import org.pgproof.manifest.contents.TableIndex;

/** What the restored catalog says of the tables, by each table's place in the manifest: a hundred thousand are many. */
final class FoundTables {
    private final TableIndex index;
    private final @Nullable Table[] found;
    private final Map<RelationName, Table> others = new HashMap<>();

    private FoundTables(List<TableContent> dumped) {
        index = new TableIndex(dumped);
        found = new @Nullable Table[dumped.size()];
    }

    /** A table, by what it can be asked. */
    record Table(char kind, boolean ofExtension, boolean forcedRowSecurity) {
        boolean isPartitioned() {
            return kind == 'p';
        }
    }

    /** Looks for these tables and notes all others. */
    static FoundTables read(Tables restored, List<TableContent> dumped) throws SQLException {
        FoundTables tables = new FoundTables(dumped);
        Map<Table, Table> alike = new HashMap<>();
        restored.read((name, table) -> tables.add(name, alike.computeIfAbsent(table, same -> same)));
        return tables;
    }

    private void add(RelationName name, Table table) {
        int place = index.find(name.schema(), name.name());
        if (place < 0) {
            others.put(name, table);
        } else {
            found[place] = table;
        }
    }

    /** Returns the table at that place of the manifest; null when it is missing. */
    @Nullable
    Table at(int place) {
        return found[place];
    }

    /** Returns whether the dump holds rows under this name. */
    boolean isDumped(RelationName name) {
        return index.find(name.schema(), name.name()) >= 0;
    }

    /** Returns the tables that are not in the manifest. */
    Map<RelationName, Table> others() {
        return others;
    }

    /** Returns a number for each place of the manifest; -1 where none was read. */
    long[] numbers(Numbers numbers) throws SQLException {
        long[] byPlace = new long[found.length];
        Arrays.fill(byPlace, -1);
        numbers.read((name, number) -> {
            int place = index.find(name.schema(), name.name());
            if (place >= 0) {
                byPlace[place] = number;
            }
        });
        return byPlace;
    }

    /** Reads the tables that there are. */
    @FunctionalInterface
    interface Tables {
        void read(BiConsumer<RelationName, Table> each) throws SQLException;
    }

    /** Reads a number of each of many tables. */
    @FunctionalInterface
    interface Numbers {
        void read(ObjLongConsumer<RelationName> each) throws SQLException;
    }
}
