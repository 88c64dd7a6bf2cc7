package org.pgproof.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** How to run a jar: collects options, then starts it. Of our own environment the jar sees only what it needs to run. */
public final class JarCommand {
    /** Every descendant inherits it, so that none can hide. */
    static final String MARK = "TESTKIT_PROCESS";

    private static final List<String> INHERITED = List.of("PATH", "JAVA_HOME", "LANG", "POSTGRES_BIN_DIRS");

    private final Path jar;
    private final Map<String, String> environment = new LinkedHashMap<>();
    private final List<String> jvmOptions = new ArrayList<>();
    private final List<String> arguments = new ArrayList<>();
    private Consumer<String> listener = line -> {};
    private @Nullable Path folder;

    JarCommand(Path jar) {
        this.jar = jar;
        for (String name : INHERITED) {
            String value = System.getenv(name);
            if (value != null) {
                environment.put(name, value);
            }
        }
    }

    public JarCommand environment(String name, String value) {
        environment.put(name, value);
        return this;
    }

    public JarCommand environment(Map<String, String> variables) {
        environment.putAll(variables);
        return this;
    }

    /** Takes a variable away again, also an inherited one. */
    public JarCommand without(String name) {
        environment.remove(name);
        return this;
    }

    public JarCommand arguments(String... more) {
        arguments.addAll(List.of(more));
        return this;
    }

    public JarCommand jvmOptions(String... more) {
        jvmOptions.addAll(List.of(more));
        return this;
    }

    /** Sets the working folder; by default it is a new empty one. */
    public JarCommand folder(Path workingFolder) {
        folder = workingFolder;
        return this;
    }

    /** Shows each line of both streams to somebody, from threads of the process. */
    public JarCommand listener(Consumer<String> lineListener) {
        listener = lineListener;
        return this;
    }

    /** Starts the jar; the caller closes the process. */
    public JarProcess start() {
        List<String> words = new ArrayList<>();
        words.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        words.addAll(jvmOptions);
        words.addAll(List.of("-jar", jar.toString()));
        words.addAll(arguments);
        Path place = folder == null ? Run.current().newDirectory("jar") : folder;
        ProcessBuilder builder = new ProcessBuilder(words).directory(place.toFile());
        String mark = UUID.randomUUID().toString();
        builder.environment().clear();
        builder.environment().putAll(environment);
        builder.environment().put(MARK, mark);
        try {
            return new JarProcess(jar.getFileName().toString(), builder.start(), mark, listener);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Runs the jar to its end and returns the ended process. */
    public JarProcess run() {
        try (JarProcess process = start()) {
            process.awaitExit();
            return process;
        }
    }
}
