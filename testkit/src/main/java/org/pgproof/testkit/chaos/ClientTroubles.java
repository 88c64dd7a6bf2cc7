package org.pgproof.testkit.chaos;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import org.pgproof.testkit.JarCommand;

/** What stands in the place of {@code pg_dump} and {@code psql} and does not do what they do. */
final class ClientTroubles {
    /** About as much as the dump unpacks to. */
    private static final int DUMP_BYTES = 34_000_000;

    /** As they come; {@code head} would keep a few to itself. */
    private static final String SOME_BYTES = "dd bs=65536 count=%2$d iflag=count_bytes 2>/dev/null";

    private ClientTroubles() {}

    /** Troubles with the program that a service runs, by name. */
    static Map<String, Trouble> of(Service service) {
        String tool = service == Service.BACKUP ? "pg_dump" : "psql";
        String begun = service == Service.BACKUP ? "%1$s \"$@\" | " + SOME_BYTES : SOME_BYTES + " | %1$s \"$@\"";
        Map<String, Trouble> troubles = new LinkedHashMap<>();
        troubles.put(tool + " ends early and says success", new InItsPlace(tool, answering(begun + "\nexit 0\n")));
        troubles.put(tool + " ends early by a signal", new InItsPlace(tool, answering(begun + "\nkill -9 $$\n")));
        troubles.put(
                tool + " does not tell its version",
                new InItsPlace(tool, "[ \"$1\" != --version ] || exec sleep 600\nexec %1$s \"$@\"\n"));
        troubles.put(
                tool + " leaves a child that holds its output",
                new InItsPlace(tool, "[ \"$1\" != --version ] || env -i sleep 60 &\nexec %1$s \"$@\"\n"));
        return troubles;
    }

    private static String answering(String otherwise) {
        return "[ \"$1\" != --version ] || exec %1$s --version\n" + otherwise;
    }

    /** A script that the services find before the program itself. */
    private static final class InItsPlace implements Trouble {
        private final String tool;
        private final String script;

        /** @param script with the path of the program itself and a number of bytes to fill in */
        InItsPlace(String tool, String script) {
            this.tool = tool;
            this.script = script;
        }

        @Override
        public JarCommand command(Scene scene, Random random, JarCommand command) throws IOException {
            Path itself = scene.client().folder().resolve(tool);
            Path folder = scene.folder();
            Path program = folder.resolve(tool);
            Files.writeString(program, "#!/bin/sh\n" + script.formatted(itself, random.nextInt(DUMP_BYTES)));
            Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
            return command.environment("POSTGRES_BIN_DIRS", folder.toString());
        }

        @Override
        public void end(Scene scene) throws IOException {
            Files.deleteIfExists(scene.folder().resolve(tool));
        }
    }
}
