package org.pgproof.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClientToolsTest {
    /** Newer than what any machine has. */
    private static final ServerVersion SERVER = new ServerVersion(98, 0);

    @TempDir
    private Path folder = Path.of("");

    /** @param age seconds that tell one upgrade from the next */
    private Path tool(String name, String line, int age) throws IOException {
        Path path = Files.writeString(folder.resolve(name), "#!/bin/sh\n" + line + "\n");
        assertThat(path.toFile().setExecutable(true)).isTrue();
        return Files.setLastModifiedTime(path, FileTime.from(Instant.EPOCH.plusSeconds(age)));
    }

    @Test
    void noticesThatAToolWasUpgraded() throws Exception {
        ClientTools tools = new ClientTools(List.of(folder));
        tool("psql", "echo 'psql (PostgreSQL) 98.1'", 1);
        assertThat(tools.forServer("psql", SERVER).version()).isEqualTo(new ServerVersion(98, 1));
        tool("psql", "echo 'psql (PostgreSQL) 98.2'", 2);
        assertThat(tools.forServer("psql", SERVER).version()).isEqualTo(new ServerVersion(98, 2));
    }

    @Test
    void asksAgainAfterAToolGaveNoAnswer() throws Exception {
        ClientTools tools = new ClientTools(List.of(folder));
        Path answer = folder.resolve("answer");
        tool("psql", "cat '" + answer + "'", 1);
        assertThatThrownBy(() -> tools.forServer("psql", SERVER)).isInstanceOf(IOException.class);
        Files.writeString(answer, "psql (PostgreSQL) 98.1");
        assertThat(tools.forServer("psql", SERVER).version()).isEqualTo(new ServerVersion(98, 1));
    }

    @Test
    void passesOverDebiansWrapper() throws Exception {
        Files.createSymbolicLink(folder.resolve("psql"), tool("pg_wrapper", "echo 'psql (PostgreSQL) 98.1'", 1));
        assertThatThrownBy(() -> new ClientTools(List.of(folder)).forServer("psql", SERVER))
                .hasMessageContaining("No psql for a PostgreSQL 98");
    }
}
