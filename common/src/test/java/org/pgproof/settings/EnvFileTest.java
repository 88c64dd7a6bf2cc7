package org.pgproof.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EnvFileTest {
    private final Problems problems = new Problems();

    @Test
    void readsAssignmentsCommentsAndExport() {
        assertThat(parse("# a comment\n\n  # another\nA=1\nexport B=2\n export\tC = 3 \nD=\n_e1=x"))
                .isEqualTo(Map.of("A", "1", "B", "2", "C", "3", "D", "", "_e1", "x"));
        assertThat(problems.errors()).isEmpty();
    }

    @Test
    void keepsEqualsSignsAndNumberSignsWithinValues() {
        assertThat(parse("URL=postgresql://u:p#a=b@h/d?options=-c%20x%3Dy\nKEY=ab+/c==\nNOTE=a # comment\nHASH=#no"))
                .isEqualTo(Map.of(
                        "URL",
                        "postgresql://u:p#a=b@h/d?options=-c%20x%3Dy",
                        "KEY",
                        "ab+/c==",
                        "NOTE",
                        "a",
                        "HASH",
                        ""));
    }

    @Test
    void keepsEverythingWithinSingleQuotes() {
        assertThat(parse("A=' a \\n \"b\" $C # d '\nB='x' # comment\nC=''"))
                .isEqualTo(Map.of("A", " a \\n \"b\" $C # d ", "B", "x", "C", ""));
    }

    @Test
    void knowsEscapesWithinDoubleQuotes() {
        assertThat(parse("A=\"x\\n\\t\\\"y\\\" \\\\ \\$Z \\q # in\" # out"))
                .isEqualTo(Map.of("A", "x\n\t\"y\" \\ $Z \\q # in"));
    }

    @Test
    void expandsNothing() {
        assertThat(parse("A=$HOME/${B}`id`\nB=\"$(id)\"")).isEqualTo(Map.of("A", "$HOME/${B}`id`", "B", "$(id)"));
    }

    @Test
    void keepsQuotesThatDoNotBeginAValue() {
        assertThat(parse("A=it's\nB=a\"b\"")).isEqualTo(Map.of("A", "it's", "B", "a\"b\""));
    }

    @Test
    void readsFilesOfWindows() {
        assertThat(parse("\uFEFFA=1\r\nB=\"2\"\r\n")).isEqualTo(Map.of("A", "1", "B", "2"));
    }

    @Test
    void letsTheLastAssignmentHold() {
        assertThat(parse("A=1\nA=2")).isEqualTo(Map.of("A", "2"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "s3cret",
                "1A=s3cret",
                "A B=s3cret",
                "A='s3cret",
                "A=\"s3cret\\\"",
                "A='x's3cret",
                "=s3cret",
                "A-B=s3cret"
            })
    void namesTheLineButNotTheTextOfWhatItCannotRead(String line) {
        assertThat(parse("OK=1\n" + line)).isEqualTo(Map.of("OK", "1"));
        assertThat(problems.errors()).hasSize(1);
        assertThat(problems.toString()).contains("test.env line 2").doesNotContain("s3cret");
    }

    @Test
    void saysThatAFileDoesNotExistOrIsNoText(@TempDir Path folder) throws IOException {
        EnvFile.read(folder.resolve("none.env"), problems);
        Path binary = folder.resolve("binary.env");
        Files.write(binary, new byte[] {'A', '=', (byte) 0xff});
        EnvFile.read(binary, problems);
        EnvFile.read(folder, problems);
        assertThat(problems.errors()).hasSize(3);
        assertThat(problems.errors().get(0).wrong()).contains("none.env").contains("does not exist");
        assertThat(problems.errors().get(1).wrong()).contains("not UTF-8");
        assertThat(problems.errors().get(2).wrong()).contains("cannot be read");
    }

    private Map<String, String> parse(String text) {
        return EnvFile.parse(text, "test.env", problems);
    }
}
