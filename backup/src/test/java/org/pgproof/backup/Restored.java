package org.pgproof.backup;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.pgproof.testkit.Database;

/** Restores a dump as a person without this software would. */
final class Restored {
    private Restored() {}

    /** Runs {@code gunzip -c FILE | psql DATABASE}, which must succeed. */
    static void from(byte[] dumpObject, Database target, Path folder) throws IOException, InterruptedException {
        Path file = Files.write(folder.resolve("dump.sql.gz"), dumpObject);
        ProcessBuilder builder = new ProcessBuilder(
                "sh",
                "-c",
                "gunzip -c \"$0\" | \"$1\" --no-psqlrc --quiet --set ON_ERROR_STOP=1 \"$2\"",
                file.toString(),
                Place.client().psql().toString(),
                target.url());
        Process process = builder.redirectErrorStream(true).start();
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
    }
}
