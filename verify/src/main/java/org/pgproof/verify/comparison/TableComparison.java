package org.pgproof.verify.comparison;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.pgproof.dump.RelationName;
import org.pgproof.dump.Rows;
import org.pgproof.manifest.Check;
import org.pgproof.manifest.Check.Name;
import org.pgproof.manifest.Manifest;
import org.pgproof.manifest.ManifestComparison;
import org.pgproof.manifest.TableContent;
import org.pgproof.service.Quantity;
import org.pgproof.verify.server.CouldNotVerifyException;

/** Decides the two checks on rows: whether each table has as many as were dumped, and whether they are the same. */
final class TableComparison {
    private final Manifest manifest;
    private final FoundTables tables;
    private final Set<RelationName> money = new HashSet<>();
    private final List<String> rowDifferences = new ArrayList<>();
    private final List<String> contentDifferences = new ArrayList<>();
    private final List<String> skipped = new ArrayList<>();
    private final List<String> contentSkipped = new ArrayList<>();
    private int compared;
    private long rowsCompared;

    TableComparison(Manifest manifest, FoundTables tables) {
        this.manifest = manifest;
        this.tables = tables;
    }

    private static RelationName name(TableContent table) {
        return new RelationName(table.schema(), table.name());
    }

    /** Leaves the content of these tables uncompared: this server writes money differently. */
    void skipMoney(Set<RelationName> withMoney) {
        money.addAll(withMoney);
    }

    /** Returns what to read from the restored database. */
    List<TableReadings.Request> requests(RestoredColumns columns) throws SQLException {
        return requests(
                columns.withoutSomeColumn(manifest.tables()), isLoadedThroughRoot() ? columns.partitions() : Map.of());
    }

    /**
     * Returns what to read; tables that are missing or cannot be compared are noted instead.
     *
     * @param withoutColumn tables that lack a column whose values were dumped, each with the column
     * @param partitions of partitioned tables
     */
    List<TableReadings.Request> requests(
            Map<RelationName, String> withoutColumn, Map<RelationName, List<TableReadings.Part>> partitions) {
        List<TableReadings.Request> requests = new ArrayList<>(manifest.tables().size());
        for (int place = 0; place < manifest.tables().size(); place++) {
            TableContent table = manifest.tables().get(place);
            FoundTables.Table found = tables.at(place);
            String column = withoutColumn.get(name(table));
            if (found == null) {
                rowDifferences.add(table.display() + ": the table is missing");
                contentDifferences.add(table.display() + ": the table is missing");
            } else if (column != null) {
                contentDifferences.add(table.display() + ": the column " + column + " is missing");
            } else if (found.ofExtension()) {
                skipped.add(table.display() + ": it belongs to an extension, which may have made rows itself");
            } else {
                requests.add(new TableReadings.Request(
                        place, found.isPartitioned() ? partitions.getOrDefault(name(table), List.of()) : null));
            }
        }
        return requests;
    }

    /**
     * Compares the tables that were asked for.
     *
     * @throws CouldNotVerifyException when one of them was not read
     */
    void compare(List<TableReadings.Request> requests, TableRows found) throws CouldNotVerifyException {
        for (TableReadings.Request request : requests) {
            TableContent table = manifest.tables().get(request.place());
            Rows rows = found.get(request.place());
            if (rows == null) {
                throw new CouldNotVerifyException("the rows of " + table.display() + " were not read");
            }
            compared++;
            rowsCompared += rows.count();
            if (rows.count() != table.rows()) {
                rowDifferences.add(table.display() + ": expected " + Quantity.count(table.rows(), "row") + ", found "
                        + Quantity.count(rows.count()));
            }
            if (money.contains(name(table))) {
                contentSkipped.add(table.display() + ": this server lacks the locale in which its money was written");
            } else if (!rows.fingerprint().toString().equals(table.fingerprint()) || rows.bytes() != table.bytes()) {
                contentDifferences.add(table.display() + ": expected " + table.fingerprint() + " (" + table.bytes()
                        + " bytes), found " + rows.fingerprint() + " (" + rows.bytes() + " bytes)");
            }
        }
    }

    /** Returns the restored tables for which the dump holds no rows. */
    List<RelationName> tablesWithoutRows() {
        Set<String> inserted = Set.copyOf(manifest.insertedTables());
        return tables.others().entrySet().stream()
                .filter(entry ->
                        !entry.getValue().isPartitioned() && !entry.getValue().ofExtension())
                .map(Map.Entry::getKey)
                .filter(name -> !inserted.contains(name.toString()) && !isLoadedThroughRoot())
                .toList();
    }

    /** With {@code --load-via-partition-root} rows are dumped under the root's name and live in its partitions. */
    private boolean isLoadedThroughRoot() {
        return DumpChoices.of(manifest).loadsThroughPartitionRoot();
    }

    void unexpected(List<RelationName> filled) {
        filled.forEach(name -> {
            rowDifferences.add(name + ": expected no rows, found some");
            contentDifferences.add(name + ": expected no rows, found some");
        });
    }

    List<Check> checks() {
        String figures = Quantity.count(compared, "table") + ", " + Quantity.count(rowsCompared, "row") + " compared";
        return List.of(
                check(Name.ROWS, rowDifferences, figures, List.of()),
                check(Name.CONTENT, contentDifferences, figures, contentSkipped));
    }

    private Check check(Name name, List<String> differences, String figures, List<String> further) {
        List<String> parts = new ArrayList<>(skipped);
        parts.addAll(further);
        if (!differences.isEmpty()) {
            return Check.failed(name, ManifestComparison.shortened(differences)).without(parts);
        }
        if (!manifest.insertedTables().isEmpty()) {
            return Check.skipped(
                            name,
                            "rows dumped as INSERT statements cannot be compared: "
                                    + ManifestComparison.shortened(manifest.insertedTables()))
                    .without(parts);
        }
        return Check.passed(name, figures).without(parts);
    }
}
