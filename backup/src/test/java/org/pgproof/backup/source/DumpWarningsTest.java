package org.pgproof.backup.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class DumpWarningsTest {
    @Test
    void areThoseOfPgDumpAndOfTheServerEachWithItsHint() {
        assertThat(DumpWarnings.of(List.of(
                        "WARNING:  database \"shop\" has a collation version mismatch",
                        "DETAIL:  The database was created using collation version 2.31, but the operating system"
                                + " provides version 2.36.",
                        "HINT:  Rebuild all objects in this database that use the default collation.",
                        "pg_dump: warning: there are circular foreign-key constraints on this table:",
                        "pg_dump: detail: tree",
                        "pg_dump: hint: You might not be able to restore the dump without using --disable-triggers.",
                        "pg_dump: warning: subscriptions not dumped")))
                .containsExactly(
                        "WARNING:  database \"shop\" has a collation version mismatch DETAIL:  The database was created"
                                + " using collation version 2.31, but the operating system provides version 2.36."
                                + " HINT:  Rebuild all objects in this database that use the default collation.",
                        "there are circular foreign-key constraints on this table: detail: tree hint: You might not be"
                                + " able to restore the dump without using --disable-triggers.",
                        "subscriptions not dumped");
    }

    @Test
    void areNotRemarks() {
        assertThat(DumpWarnings.of(List.of(
                        "pg_dump: last built-in OID is 16383",
                        "pg_dump: reading extensions",
                        "NOTICE:  something of no weight",
                        "DETAIL:  of the notice",
                        "")))
                .isEmpty();
    }

    /** A server may speak any language: better a line too many. */
    @Test
    void areUnknownLinesToo() {
        assertThat(DumpWarnings.of(List.of("WARNUNG:  Version der Sortierfolge passt nicht")))
                .containsExactly("WARNUNG:  Version der Sortierfolge passt nicht");
    }
}
