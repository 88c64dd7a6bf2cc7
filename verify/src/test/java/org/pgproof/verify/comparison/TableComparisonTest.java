package org.pgproof.verify.comparison;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.pgproof.dump.Fingerprint;
import org.pgproof.dump.Rows;
import org.pgproof.dump.sql.RelationName;
import org.pgproof.manifest.Manifest;
import org.pgproof.manifest.contents.TableContent;
import org.pgproof.receipt.Check;
import org.pgproof.receipt.Check.Result;
import org.pgproof.verify.Manifests;
import org.pgproof.verify.server.CouldNotVerifyException;

class TableComparisonTest {
    private static final RelationName ORDERS = new RelationName("public", "orders");
    private static final FoundTables.Table PLAIN = new FoundTables.Table('r', false, false);
    private static final FoundTables.Table PARTITIONED = new FoundTables.Table('p', false, false);
    private static final FoundTables.Table EXTENSIONS = new FoundTables.Table('r', true, false);
    private static final Rows TWO = new Rows(2, 10, new Fingerprint(1, 2));

    private final TableContent orders = new TableContent(
            "public", "orders", List.of("id"), 2, 10, TWO.fingerprint().toString(), List.of());
    private final Manifest manifest = Manifests.ofTables(List.of(orders));

    private TableComparison comparison(FoundTables.Table table) throws SQLException {
        return comparison(Map.of(ORDERS, table));
    }

    private TableComparison comparison(Map<RelationName, FoundTables.Table> restored) throws SQLException {
        return new TableComparison(manifest, FoundTables.read(restored::forEach, manifest.tables()));
    }

    private static void compare(TableComparison comparison, Rows found) throws CouldNotVerifyException {
        TableRows rows = new TableRows(1);
        rows.put(0, found);
        comparison.compare(comparison.requests(Map.of(), Map.of()), rows);
    }

    private static Check rows(TableComparison comparison) {
        return comparison.checks().get(0);
    }

    private static Check content(TableComparison comparison) {
        return comparison.checks().get(1);
    }

    @Test
    void passesWhatIsTheSame() throws Exception {
        TableComparison comparison = comparison(PLAIN);
        compare(comparison, TWO);

        assertThat(comparison.checks()).extracting(Check::result).containsOnly(Result.PASSED);
        assertThat(rows(comparison).detail()).isEqualTo("1 table, 2 rows compared");
    }

    @Test
    void namesTheTableWhoseRowsWereChanged() throws Exception {
        TableComparison comparison = comparison(PLAIN);
        compare(comparison, new Rows(2, 10, new Fingerprint(1, 3)));

        assertThat(rows(comparison).result()).isEqualTo(Result.PASSED);
        assertThat(content(comparison).result()).isEqualTo(Result.FAILED);
        assertThat(content(comparison).detail()).startsWith("public.orders: expected xxh3-128-sum:");
    }

    @Test
    void namesTheTableThatHasFewerRows() throws Exception {
        TableComparison comparison = comparison(PLAIN);
        compare(comparison, Rows.NONE);

        assertThat(rows(comparison).detail()).isEqualTo("public.orders: expected 2 rows, found 0");
        assertThat(comparison.checks()).extracting(Check::result).containsOnly(Result.FAILED);
    }

    @Test
    void namesTheTableThatIsMissing() throws Exception {
        TableComparison comparison = comparison(Map.of());

        assertThat(comparison.requests(Map.of(), Map.of())).isEmpty();
        assertThat(comparison.checks()).extracting(Check::result).containsOnly(Result.FAILED);
        assertThat(rows(comparison).detail()).isEqualTo("public.orders: the table is missing");
    }

    @Test
    void namesTheTableThatLacksAColumn() throws Exception {
        TableComparison comparison = comparison(PLAIN);

        assertThat(comparison.requests(Map.of(ORDERS, "id"), Map.of())).isEmpty();
        assertThat(content(comparison).detail()).isEqualTo("public.orders: the column id is missing");
    }

    @Test
    void saysWhichTableOfAnExtensionItDidNotCompare() throws Exception {
        TableComparison comparison = comparison(EXTENSIONS);

        assertThat(comparison.requests(Map.of(), Map.of())).isEmpty();
        assertThat(comparison.checks()).extracting(Check::result).containsOnly(Result.PASSED);
        assertThat(rows(comparison).skipped()).hasSize(1).allMatch(reason -> reason.startsWith("public.orders: "));
    }

    @Test
    void moneyInAnotherLocaleIsCountedAndNotCompared() throws Exception {
        TableComparison comparison = comparison(PLAIN);
        comparison.skipMoney(Set.of(ORDERS));
        compare(comparison, new Rows(2, 11, new Fingerprint(7, 7)));

        assertThat(comparison.checks()).extracting(Check::result).containsOnly(Result.PASSED);
        assertThat(content(comparison).skipped()).hasSize(1);
    }

    @Test
    void rowsInATableThatWasDumpedWithoutAnyAreDamage() throws Exception {
        RelationName more = new RelationName("public", "more");
        TableComparison comparison = comparison(Map.of(ORDERS, PLAIN, more, PLAIN));
        compare(comparison, TWO);

        assertThat(comparison.tablesWithoutRows()).containsExactly(more);
        comparison.unexpected(List.of(more));
        assertThat(rows(comparison).detail()).isEqualTo("public.more: expected no rows, found some");
        assertThat(content(comparison).result()).isEqualTo(Result.FAILED);
    }

    /** With {@code --load-via-partition-root} rows are dumped in the columns of the partition they lie in. */
    @Test
    void readsAPartitionedTableFromItsPartitions() throws Exception {
        TableReadings.Part part = new TableReadings.Part(new RelationName("s", "part"), List.of("b", "id"));

        assertThat(comparison(PARTITIONED).requests(Map.of(), Map.of(ORDERS, List.of(part))))
                .containsExactly(new TableReadings.Request(0, List.of(part)));
        assertThat(comparison(PLAIN).requests(Map.of(), Map.of(ORDERS, List.of(part))))
                .containsExactly(new TableReadings.Request(0, null));
    }
}
