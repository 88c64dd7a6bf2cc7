package org.pgproof.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class ShopDatabaseIT {
    private static final List<String> TABLES = List.of(
            "catalog.categories",
            "catalog.products",
            "catalog.discounts",
            "catalog.best_sellers",
            "sales.customers",
            "sales.orders",
            "sales.order_lines",
            "sales.invoices",
            "audit.events",
            "pg_largeobject");

    @Test
    void isTheSameOnTheOldestAndTheNewestMajor() throws Exception {
        Map<String, String> digests = new TreeMap<>();
        List<Integer> majors = PostgresServer.majors();
        for (int major : List.of(majors.get(0), majors.get(majors.size() - 1))) {
            try (PostgresServer server = PostgresServer.start(major)) {
                Database shop = ShopDatabase.create(server, "shop");
                assertThat(ShopDatabase.rows(shop)).isEqualTo(263_550);
                for (String table : TABLES) {
                    String digest = digest(shop, table);
                    assertThat(digests.merge(table, digest, (old, same) -> old))
                            .as(table)
                            .isEqualTo(digest);
                }
            }
        }
    }

    private static String digest(Database database, String table) throws Exception {
        return database.value(
                "SELECT md5(string_agg(row::text, ';' ORDER BY row::text COLLATE \"C\")) FROM " + table + " AS row");
    }
}
