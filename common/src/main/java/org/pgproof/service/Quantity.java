package org.pgproof.service;

import java.time.Duration;
import java.util.Locale;

/** Sizes, counts and durations as a person reads them. */
public final class Quantity {
    private static final String[] UNITS = {"kB", "MB", "GB", "TB", "PB"};

    private Quantity() {}

    /** Returns a size in decimal units: {@code 258.3 MB}. */
    public static String bytes(long bytes) {
        if (bytes < 1000) {
            return bytes + " bytes";
        }
        double value = bytes;
        int unit = -1;
        while (value >= 999.95 && unit < UNITS.length - 1) {
            value /= 1000;
            unit++;
        }
        return String.format(Locale.ROOT, "%.1f %s", value, UNITS[unit]);
    }

    /** Returns a number with its thousands apart: {@code 2,000,000}. */
    public static String count(long count) {
        return String.format(Locale.ROOT, "%,d", count);
    }

    /** Returns a number of things, of which one is named like this: {@code 1 table}, {@code 2,000 tables}. */
    public static String count(long count, String thing) {
        return count(count) + " " + thing + (count == 1 ? "" : "s");
    }

    /** Returns a duration: {@code 8.4 s}, {@code 12 min 3 s}, {@code 2 h 5 min}, {@code 42 days 3 h}. */
    public static String duration(Duration duration) {
        long seconds = duration.toSeconds();
        if (seconds < 60) {
            return String.format(Locale.ROOT, "%.1f s", duration.toMillis() / 1000.0);
        }
        if (seconds < 3600) {
            return seconds / 60 + " min " + seconds % 60 + " s";
        }
        long hours = seconds / 3600;
        return hours < 48 ? hours + " h " + seconds % 3600 / 60 + " min" : hours / 24 + " days " + hours % 24 + " h";
    }

    /** Returns a duration and how many bytes a second passed in it: {@code 8.4 s, 103.0 MB/s}. */
    public static String rate(long bytes, Duration duration) {
        long milliseconds = Math.max(1, duration.toMillis());
        return duration(duration) + ", " + bytes((long) (bytes * 1000.0 / milliseconds)) + "/s";
    }
}
