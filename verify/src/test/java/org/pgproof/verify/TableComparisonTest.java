package org.pgproof.verify;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.pgproof.dump.Fingerprint;
import org.pgproof.dump.RelationName;
import org.pgproof.dump.Rows;
import org.pgproof.manifest.Check;
import org.pgproof.manifest.Check.Result;
import org.pgproof.manifest.Manifest;
import org.pgproof.manifest.TableContent;

class TableComparisonTest {
    private static final RelationName ORDERS = new RelationName("public", "orders");
    private static final RestoredCatalog.Table PLAIN = new RestoredCatalog.Table('r', false, false);
    private static final RestoredCatalog.Table PARTITIONED = new RestoredCatalog.Table('p', false, false);
    private static final RestoredCatalog.Table EXTENSIONS = new RestoredCatalog.Table('r', true, false);
    private static final Rows TWO = new Rows(2, 10, new Fingerprint(1, 2));

    private final TableContent orders = new TableContent(
            "public", "orders", List.of("id"), 2, 10, TWO.fingerprint().toString(), List.of());
    private final Manifest manifest = Manifests.ofTables(List.of(orders));

    private TableComparison comparison(RestoredCatalog.Table table) {
        return new TableComparison(manifest, Map.of(ORDERS, table));
    }

    private static Check rows(TableComparison comparison) {
        return comparison.checks().get(0);
    }

    private static Check content(TableComparison comparison) {
        return comparison.checks().get(1);
    }

    @Test
    void passesWhatIsTheSame() {
        TableComparison comparison = comparison(PLAIN);
        comparison.compare(Map.of(orders, TWO));

        assertThat(comparison.checks()).extracting(Check::result).containsOnly(Result.PASSED);
        assertThat(rows(comparison).detail()).isEqualTo("1 tables, 2 rows compared");
    }

    @Test
    void namesTheTableWhoseRowsWereChanged() {
        TableComparison comparison = comparison(PLAIN);
        comparison.compare(Map.of(orders, new Rows(2, 10, new Fingerprint(1, 3))));

        assertThat(rows(comparison).result()).isEqualTo(Result.PASSED);
        assertThat(content(comparison).result()).isEqualTo(Result.FAILED);
        assertThat(content(comparison).detail()).startsWith("public.orders: expected xxh3-128-sum:");
    }

    @Test
    void namesTheTableThatHasFewerRows() {
        TableComparison comparison = comparison(PLAIN);
        comparison.compare(Map.of(orders, Rows.NONE));

        assertThat(rows(comparison).detail()).isEqualTo("public.orders: expected 2 rows, found 0");
        assertThat(comparison.checks()).extracting(Check::result).containsOnly(Result.FAILED);
    }

    @Test
    void namesTheTableThatIsMissing() {
        TableComparison comparison = new TableComparison(manifest, Map.of());

        assertThat(comparison.requests(Map.of(), Map.of())).isEmpty();
        assertThat(comparison.checks()).extracting(Check::result).containsOnly(Result.FAILED);
        assertThat(rows(comparison).detail()).isEqualTo("public.orders: the table is missing");
    }

    @Test
    void namesTheTableThatLacksAColumn() {
        TableComparison comparison = comparison(PLAIN);

        assertThat(comparison.requests(Map.of(ORDERS, "id"), Map.of())).isEmpty();
        assertThat(content(comparison).detail()).isEqualTo("public.orders: the column id is missing");
    }

    @Test
    void saysWhichTableOfAnExtensionItDidNotCompare() {
        TableComparison comparison = comparison(EXTENSIONS);

        assertThat(comparison.requests(Map.of(), Map.of())).isEmpty();
        assertThat(comparison.checks()).extracting(Check::result).containsOnly(Result.PASSED);
        assertThat(rows(comparison).skipped()).hasSize(1).allMatch(reason -> reason.startsWith("public.orders: "));
    }

    @Test
    void moneyInAnotherLocaleIsCountedAndNotCompared() {
        TableComparison comparison = comparison(PLAIN);
        comparison.skipMoney(Set.of(ORDERS));
        comparison.compare(Map.of(orders, new Rows(2, 11, new Fingerprint(7, 7))));

        assertThat(comparison.checks()).extracting(Check::result).containsOnly(Result.PASSED);
        assertThat(content(comparison).skipped()).hasSize(1);
    }

    @Test
    void rowsInATableThatWasDumpedWithoutAnyAreDamage() {
        RelationName more = new RelationName("public", "more");
        TableComparison comparison = new TableComparison(manifest, Map.of(ORDERS, PLAIN, more, PLAIN));
        comparison.compare(Map.of(orders, TWO));

        assertThat(comparison.tablesWithoutRows()).containsExactly(more);
        comparison.unexpected(List.of(more));
        assertThat(rows(comparison).detail()).isEqualTo("public.more: expected no rows, found some");
        assertThat(content(comparison).result()).isEqualTo(Result.FAILED);
    }

    /** With {@code --load-via-partition-root} rows are dumped in the columns of the partition they lie in. */
    @Test
    void readsAPartitionedTableFromItsPartitions() {
        TableReadings.Part part = new TableReadings.Part(new RelationName("s", "part"), List.of("b", "id"));

        assertThat(comparison(PARTITIONED).requests(Map.of(), Map.of(ORDERS, List.of(part))))
                .containsExactly(new TableReadings.Request(orders, List.of(part)));
        assertThat(comparison(PLAIN).requests(Map.of(), Map.of(ORDERS, List.of(part))))
                .containsExactly(
                        new TableReadings.Request(orders, List.of(new TableReadings.Part(ORDERS, List.of("id")))));
    }
}
