package org.pgproof.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JarProcessIT {
    @TempDir
    private Path folder = Path.of("");

    private Path jar = Path.of("");

    @BeforeEach
    void buildJar() throws IOException {
        jar = folder.resolve("tiny.jar");
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().put(Attributes.Name.MAIN_CLASS, TinyMain.class.getName());
        String entry = TinyMain.class.getName().replace('.', '/') + ".class";
        try (OutputStream file = Files.newOutputStream(jar);
                JarOutputStream target = new JarOutputStream(file, manifest);
                InputStream classFile = getClass().getResourceAsStream("TinyMain.class")) {
            assertThat(classFile).isNotNull();
            target.putNextEntry(new JarEntry(entry));
            classFile.transferTo(target);
        }
    }

    @Test
    void keepsStreamsApartAndReportsTheExitCode() {
        JarProcess ended = new JarCommand(jar).environment("GREETING", "hello").run();
        assertThat(ended.awaitExit()).isEqualTo(3);
        assertThat(ended.stdout()).contains("arguments").doesNotContain("hello");
        assertThat(ended.stderr()).isEqualTo("greeting hello");
        assertThat(ended.log()).contains("arguments", "greeting hello");
    }

    @Test
    void hidesOurOwnEnvironment() {
        JarProcess ended = new JarCommand(jar).without("LANG").run();
        assertThat(ended.stdout()).contains("PATH", JarCommand.MARK).doesNotContain("LANG", "USER");
        assertThat(ended.stdout()).doesNotContainPattern("\\bHOME\\b"); // JAVA_HOME may be there
    }

    @Test
    void failsRatherThanWaitForEver() {
        try (JarProcess process = new JarCommand(jar).arguments("stay").start()) {
            assertThatThrownBy(() -> process.awaitLog("never", Duration.ofMillis(200)))
                    .isInstanceOf(AssertionError.class)
                    .hasMessageContaining("did not log \"never\"");
            assertThatThrownBy(() -> process.awaitExit(Duration.ofMillis(200)))
                    .isInstanceOf(AssertionError.class)
                    .hasMessageContaining("it runs");
        }
    }

    @Test
    void findsChildrenThatOutliveTheJar() {
        JarProcess process = new JarCommand(jar).arguments("stay").start();
        try (process) {
            process.awaitLog("^ready$");
            assertThat(process.terminate(Signal.TERM)).isEqualTo(143);
            assertThat(process.stdout()).endsWith("stopping");
            assertThat(process.orphans()).singleElement().asString().contains("sleep");
        }
        assertThat(process.orphans()).isEmpty();
    }
}
