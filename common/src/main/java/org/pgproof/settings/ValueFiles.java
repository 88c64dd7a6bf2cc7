package org.pgproof.settings;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** Looks a setting up in the environment, or in the file that its {@code NAME_FILE} names, as secrets are mounted. */
final class ValueFiles {
    static final String SUFFIX = "_FILE";

    private static final int LARGEST = 65_536;

    private final Map<String, String> variables;
    private final Problems problems;

    ValueFiles(Map<String, String> variables, Problems problems) {
        this.variables = variables;
        this.problems = problems;
    }

    /** The value, if there is one; two at once, or a file that gives none, is recorded. */
    Optional<String> value(String name) {
        String file = variables.get(name + SUFFIX);
        if (file == null) {
            return Optional.ofNullable(variables.get(name));
        }
        if (variables.containsKey(name)) {
            problems.error(name, "and " + name + SUFFIX + " are both set", "set only one of the two");
            return Optional.ofNullable(variables.get(name));
        }
        return content(name + SUFFIX, file);
    }

    /** Whether a value or a file was named, right or wrong. */
    boolean isGiven(String name) {
        return variables.containsKey(name) || variables.containsKey(name + SUFFIX);
    }

    /** Whether the value comes from a file. */
    boolean isFromFile(String name) {
        return variables.containsKey(name + SUFFIX);
    }

    /** Whether the variable names the file of a setting, unlike {@code VERIFY_BACKUP_FILE}, which is a setting itself. */
    boolean isFileName(String variable) {
        return variable.endsWith(SUFFIX) && Settings.named(variable).isEmpty();
    }

    /** The setting whose file the variable names. */
    String baseName(String variable) {
        return variable.substring(0, variable.length() - SUFFIX.length());
    }

    private Optional<String> content(String variable, String file) {
        String named = isPath(file) ? "names " + Shown.onOneLine(file) : "names a file";
        try (InputStream stream = Files.newInputStream(Path.of(file))) {
            byte[] bytes = stream.readNBytes(LARGEST + 1);
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            String value = text.replaceFirst("[\r\n]+$", "");
            if (bytes.length > LARGEST) {
                problems.error(
                        variable,
                        named + ", which is larger than 64 KiB",
                        "let the file hold the value and nothing else");
            } else if (value.isEmpty()) {
                problems.error(variable, named + ", which is empty", "write the value into it");
            } else if (value.indexOf('\0') >= 0) {
                problems.error(variable, named + ", which has a NUL byte", "let the file hold text");
            } else {
                return Optional.of(value);
            }
        } catch (NoSuchFileException e) {
            problems.error(variable, named + ", which does not exist", "give the path of a file that holds the value");
        } catch (CharacterCodingException e) {
            problems.error(variable, named + ", which is not UTF-8 text", "save it as UTF-8");
        } catch (IOException | InvalidPathException e) {
            problems.error(variable, named + ", which cannot be read", "give the path of a file this user may read");
        }
        return Optional.empty();
    }

    /** Not the value itself, which somebody may have put there: it begins with a folder that exists. */
    private static boolean isPath(String file) {
        try {
            Path path = Path.of(file);
            Path root = path.getRoot();
            return path.getNameCount() > 1
                    && Files.isDirectory(root == null ? path.getName(0) : root.resolve(path.getName(0)));
        } catch (InvalidPathException e) {
            return false;
        }
    }
}
