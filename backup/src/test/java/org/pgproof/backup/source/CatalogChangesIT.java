package org.pgproof.backup.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.pgproof.postgres.Queries;
import org.pgproof.testkit.Database;
import org.pgproof.testkit.PostgresServer;

class CatalogChangesIT {
    static List<Integer> majors() {
        return PostgresServer.majors();
    }

    /** The catalogs differ from version to version. */
    @ParameterizedTest
    @MethodSource("majors")
    void areFoundOnEveryVersion(int major) throws Exception {
        Database database = PostgresServer.shared(major).freshDatabase();
        database.execute("""
                CREATE TYPE colour AS ENUM ('red', 'green');
                CREATE FUNCTION twice(int) RETURNS int LANGUAGE sql IMMUTABLE AS 'SELECT $1 * 2';
                CREATE TABLE things (id int PRIMARY KEY, c colour, r regclass, d int DEFAULT 1);
                ALTER TABLE things ALTER d SET STATISTICS 7;
                CREATE INDEX things_twice ON things (twice(id));
                CREATE STATISTICS both_columns ON id, d FROM things;
                CREATE TABLE parted (id int) PARTITION BY RANGE (id);
                CREATE COLLATION ours (locale = 'C');
                CREATE TEXT SEARCH CONFIGURATION plain (COPY = simple);
                """);
        try (Connection snapshot = database.connect()) {
            snapshot.setAutoCommit(false);
            snapshot.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
            Queries.execute(snapshot, "SELECT 1");
            CatalogChanges changes = new CatalogChanges(snapshot, database::connect);
            database.execute("ANALYZE; ALTER TABLE things ALTER d SET STATISTICS 8; GRANT SELECT ON things TO PUBLIC");
            assertThat(changes.ofDefinitions()).isEmpty();
            assertThat(changes.ofRows()).isEmpty();
            database.execute("""
                    ALTER TYPE colour RENAME VALUE 'red' TO 'rouge'; ALTER FUNCTION twice(int) RENAME TO doubled;
                    ALTER TABLE things RENAME d TO e; ALTER TABLE things ALTER e SET DEFAULT 2;
                    ALTER STATISTICS both_columns RENAME TO pair; ALTER COLLATION ours RENAME TO theirs;
                    DROP TEXT SEARCH CONFIGURATION plain; ALTER TABLE parted ADD CHECK (id > 0);
                    """);
            assertThat(changes.ofDefinitions())
                    .extracting(CatalogChanges.Change::what)
                    .contains(
                            "label 'red' of public.colour",
                            "function public.twice",
                            "column d of public.things",
                            "statistics public.both_columns",
                            "collation public.ours",
                            "text search configuration public.plain",
                            "relation public.parted");
            assertThat(changes.ofRows())
                    .contains(new CatalogChanges.Change("public", "twice", "function public.twice", false))
                    .contains(new CatalogChanges.Change(
                            "public", "plain", "text search configuration public.plain", true));
            snapshot.rollback();
        }
    }
}
