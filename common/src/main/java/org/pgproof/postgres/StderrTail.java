package org.pgproof.postgres;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;

/**
 * Drains a child's stderr so that it never blocks, and keeps its first and last lines within bounded memory and without
 * secrets.
 */
final class StderrTail implements Runnable {
    private static final int FIRST_LINES = 200;
    private static final int LAST_LINES = 50;
    private static final int LINE_LENGTH = 2000;
    /** As much again is read of a line, so that no secret is cut before it is hidden. */
    private static final int READ_LENGTH = 2 * LINE_LENGTH;

    private final InputStream stderr;
    private final SecretMask mask;
    private final List<String> first = new ArrayList<>();
    private final ArrayDeque<String> last = new ArrayDeque<>();

    StderrTail(InputStream stderr, SecretMask mask) {
        this.stderr = stderr;
        this.mask = mask;
    }

    @Override
    public void run() {
        try (BufferedReader reader = new BufferedReader(new InputStreamReader(stderr, StandardCharsets.UTF_8))) {
            StringBuilder line = new StringBuilder();
            for (int character = reader.read(); character >= 0; character = reader.read()) {
                if (character == '\n') {
                    keep(line.toString());
                    line.setLength(0);
                } else if (line.length() < READ_LENGTH && character != '\r') {
                    line.append((char) character);
                }
            }
            if (line.length() > 0) {
                keep(line.toString());
            }
        } catch (IOException e) {
            keep("(stderr could not be read further: " + e.getMessage() + ")");
        }
    }

    private synchronized void keep(String read) {
        String shown = mask.hide(read);
        String line = shown.substring(0, Math.min(shown.length(), LINE_LENGTH));
        if (first.size() < FIRST_LINES) {
            first.add(line);
        } else {
            last.addLast(line);
            if (last.size() > LAST_LINES) {
                last.removeFirst();
            }
        }
    }

    /** Returns the lines kept so far, in order. */
    synchronized List<String> lines() {
        List<String> lines = new ArrayList<>(first);
        lines.addAll(last);
        return lines;
    }
}
