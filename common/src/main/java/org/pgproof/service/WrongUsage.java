package org.pgproof.service;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Says what is wrong with the arguments without repeating their values, any of which may be a secret in the wrong place. */
final class WrongUsage {
    private static final String HIDDEN = "***";
    /** The name of an option and nothing more. */
    private static final Pattern OPTION = Pattern.compile("(--[a-z]+(?:-[a-z]+)*)(?:=.*)?", Pattern.DOTALL);

    private WrongUsage() {}

    static String explain(ParameterException exception, String... arguments) {
        if (exception instanceof UnmatchedArgumentException unmatched) {
            return unmatched.getUnmatched().stream().map(WrongUsage::unknown).collect(Collectors.joining("\n"));
        }
        String message = String.valueOf(exception.getMessage());
        for (String argument : arguments) {
            message = hide(message, argument);
        }
        return message;
    }

    private static String unknown(String argument) {
        String name = name(argument);
        return !name.isEmpty()
                ? "Unknown option: " + name
                : "Unknown argument of " + argument.length()
                        + " characters, not shown as it may be a secret: settings are environment variables";
    }

    private static String hide(String message, String argument) {
        if (argument.equals(name(argument))) {
            return message;
        }
        int equals = argument.startsWith("--") ? argument.indexOf('=') : -1;
        String value = argument.substring(equals + 1);
        return value.isEmpty() ? message : message.replace(value, HIDDEN);
    }

    /** The name of the option that an argument is; empty if it is none. */
    private static String name(String argument) {
        Matcher option = OPTION.matcher(argument);
        return option.matches() ? option.group(1) : "";
    }
}
