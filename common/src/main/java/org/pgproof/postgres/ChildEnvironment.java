package org.pgproof.postgres;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Gives a child process its variables as UTF-8, whatever the locale. Where the locale is C, as in many containers, Java
 * replaces every other character than ASCII by a question mark; then a shell makes the value from its octal digits.
 */
final class ChildEnvironment {
    private static final String ENCODED = "PGPROOF_OCTAL_";
    private static final List<String> NOT_FOR_TOOLS = List.of("PG", "S3_", "AWS_", "DATABASE_URL");

    private ChildEnvironment() {}

    /** Removes what would change whom a client tool connects to, and secrets it has no use for. */
    static void clear(Map<String, String> inherited) {
        inherited.keySet().removeIf(ChildEnvironment::isNotForTools);
    }

    private static boolean isNotForTools(String variable) {
        return NOT_FOR_TOOLS.stream().anyMatch(variable::startsWith);
    }

    /** Sets the variables of a process that is yet to be started, and with them, if need be, its command. */
    static void set(ProcessBuilder builder, Map<String, String> variables) {
        set(builder, variables, isUtf8());
    }

    static void set(ProcessBuilder builder, Map<String, String> variables, boolean utf8) {
        StringBuilder script = new StringBuilder();
        variables.forEach((name, value) -> {
            if (utf8 || value.chars().allMatch(character -> character < 0x80)) {
                builder.environment().put(name, value);
            } else {
                builder.environment().remove(name);
                builder.environment().put(ENCODED + name, octal(value));
                // The full stop keeps a newline at the end, which the shell would drop.
                script.append(String.format(
                        "%1$s=$(printf '%%b.' \"$%2$s\"); %1$s=${%1$s%%.}; export %1$s; unset %2$s; ",
                        name, ENCODED + name));
            }
        });
        if (!script.isEmpty()) {
            List<String> command = new ArrayList<>(List.of("/bin/sh", "-c", script + "exec \"$@\"", "sh"));
            command.addAll(builder.command());
            builder.command(command);
        }
    }

    private static boolean isUtf8() {
        return Charset.defaultCharset().equals(StandardCharsets.UTF_8)
                && "UTF-8".equals(System.getProperty("sun.jnu.encoding"));
    }

    private static String octal(String value) {
        StringBuilder octal = new StringBuilder();
        for (byte each : value.getBytes(StandardCharsets.UTF_8)) {
            octal.append(String.format("\\0%03o", each & 0xff));
        }
        return octal.toString();
    }
}
