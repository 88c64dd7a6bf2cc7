package org.pgproof.verify.comparison;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.pgproof.dump.Rows;
import org.pgproof.dump.sql.RelationName;
import org.pgproof.manifest.Manifest;
import org.pgproof.manifest.ManifestComparison;
import org.pgproof.manifest.contents.TableContent;
import org.pgproof.receipt.Check;
import org.pgproof.receipt.Check.Name;
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
    /** Tables whose rows the dump holds under the name of the partitioned table that they belong to. */
    private final Set<RelationName> filledThroughRoot = new HashSet<>();

    private final Set<RelationName> movable = new HashSet<>();
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
        if (!isLoadedThroughRoot()) {
            return requests(columns.withoutSomeColumn(manifest.tables()), Map.of());
        }
        movable.addAll(columns.partitionedByHash());
        return requests(columns.withoutSomeColumn(manifest.tables()), columns.partitions());
    }

    /** Asks the dump, not its options: {@code pg_dump} by itself fills hash partitions by an enum through their root. */
    private boolean isLoadedThroughRoot() {
        return IntStream.range(0, manifest.tables().size())
                        .mapToObj(tables::at)
                        .anyMatch(found -> found != null && found.isPartitioned())
                || tables.others().entrySet().stream()
                        .anyMatch(other -> other.getValue().isPartitioned() && isInserted(other.getKey()));
    }

    private boolean isInserted(RelationName name) {
        return manifest.insertedTables().contains(name.toString());
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
                        place,
                        found.isPartitioned() ? filledThrough(partitions.getOrDefault(name(table), List.of())) : null));
            }
        }
        partitions.forEach((root, parts) -> {
            if (isInserted(root)) {
                filledThrough(parts);
            }
        });
        return requests;
    }

    /** A partition whose rows the dump holds under its own name is compared on its own. */
    private List<TableReadings.Part> filledThrough(List<TableReadings.Part> partitions) {
        List<TableReadings.Part> filled = partitions.stream()
                .filter(part -> !tables.isDumped(part.name()))
                .toList();
        filled.forEach(part -> filledThroughRoot.add(part.name()));
        return filled;
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
            boolean same = rows.fingerprint().toString().equals(table.fingerprint()) && rows.bytes() == table.bytes();
            if (money.contains(name(table))) {
                contentSkipped.add(table.display() + ": this server lacks the locale in which its money was written");
            } else if (!same && mayHaveMoved(request, table, rows)) {
                contentSkipped.add(
                        table.display() + ": rows may lie in other partitions than at the source, where their"
                                + " columns stand in another order");
            } else if (!same) {
                contentDifferences.add(table.display() + ": expected " + table.fingerprint() + " (" + table.bytes()
                        + " bytes), found " + rows.fingerprint() + " (" + rows.bytes() + " bytes)");
            }
        }
    }

    /** The hash of an enum's value is another one in each database, and rows are dumped in their partition's own order. */
    private boolean mayHaveMoved(TableReadings.Request request, TableContent table, Rows rows) {
        List<TableReadings.Part> partitions = request.partitions();
        return partitions != null
                && movable.contains(name(table))
                && rows.count() == table.rows()
                && rows.bytes() == table.bytes()
                && partitions.stream()
                                .map(TableReadings.Part::columns)
                                .distinct()
                                .count()
                        > 1;
    }

    /** Returns the restored tables for which the dump holds no rows. */
    List<RelationName> tablesWithoutRows() {
        return tables.others().entrySet().stream()
                .filter(entry ->
                        !entry.getValue().isPartitioned() && !entry.getValue().ofExtension())
                .map(Map.Entry::getKey)
                .filter(name -> !isInserted(name) && !filledThroughRoot.contains(name))
                .toList();
    }

    void unexpected(List<RelationName> filled) {
        filled.forEach(name -> {
            rowDifferences.add(name + ": expected no rows, found some");
            contentDifferences.add(name + ": expected no rows, found some");
        });
    }

    /** Takes what was found of values that are there and mean something else. */
    void misread(List<String> found) {
        contentDifferences.addAll(found);
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
            return Check.failed(name, ManifestComparison.shortened(differences)).withSkipped(parts);
        }
        if (!manifest.insertedTables().isEmpty()) {
            return Check.skipped(
                            name,
                            "rows dumped as INSERT statements cannot be compared: "
                                    + ManifestComparison.shortened(manifest.insertedTables()))
                    .withSkipped(parts);
        }
        return Check.passed(name, figures).withSkipped(parts);
    }
}
