package org.pgproof.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The documents name the settings that there are, with the defaults that hold. */
class ReadmeTest {
    private static final Path ROOT = Path.of("..");
    private static final Pattern ROW = Pattern.compile("(?m)^\\| `([A-Z0-9_]+)` \\| (.*?) ?\\| (\\w+) \\| .*\\|$");
    private static final Pattern ASSIGNMENT = Pattern.compile("(?m)^#? ?([A-Z0-9_]+)=");

    @Test
    void listsEverySettingWithItsDefaultAndItsServiceInTheReadme() throws IOException {
        assertThat(ROW.matcher(Files.readString(ROOT.resolve("README.md"))).results())
                .extracting(row -> row.group(1) + " | " + row.group(2).replace("`", "") + " | " + row.group(3))
                .containsExactlyElementsOf(Settings.ALL.stream()
                        .map(setting -> setting.name() + " | " + setting.fallback() + " | "
                                + setting.service().name().toLowerCase(Locale.ROOT))
                        .toList());
    }

    @Test
    void knowsEveryVariableOfTheExampleFile() throws IOException {
        List<String> names = ASSIGNMENT
                .matcher(Files.readString(ROOT.resolve(".env.example")))
                .results()
                .map((MatchResult assignment) -> assignment.group(1))
                .toList();

        assertThat(names).isNotEmpty().allMatch(name -> Settings.named(name).isPresent());
    }
}
