package org.pgproof.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class VersionQuestionTest {
    private static final Duration LONG = Duration.ofSeconds(50);
    private static final Duration SHORT = Duration.ofMillis(300);

    @TempDir
    private Path folder = Path.of("");

    private Path program(String line) throws IOException {
        Path path = Files.writeString(folder.resolve("psql"), "#!/bin/sh\n" + line + "\n");
        assertThat(path.toFile().setExecutable(true)).isTrue();
        return path;
    }

    @Test
    void hearsAProgramWhoseChildKeepsThePipeOpen() throws Exception {
        assertThat(VersionQuestion.ask(program("sleep 3600 & echo 'psql 98.1'"), LONG))
                .contains("psql 98.1");
    }

    @Test
    void givesUpOnAProgramThatDoesNotAnswer() throws Exception {
        assertThat(VersionQuestion.ask(program("exec sleep 3600"), SHORT)).isEmpty();
        assertThat(VersionQuestion.ask(program("sleep 3600 & exit 0"), SHORT)).isEmpty();
        assertThat(VersionQuestion.ask(program("echo 'psql 98.1'; exec sleep 3600"), SHORT))
                .isEmpty();
    }

    @Test
    void doesNotBelieveAProgramThatFails() throws Exception {
        assertThat(VersionQuestion.ask(program("echo 'psql 98.1'; exit 1"), LONG))
                .isEmpty();
    }

    @Test
    void survivesAProgramThatPrintsWithoutEnd() throws Exception {
        assertThat(VersionQuestion.ask(program("exec yes | tr -d '\\n'"), LONG)).isEmpty();
    }
}
