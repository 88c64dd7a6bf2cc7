package org.pgproof.verify;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.pgproof.receipt.Check;
import org.pgproof.receipt.Receipt;
import org.pgproof.receipt.Verdict;
import org.pgproof.testkit.ClientBinaries;
import org.pgproof.testkit.Database;
import org.pgproof.testkit.PostgresServer;

/** Whole rows that a table stores in a column: no restore of a plain dump keeps the order of a child's columns. */
class StoredRowsIT {
    /** After a restore the child has id, code, note. */
    private static final String CHILD = """
            CREATE TABLE parent (id integer);
            CREATE TABLE child (note text) INHERITS (parent);
            ALTER TABLE parent ADD COLUMN code text;
            CREATE TYPE wrapped AS (n integer, inside child);
            CREATE DOMAIN kept AS child;
            CREATE DOMAIN lots AS child[] CHECK (pg_catalog.cardinality(VALUE) < 9);
            CREATE TYPE span AS RANGE (subtype = child);
            CREATE TABLE archive (at date, was %s);
            """;

    private static Receipt receipt(int major, String type, String value) throws Exception {
        ClientBinaries.assumeClientFor(major);
        Database database = PostgresServer.shared(major).freshDatabase();
        database.execute(CHILD.formatted(type) + "INSERT INTO archive VALUES ('2026-02-11', " + value + ")");
        return new RoundTrip().backUp(database.url()).verify(database.server().url("postgres"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
                    13 | child     | (1, 'the note', NULL)
                    15 | child     | (1, 'the note', 'the code')
                    15 | child[][] | ARRAY[[NULL::child], [(1, 'the note', NULL)::child]]
                    15 | kept      | (1, 'the note', NULL)::child::kept
                    15 | wrapped[] | ARRAY[(1, (1, 'the note', NULL))::wrapped]
                    15 | lots      | ARRAY[(1, 'the note', NULL)]::child[]
                    15 | span      | span((1, 'a', NULL)::child, (1, 'b', 'c')::child)
                    15 | span_multirange | span_multirange(span((1, 'a', NULL)::child, (1, 'b', 'c')::child))
                    18 | child     | (1, 'the note', NULL)
                    """)
    void whoseValuesComeBackUnderOtherNamesFail(int major, String type, String value) throws Exception {
        Receipt receipt = receipt(major, type, value);

        assertThat(receipt.verdict()).isEqualTo(Verdict.FAILED);
        assertThat(receipt.reason())
                .startsWith("content: public.archive: rows stored in the column was")
                .contains("public.child had id, note, code and has id, code, note");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
                    child     | NULL
                    child     | (1, NULL, NULL)
                    child     | (1, 'same', 'same')
                    child[]   | '{}'
                    wrapped   | (1, NULL)
                    span      | 'empty'
                    jsonb     | to_jsonb((1, 'the note', NULL)::child)
                    text      | (1, 'the note', NULL)::child::text
                    parent    | (1, 'the code')
                    """)
    void thatMeanWhatTheyMeantPass(String type, String value) throws Exception {
        Receipt receipt = receipt(15, type, value);

        assertThat(receipt.verdict()).as(receipt.reason()).isEqualTo(Verdict.PASSED);
        assertThat(receipt.checks())
                .filteredOn(check -> check.name() == Check.Name.CONTENT)
                .singleElement()
                .satisfies(check -> assertThat(check.skipped()).isEmpty());
    }

    @Test
    void ofTablesThatKeepTheirOrderPass() throws Exception {
        Database database = PostgresServer.shared(15).freshDatabase();
        database.execute("""
                CREATE TABLE events (a integer, gone integer, b text) PARTITION BY RANGE (a);
                CREATE TABLE odd (b text, a integer NOT NULL);
                ALTER TABLE events DROP gone;
                ALTER TABLE events ATTACH PARTITION odd FOR VALUES FROM (0) TO (10);
                CREATE TABLE archive (was events, part odd);
                INSERT INTO archive VALUES ((1, 'x'), ('y', 2));
                """);

        new RoundTrip().backUp(database.url()).passes(database.server());
    }
}
