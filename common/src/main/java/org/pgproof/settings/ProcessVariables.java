package org.pgproof.settings;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/**
 * The variables of this process as UTF-8. Where the locale is C, as in many containers, Java reads every other character than
 * ASCII as a replacement character: a password would be lost.
 */
final class ProcessVariables {
    private static final Path ENVIRONMENT = Path.of("/proc/self/environ");

    private ProcessVariables() {}

    static Map<String, String> read() {
        Map<String, String> variables = new HashMap<>(System.getenv());
        try {
            variables.putAll(parse(Files.readAllBytes(ENVIRONMENT)));
        } catch (IOException e) {
            // No such file on this system: Java's reading has to do.
            return variables;
        }
        return variables;
    }

    /** The variables that are UTF-8, from a block of {@code NAME=value} with a NUL after each. */
    static Map<String, String> parse(byte[] block) {
        Map<String, String> variables = new HashMap<>();
        int start = 0;
        for (int end = 0; end < block.length; end++) {
            if (block[end] == 0) {
                add(ByteBuffer.wrap(block, start, end - start), variables);
                start = end + 1;
            }
        }
        return variables;
    }

    private static void add(ByteBuffer bytes, Map<String, String> variables) {
        try {
            String variable = StandardCharsets.UTF_8.newDecoder().decode(bytes).toString();
            int equals = variable.indexOf('=');
            if (equals > 0) {
                variables.put(variable.substring(0, equals), variable.substring(equals + 1));
            }
        } catch (CharacterCodingException e) {
            // Not text: left as Java reads it.
            return;
        }
    }
}
