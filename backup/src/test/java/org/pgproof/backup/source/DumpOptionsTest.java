package org.pgproof.backup.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DumpOptionsTest {
    @Test
    void splitsAsAShellWould() {
        assertThat(DumpOptions.split("")).isEmpty();
        assertThat(DumpOptions.split(" \t\n ")).isEmpty();
        assertThat(DumpOptions.split("-n public  --table=x")).containsExactly("-n", "public", "--table=x");
        assertThat(DumpOptions.split("-t 'my table' -t \"it's\"")).containsExactly("-t", "my table", "-t", "it's");
        assertThat(DumpOptions.split("--exclude-table='a b'*")).containsExactly("--exclude-table=a b*");
        assertThat(DumpOptions.split("a\\ b 'c\\d' \"e\\\"f\" \"g\\h\""))
                .containsExactly("a b", "c\\d", "e\"f", "g\\h");
        assertThat(DumpOptions.split("-t '' x")).containsExactly("-t", "", "x");
        assertThat(DumpOptions.split("$HOME `id` $(id) * ;")).containsExactly("$HOME", "`id`", "$(id)", "*", ";");
    }

    @ParameterizedTest
    @ValueSource(strings = {"'", "\"", "-t 'a", "-t \"a\\\""})
    void doesNotGuessWhereAQuoteEnds(String text) {
        assertThatThrownBy(() -> DumpOptions.split(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("not closed");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "-n public",
                "-npublic",
                "--schema=public",
                "--schema public",
                "-T *.log --exclude-table-data=audit.*",
                "-vOx",
                "-bv -t -f",
                "--inserts --rows-per-insert=100",
                "--role --file",
                "--no-comments --no-subscriptions --no-publications --no-statistics",
                "--statistics"
            })
    void acceptsWhatShapesADump(String text) {
        assertThat(DumpOptions.problem(DumpOptions.split(text))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--encoding=SJIS",
                "--enc=Shift_JIS_2004",
                "-E BIG5",
                "-EUTF8 --encoding uhc",
                "-E johab",
                "-OE gbk",
                "--encoding=GB18030"
            })
    void refusesEncodingsInWhichNoDumpCanBeRead(String text) {
        assertThat(DumpOptions.problem(DumpOptions.split(text)))
                .hasValueSatisfying(problem -> assertThat(problem).contains("--encoding=", "not possible"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"--encoding=EUC_JP", "-E latin1", "-E SJIS -E UTF8", "--role=SJIS"})
    void acceptsEncodingsThatServersStore(String text) {
        assertThat(DumpOptions.problem(DumpOptions.split(text))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "-f out",
                "-fout",
                "--file=out",
                "--fil=out",
                "-F c",
                "-Fc",
                "-vFc",
                "--format=custom",
                "--fo c",
                "-j4",
                "--jobs=2",
                "-Z0",
                "--compress=0",
                "-C",
                "-xC",
                "--create",
                "--cre",
                "-c",
                "--clean",
                "--if-exists",
                "-a",
                "--data-only",
                "--dat",
                "-s",
                "--schema-only",
                "--schema-o",
                "--section=data",
                "--no-data",
                "--no-schema",
                "--statistics-only",
                "-d x",
                "--dbname=x",
                "-h x",
                "--host=x",
                "-p 1",
                "--port=1",
                "-U x",
                "--username=x",
                "-W",
                "--password",
                "-w",
                "--no-password",
                "--snapshot=1",
                "--sn=1",
                "--restrict-key=x",
                "-V",
                "--version",
                "-?",
                "--help",
                "--no-d",
                "--serializable-deferrable",
                "--binary-upgrade",
                "--include-foreign-data=x"
            })
    void refusesWhatWouldBreakTheBackupHoweverItIsWritten(String text) {
        assertThat(DumpOptions.problem(DumpOptions.split(text)).orElseThrow()).contains("is not possible: ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"shop", "-v shop", "-", "--", "-v -- -f", "-t a b", "''"})
    void refusesWhatIsNoOption(String text) {
        assertThat(DumpOptions.problem(DumpOptions.split(text)).orElseThrow()).contains("is no option of pg_dump");
    }

    @Test
    void noticesAMissingValue() {
        assertThat(DumpOptions.problem(List.of("-v", "-t"))).contains("the last option lacks its value");
        assertThat(DumpOptions.problem(List.of("--schema"))).contains("the last option lacks its value");
    }

    @Test
    void namesTheOptionItRefuses() {
        assertThat(DumpOptions.problem(List.of("-vOjx")).orElseThrow()).startsWith("-j ");
        assertThat(DumpOptions.problem(List.of("--form=c")).orElseThrow()).startsWith("--format ");
    }
}
