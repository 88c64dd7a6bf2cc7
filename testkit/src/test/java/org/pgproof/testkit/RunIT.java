package org.pgproof.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RunIT {
    /** Starts a server, says which process it is and where its data lie, and waits to be ended. */
    public static void main(String[] arguments) throws Exception {
        LocalPostgres server = LocalPostgres.start(Integer.parseInt(arguments[0]));
        Path folder = server.socketDirectory();
        System.out.println(
                Files.readAllLines(folder.resolve("data/postmaster.pid")).get(0));
        System.out.println(folder);
        Thread.currentThread().join();
    }

    @ParameterizedTest
    @EnumSource(names = {"INT", "KILL", "TERM"})
    void noServerOutlivesItsJvm(Signal end) throws Exception {
        Process jvm = startJvm();
        try (BufferedReader output =
                new BufferedReader(new InputStreamReader(jvm.getInputStream(), StandardCharsets.UTF_8))) {
            ProcessHandle server =
                    ProcessHandle.of(Long.parseLong(output.readLine())).orElseThrow();
            Path folder = Path.of(output.readLine());
            end.send(jvm.pid());
            assertThat(jvm.waitFor(1, TimeUnit.MINUTES)).isTrue();
            server.onExit().get(1, TimeUnit.MINUTES);
            assertThat(server.isAlive()).isFalse();
            if (end != Signal.KILL) {
                assertThat(folder.getParent()).doesNotExist();
            }
        } finally {
            jvm.destroyForcibly();
        }
    }

    private static Process startJvm() throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin/java").toString(),
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        RunIT.class.getName(),
                        Integer.toString(
                                PostgresBinaries.jars().keySet().iterator().next()))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }
}
