package org.pgproof.verify.comparison;

import java.util.List;
import org.pgproof.manifest.Manifest;

/** What the options of {@code pg_dump} chose; it takes any unambiguous beginning of a long option's name. */
record DumpChoices(List<String> options) {
    static DumpChoices of(Manifest manifest) {
        return new DumpChoices(manifest.dumpOptions());
    }

    boolean quotesAllIdentifiers() {
        return has("--q");
    }

    /** Where schemas are chosen, {@code public} is defined like any other, and what lies in no schema is not dumped. */
    boolean choosesSchemas() {
        return options.stream()
                .anyMatch(option -> option.startsWith("--schema=")
                        || option.equals("--schema")
                        || (option.startsWith("-n") && !option.startsWith("--")));
    }

    /** Returns the options that shape how definitions are worded; those that choose objects have done their work. */
    List<String> wording() {
        return options.stream()
                .filter(option -> option.startsWith("--no-")
                        || option.startsWith("--q")
                        || option.startsWith("--disable-d")
                        || option.startsWith("--us")
                        || option.equals("-x")
                        || option.equals("-O"))
                .toList();
    }

    private boolean has(String beginning) {
        return options.stream().anyMatch(option -> option.startsWith(beginning));
    }
}
