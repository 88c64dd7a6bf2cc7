package org.pgproof.verify.server;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MissingOnServerTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            value = {
                "08006|connection failure",
                "53100|could not extend file \"base/1/2\": No space left on device",
                "53300|too many connections for role \"verifier\"",
                "57P01|terminating connection due to administrator command",
                "57014|canceling statement due to user request",
                "58030|could not read block 7",
                "42501|permission denied to create event trigger \"e\"",
                "42704|role \"reader\" does not exist",
                "42704|tablespace \"fast\" does not exist",
                "42704|collation \"de_DE\" for encoding \"UTF8\" does not exist",
                "0A000|extension \"postgis\" is not available"
            })
    void explainsWhatTheServerLacks(String state, String message) {
        assertThat(MissingOnServer.explains(new Psql.SqlError(state, message, "")))
                .isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            value = {
                "42601|syntax error at or near \"role\"",
                "42P01|relation \"t\" does not exist",
                "42704|type \"ledger.cents\" does not exist",
                "42704|collation \"ledger.plain\" does not exist",
                "42883|function f() does not exist",
                "23503|insert or update on table \"t\" violates foreign key constraint \"f\"",
                "22P02|invalid input syntax for type integer: \"x\"",
                "22P04|extra data after last expected column",
                "55000|cannot attach index \"a\" as a partition of index \"b\"",
                "0A000|cannot alter type of a column used by a view"
            })
    void doesNotExcuseWhatIsWrongWithTheDump(String state, String message) {
        assertThat(MissingOnServer.explains(new Psql.SqlError(state, message, "")))
                .isFalse();
    }
}
