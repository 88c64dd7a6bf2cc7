package org.pgproof.verify;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Each test that SECURITY.md names is there. */
class SecurityPageTest {
    private static final Path ROOT = Path.of("..");
    /** A class, a method of it, or after these a method of the class named last. */
    private static final Pattern TEST = Pattern.compile("`(\\w+(?:Test|IT))?(?:\\.(\\w+))?`");

    @Test
    void namesTestsThatThereAre() throws IOException {
        Map<String, String> sources = sources();
        List<String> missing = new ArrayList<>();
        String source = "";
        List<MatchResult> named = TEST.matcher(Files.readString(ROOT.resolve("SECURITY.md")))
                .results()
                .filter(name -> name.group(1) != null || name.group(2) != null)
                .toList();
        for (MatchResult name : named) {
            source = name.group(1) == null ? source : sources.getOrDefault(name.group(1), "");
            if (source.isEmpty() || (name.group(2) != null && !source.contains(" void " + name.group(2) + "("))) {
                missing.add(name.group());
            }
        }
        assertThat(named).hasSizeGreaterThan(20);
        assertThat(missing).isEmpty();
    }

    private static Map<String, String> sources() throws IOException {
        List<Path> tests = new ArrayList<>();
        for (String module : List.of("common", "backup", "testkit", "verify")) {
            try (Stream<Path> files = Files.walk(ROOT.resolve(module).resolve("src/test/java"))) {
                files.filter(file -> file.toString().endsWith(".java")).forEach(tests::add);
            }
        }
        return tests.stream()
                .collect(Collectors.toMap(
                        file -> file.getFileName().toString().replace(".java", ""),
                        SecurityPageTest::read,
                        (one, other) -> one + other));
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
