package org.pgproof.verify.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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
                .contains(new Psql.SqlError(
                        "42P07", "relation \"t\" already exists", "CREATE TABLE t (", "heap_create_with_catalog"));
    }

    @Test
    void understandsAServerThatSpeaksAnotherLanguage() {
        assertThat(Psql.firstError(error("FEHLER:  42601: Syntaxfehler", "scanner_yyerror, scan.l:1244")))
                .contains(new Psql.SqlError("42601", "Syntaxfehler", "SELECT 1", "scanner_yyerror"));
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

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 127, 130, 137, 143})
    void anotherEndIsNoFindingWhateverWasPrinted(int exitCode) {
        assertThatThrownBy(() -> Psql.outcome(exitCode, DUPLICATE_TABLE))
                .isInstanceOf(CouldNotVerifyException.class)
                .hasMessageContaining("exit code " + exitCode);
    }

    @Test
    void warningIsNeverTheError() {
        assertThatThrownBy(() -> Psql.outcome(3, DUPLICATE_TABLE.subList(0, 2)))
                .isInstanceOf(CouldNotVerifyException.class)
                .hasMessageContaining("exit code 3");
    }

    @Test
    void endWithoutAnSqlErrorIsNoFinding() {
        assertThatThrownBy(() -> Psql.outcome(137, List.of("Killed")))
                .isInstanceOf(CouldNotVerifyException.class)
                .hasMessage("psql ended with exit code 137 (signal 9): Killed");
        assertThatThrownBy(() -> Psql.outcome(137, List.of()))
                .isInstanceOf(CouldNotVerifyException.class)
                .hasMessageEndingWith("it printed no error");
        assertThatThrownBy(() -> Psql.outcome(1, List.of("a", "b", "c", "d", "e", "f")))
                .isInstanceOf(CouldNotVerifyException.class)
                .hasMessageEndingWith("b | c | d | e | f");
    }

    @Test
    void whatTheServerLacksIsNoFinding() {
        assertThatThrownBy(() -> Psql.outcome(3, error("ERROR:  53100: could not extend file", "mdextend, md.c:488")))
                .isInstanceOf(CouldNotVerifyException.class)
                .hasMessageContaining("could not extend file");
        assertThatThrownBy(() -> Psql.outcome(
                        3,
                        error(
                                "ERROR:  25006: cannot execute COPY FROM in a read-only transaction",
                                "PreventCommandIfReadOnly, utility.c:404")))
                .isInstanceOf(CouldNotVerifyException.class)
                .hasMessageContaining("read-only");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "exec_stmt_raise, pl_exec.c:3918",
                "exec_stmt_assert, pl_exec.c:4000",
                "plperl_call_perl_func, plperl.c:2270",
                "do_util_elog, Util.xs:50",
                "PLy_elog_impl, plpy_elog.c:147",
                "pltcl_elog, pltcl.c:1843"
            })
    void whatAFunctionRaisesIsNotTheServersWord(String location) throws Exception {
        assertThat(Psql.outcome(3, error("ERROR:  53100: could not extend file", location)))
                .hasValueSatisfying(error -> assertThat(error.state()).isEqualTo("53100"));
    }

    @Test
    void linesOfAMessageAreNotTheServersWord() throws Exception {
        List<String> raised = new ArrayList<>(List.of(
                "psql:<stdin>:9: ERROR:  22P02: invalid input syntax for type integer: \"x",
                "LOCATION:  mdextend, md.c:488",
                "psql:<stdin>:9: ERROR:  53100: could not extend file\""));
        raised.addAll(List.of("LOCATION:  pg_strtoint32, numutils.c:235", "psql:<stdin>:9: STATEMENT:  SELECT 1"));
        assertThat(Psql.outcome(3, raised)).isPresent();
    }

    @Test
    void aWarningThatQuotesAnErrorDoesNotBecomeIt() throws Exception {
        List<String> warned = new ArrayList<>(List.of(
                "psql:<stdin>:3: WARNING:  01000: x",
                "psql:<stdin>:3: ERROR:  53100: could not extend file",
                "LOCATION:  exec_stmt_raise, pl_exec.c:3918"));
        warned.addAll(error("ERROR:  42P07: relation \"t\" already exists", "heap_create, heap.c:1150"));
        assertThat(Psql.outcome(3, warned))
                .hasValueSatisfying(error -> assertThat(error.state()).isEqualTo("42P07"));
    }

    private static List<String> error(String message, String location) {
        return List.of("psql:<stdin>:9: " + message, "LOCATION:  " + location, "psql:<stdin>:9: STATEMENT:  SELECT 1");
    }
}
