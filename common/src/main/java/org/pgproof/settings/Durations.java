package org.pgproof.settings;

import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads a length of time as people write it: {@code 3600}, {@code 90s}, {@code 15m}, {@code 6h}, {@code 7d}. */
public final class Durations {
    /** What a right value looks like, for messages. */
    public static final String FORM = "whole seconds (3600), or a whole number directly followed by s, m, h or d (90m)";

    private static final Pattern WRITTEN = Pattern.compile("([0-9]{1,18})([smhd]?)");
    private static final long LONGEST_SECONDS = Duration.ofDays(36_500).toSeconds();

    private Durations() {}

    /** The length of time, or empty when the text is none or is longer than a hundred years. */
    public static Optional<Duration> parse(String text) {
        Matcher written = WRITTEN.matcher(text);
        if (!written.matches()) {
            return Optional.empty();
        }
        long number = Long.parseLong(written.group(1));
        long unit =
                switch (written.group(2)) {
                    case "m" -> 60;
                    case "h" -> 3_600;
                    case "d" -> 86_400;
                    default -> 1;
                };
        return number > LONGEST_SECONDS / unit ? Optional.empty() : Optional.of(Duration.ofSeconds(number * unit));
    }
}
