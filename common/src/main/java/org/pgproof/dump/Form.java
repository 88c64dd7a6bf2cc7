package org.pgproof.dump;

import java.util.Collection;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What a manifest's texts can look like if this software wrote them. They go into statements and command lines of the
 * verifier, and whoever may write to the bucket may write a manifest: one of another form is not readable.
 */
public final class Form {
    private static final Pattern ENCODING = Pattern.compile("[A-Za-z0-9_-]{1,63}");
    private static final Pattern VERSION = Pattern.compile("[0-9]{1,4}(?:\\.[0-9]{1,4})?");
    private static final Set<String> LOCALE_PROVIDERS = Set.of("libc", "icu", "builtin");

    private Form() {}

    /** The name of an encoding: {@code pg_dump} puts it into a statement as it stands. */
    public static void requireEncoding(String encoding) {
        require(ENCODING.matcher(encoding).matches(), "what is no name of an encoding where one belongs");
    }

    public static void requireVersion(String version) {
        require(VERSION.matcher(version).matches(), "what is no version number where one belongs");
    }

    public static void requireLocaleProvider(String provider) {
        require(LOCALE_PROVIDERS.contains(provider), "an unknown provider of locales");
    }

    /** A text that PostgreSQL can hold: C programs take a NUL for its end. */
    public static void requireStorable(String text) {
        require(text.indexOf('\0') < 0, "a text with a NUL character");
    }

    public static void requireStorable(Collection<String> texts) {
        texts.forEach(Form::requireStorable);
    }

    private static void require(boolean holds, String found) {
        if (!holds) {
            throw new IllegalArgumentException("the manifest holds " + found);
        }
    }
}
