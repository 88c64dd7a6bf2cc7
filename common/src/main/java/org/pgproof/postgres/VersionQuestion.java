package org.pgproof.postgres;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks a program for its version, within bounded time, whatever that program does. */
final class VersionQuestion {
    private static final Logger log = LoggerFactory.getLogger(VersionQuestion.class);

    private static final int LONGEST_ANSWER = 1000;

    private VersionQuestion() {}

    /** The first line that it prints; empty when it prints none in time or does not end well. */
    static Optional<String> ask(Path program, Duration time) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(program.toString(), "--version").redirectErrorStream(true);
        ChildEnvironment.clear(builder.environment());
        Process process = builder.start();
        try {
            process.getOutputStream().close();
            return answer(process, time);
        } catch (TimeoutException e) {
            log.warn("{} --version gave no answer within {} seconds: not used", program, time.toSeconds());
            return Optional.empty();
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
    }

    /** Reads aside and not to the end: a child that it leaves behind may hold the pipe open for ever. */
    private static Optional<String> answer(Process process, Duration time)
            throws InterruptedException, TimeoutException {
        CompletableFuture<String> line = new CompletableFuture<>();
        Thread reader = new Thread(() -> line.complete(firstLine(process.getInputStream())), "version");
        reader.setDaemon(true);
        reader.start();
        long deadline = System.nanoTime() + time.toNanos();
        if (!process.waitFor(time.toNanos(), TimeUnit.NANOSECONDS)) {
            throw new TimeoutException();
        }
        if (process.exitValue() != 0) {
            return Optional.empty();
        }
        try {
            return Optional.of(line.get(deadline - System.nanoTime(), TimeUnit.NANOSECONDS))
                    .filter(answer -> !answer.isEmpty());
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause()); // the reader always completes it
        }
    }

    private static String firstLine(InputStream output) {
        StringBuilder line = new StringBuilder();
        try (BufferedReader reader = new BufferedReader(new InputStreamReader(output, StandardCharsets.UTF_8))) {
            for (int character = reader.read();
                    character >= 0 && character != '\n' && line.length() < LONGEST_ANSWER;
                    character = reader.read()) {
                line.append((char) character);
            }
        } catch (IOException e) {
            return ""; // it was killed
        }
        return line.toString();
    }
}
