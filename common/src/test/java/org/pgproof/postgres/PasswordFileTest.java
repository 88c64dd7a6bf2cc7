package org.pgproof.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PasswordFileTest {
    private static final ServerHost SERVER = new ServerHost("db", "192.0.2.1", 5433);

    @TempDir
    private Path folder;

    @Test
    void takesTheFirstLineThatFits() throws Exception {
        String lines = """
                # db:5433:shop:app:comment
                short:line
                db:5432:*:*:port
                other:*:*:*:host
                *:*:else:*:database
                *:*:*:root:user
                db:5433:shop:app:right
                *:*:*:*:late
                """;
        assertThat(password(lines, "rw-------")).contains("right");
    }

    @Test
    void knowsEscapesAndWildcards() throws Exception {
        assertThat(password("*:*:*:*:a\\:b\\\\c d\n", "rw-------")).contains("a:b\\c d");
        assertThat(password("*:*:*:*:a:rest\n", "r--------")).contains("a");
        assertThat(password("*:*:*:*:\n", "r--------")).contains("");
    }

    @Test
    void findsNothingWhereNothingFits() throws Exception {
        assertThat(password("db:5433:shop:root:x\n", "rw-------")).isEmpty();
        assertThat(new PasswordFile(folder.resolve("none")).password(settings(), SERVER))
                .isEmpty();
        assertThat(new PasswordFile(folder).password(settings(), SERVER)).isEmpty();
    }

    @Test
    void doesNotReadAFileThatOthersMayRead() throws Exception {
        assertThat(password("*:*:*:*:x\n", "rw-r-----")).isEmpty();
        assertThat(password("*:*:*:*:x\n", "rw----r--")).isEmpty();
    }

    @Test
    void callsTheUsualSocketLocalhost() throws Exception {
        Path file = write("localhost:5433:shop:app:x\n", "rw-------");
        ServerHost socket = new ServerHost("/var/run/postgresql", "", 5433);
        assertThat(new PasswordFile(file).password(settings(), socket)).contains("x");
    }

    private Optional<String> password(String lines, String permissions) throws Exception {
        return new PasswordFile(write(lines, permissions)).password(settings(), SERVER);
    }

    private Path write(String lines, String permissions) throws IOException {
        Path file = folder.resolve("pgpass");
        Files.deleteIfExists(file);
        Files.writeString(file, lines);
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));
    }

    private static ConnectionSettings settings() throws InvalidConnectionException {
        return ConnectionSettings.ofUri("postgresql://app@db:5433/shop", Map.of());
    }
}
