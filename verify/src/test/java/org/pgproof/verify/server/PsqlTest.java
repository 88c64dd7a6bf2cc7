package org.pgproof.verify.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class PsqlTest {
    private static final List<String> DUPLICATE_TABLE = List.of(
            "psql:<stdin>:3: WARNING:  01000: beware",
            "LOCATION:  exec_stmt_raise, pl_exec.c:3918",
            "psql:<stdin>:12: ERROR:  42P07: relation \"t\" already exists",
            "LOCATION:  heap_create_with_catalog, heap.c:1150",
            "psql:<stdin>:12: STATEMENT:  CREATE TABLE t (",
            "    id integer",
            ");");

    @Test
    void findsTheErrorAndItsStatement() {
        assertThat(Psql.firstError(DUPLICATE_TABLE))
                .contains(new Psql.SqlError("42P07", "relation \"t\" already exists", "CREATE TABLE t ("));
    }

    @Test
    void understandsAServerThatSpeaksAnotherLanguage() {
        assertThat(Psql.firstError(List.of("psql:<stdin>:1: FEHLER:  42601: Syntaxfehler")))
                .contains(new Psql.SqlError("42601", "Syntaxfehler", ""));
    }

    @Test
    void successHasNoErrorWhateverWasWarned() throws Exception {
        assertThat(Psql.outcome(0, DUPLICATE_TABLE.subList(0, 2))).isEmpty();
        assertThat(Psql.outcome(0, List.of())).isEmpty();
    }

    @Test
    void errorOfTheDumpIsReturned() throws Exception {
        assertThat(Psql.outcome(3, DUPLICATE_TABLE))
                .hasValueSatisfying(error -> assertThat(error)
                        .hasToString("relation \"t\" already exists (SQLSTATE 42P07) in: CREATE TABLE t ("));
    }

    @Test
    void lostConnectionIsNoFindingEvenAfterAnError() {
        assertThatThrownBy(() -> Psql.outcome(2, DUPLICATE_TABLE))
                .isInstanceOf(CouldNotVerifyException.class)
                .hasMessageContaining("exit code 2");
    }

    @Test
    void endWithoutAnSqlErrorIsNoFinding() {
        assertThatThrownBy(() -> Psql.outcome(137, List.of("Killed")))
                .isInstanceOf(CouldNotVerifyException.class)
                .hasMessage("psql ended with exit code 137: Killed");
        assertThatThrownBy(() -> Psql.outcome(1, List.of("a", "b", "c", "d", "e", "f")))
                .isInstanceOf(CouldNotVerifyException.class)
                .hasMessageEndingWith("b | c | d | e | f");
    }

    @Test
    void whatTheServerLacksIsNoFinding() {
        assertThatThrownBy(() -> Psql.outcome(3, List.of("psql:<stdin>:9: ERROR:  53100: could not extend file")))
                .isInstanceOf(CouldNotVerifyException.class)
                .hasMessageContaining("could not extend file");
        assertThatThrownBy(() -> Psql.outcome(
                        3,
                        List.of("psql:<stdin>:9: ERROR:  25006: cannot execute COPY FROM in a read-only transaction")))
                .isInstanceOf(CouldNotVerifyException.class)
                .hasMessageContaining("read-only");
    }
}
