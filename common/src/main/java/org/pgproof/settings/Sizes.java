package org.pgproof.settings;

import java.util.Locale;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads sizes in bytes as people write them. */
final class Sizes {
    /** How a size is written. */
    static final String FORM = "bytes, or a number with K, M, G or T, such as 500G";

    private static final Pattern SIZE = Pattern.compile("([0-9]{1,15})([KMGT]?)(?:I?B)?");
    private static final String UNITS = "KMGT";
    private static final int STEP = 10;

    private Sizes() {}

    static OptionalLong parse(String text) {
        Matcher size = SIZE.matcher(text.toUpperCase(Locale.ROOT));
        if (!size.matches()) {
            return OptionalLong.empty();
        }
        int shift = size.group(2).isEmpty() ? 0 : STEP * (UNITS.indexOf(size.group(2)) + 1);
        long number = Long.parseLong(size.group(1));
        return number > Long.MAX_VALUE >> shift ? OptionalLong.empty() : OptionalLong.of(number << shift);
    }
}
