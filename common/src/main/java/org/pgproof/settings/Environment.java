package org.pgproof.settings;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * The environment variables as settings. A reader that meets a wrong value records a {@link Problem} and returns a value to
 * go on with, so that all problems are found in one pass; {@link #read} throws them together. An empty value is none. A value
 * may lie in the file that {@code NAME_FILE} names.
 */
public final class Environment {
    private final Map<String, String> variables;
    private final Problems problems;
    private final ValueFiles files;

    private Environment(Map<String, String> variables, Problems problems) {
        this.variables = variables;
        this.problems = problems;
        this.files = new ValueFiles(variables, problems);
    }

    /** The settings in the variables of this process. */
    public static Environment ofProcess() {
        return of(ProcessVariables.read());
    }

    /** The settings in these variables. */
    public static Environment of(Map<String, String> variables) {
        Map<String, String> given = new TreeMap<>(variables);
        given.values().removeIf(String::isEmpty);
        return new Environment(given, new Problems());
    }

    /** These settings and, for what they do not set, those of a {@code .env} file. */
    public Environment withFile(Path file) {
        Map<String, String> merged = new TreeMap<>(variables);
        EnvFile.read(file, problems).forEach((name, value) -> {
            boolean given = files.isFileName(name) && variables.containsKey(files.baseName(name));
            if (!given && !variables.containsKey(name + ValueFiles.SUFFIX) && !value.isEmpty()) {
                merged.putIfAbsent(name, value);
            }
        });
        return new Environment(merged, problems);
    }

    /** Lets the reader make its records of the settings, then throws every problem found, if there is one. */
    public <T> T read(Function<Environment, T> reader) throws InvalidSettingsException {
        T settings = reader.apply(this);
        UnknownNames.warn(variables.keySet(), problems);
        problems.throwIfAny();
        return settings;
    }

    /** What was found so far. */
    public Problems problems() {
        return problems;
    }

    /** Whether a value, or the file of one, is named, be it right or wrong. */
    public boolean isGiven(String name) {
        return files.isGiven(name);
    }

    /** The value, if one is given. */
    public Optional<String> optional(String name) {
        return files.value(name);
    }

    /** The value; if there is none, a problem and an empty text. */
    public String required(String name) {
        Optional<String> value = optional(name);
        if (value.isEmpty() && !files.isGiven(name)) {
            problems.error(name, "is not set", "set it to the " + meaning(name));
        }
        return value.orElse("");
    }

    /** The secret; if there is none, a problem and an empty secret. */
    public Secret secret(String name) {
        return new Secret(required(name));
    }

    /** The secret, if one is given. */
    public Optional<Secret> optionalSecret(String name) {
        return optional(name).map(Secret::new);
    }

    /** A length of time in seconds or with a unit; the default if there is none or it is wrong. */
    public Duration duration(String name, Duration byDefault, Duration least) {
        return optionalDuration(name, least).orElse(byDefault);
    }

    /** A length of time in seconds or with a unit, if one is given and right. */
    public Optional<Duration> optionalDuration(String name, Duration least) {
        Optional<String> value = trimmed(name);
        if (value.isEmpty()) {
            return Optional.empty();
        }
        Optional<Duration> duration = Durations.parse(value.get());
        if (duration.isEmpty()) {
            wrong(name, value.get(), "is no length of time", "use " + Durations.FORM);
        } else if (duration.get().compareTo(least) < 0) {
            wrong(name, value.get(), "is too short", "use at least " + least.toSeconds() + " seconds");
        } else {
            return duration;
        }
        return Optional.empty();
    }

    /** A whole number within bounds; the default if there is none or it is wrong. */
    public int integer(String name, int byDefault, int least, int most) {
        return optionalInteger(name, least, most).orElse(byDefault);
    }

    /** A whole number within bounds, if one is given and right. */
    public OptionalInt optionalInteger(String name, int least, int most) {
        Optional<String> value = trimmed(name);
        if (value.isEmpty()) {
            return OptionalInt.empty();
        }
        boolean whole = value.get().matches("[0-9]{1,10}");
        long number = whole ? Long.parseLong(value.get()) : -1;
        if (!whole || number < least || number > most) {
            String bounds = most == Integer.MAX_VALUE ? "of at least " + least : "from " + least + " to " + most;
            wrong(name, value.get(), "is not right", "use a whole number " + bounds);
            return OptionalInt.empty();
        }
        return OptionalInt.of((int) number);
    }

    /** A size in bytes, perhaps with a unit; the default if there is none or it is wrong. */
    public long bytes(String name, long byDefault) {
        return optionalBytes(name).orElse(byDefault);
    }

    /** A size in bytes, perhaps with a unit, if one is given and right. */
    public OptionalLong optionalBytes(String name) {
        Optional<String> value = trimmed(name);
        if (value.isEmpty()) {
            return OptionalLong.empty();
        }
        OptionalLong bytes = Sizes.parse(value.get());
        if (bytes.isEmpty() || bytes.getAsLong() == 0) {
            wrong(name, value.get(), "is no size", "use " + Sizes.FORM);
            return OptionalLong.empty();
        }
        return bytes;
    }

    /** {@code true} or {@code false}; the default if there is none or it is wrong. */
    public boolean bool(String name, boolean byDefault) {
        return choice(name, Boolean.toString(byDefault), "true", "false").equals("true");
    }

    /** {@code true} or {@code false}, if one is given and right. */
    public Optional<Boolean> optionalBool(String name) {
        return trimmed(name).isEmpty() ? Optional.empty() : Optional.of(bool(name, false));
    }

    /** One of the given values, in whatever case; the default if there is none or it is wrong. */
    public String choice(String name, String byDefault, String... values) {
        Optional<String> value = trimmed(name);
        if (value.isEmpty()) {
            return byDefault;
        }
        Optional<String> chosen = Arrays.stream(values)
                .filter(candidate -> candidate.equalsIgnoreCase(value.get()))
                .findFirst();
        if (chosen.isEmpty()) {
            wrong(name, value.get(), "is not known", "use " + String.join(" or ", values));
        }
        return chosen.orElse(byDefault);
    }

    /** Folders or files separated by {@code :}; none if there is no value. */
    public List<Path> paths(String name) {
        Optional<String> value = optional(name);
        if (value.isEmpty()) {
            return List.of();
        }
        try {
            return Arrays.stream(value.get().split(":"))
                    .filter(path -> !path.isBlank())
                    .map(Path::of)
                    .toList();
        } catch (InvalidPathException e) {
            wrong(name, value.get(), "is no list of paths", "use paths separated by :");
            return List.of();
        }
    }

    /** The variables whose name begins so, with those given as files; for the variables of libpq. */
    public Map<String, String> beginningWith(String start) {
        Map<String, String> found = new TreeMap<>();
        for (String name : variables.keySet()) {
            String setting = files.isFileName(name) ? files.baseName(name) : name;
            if (setting.startsWith(start)) {
                optional(setting).ifPresent(value -> found.put(setting, value));
            }
        }
        return found;
    }

    /** Only the names: values may be secrets. */
    @Override
    public String toString() {
        return "Environment" + variables.keySet();
    }

    private Optional<String> trimmed(String name) {
        return optional(name).map(String::strip).filter(value -> !value.isEmpty());
    }

    private void wrong(String name, String value, String wrong, String remedy) {
        problems.error(name, (files.isFromFile(name) ? "(from its file)" : Shown.quoted(value)) + " " + wrong, remedy);
    }

    private static String meaning(String name) {
        return Settings.named(name)
                .map(Setting::meaning)
                .map(text -> text.substring(0, 1).toLowerCase(Locale.ROOT) + text.substring(1))
                .orElse("right value");
    }
}
