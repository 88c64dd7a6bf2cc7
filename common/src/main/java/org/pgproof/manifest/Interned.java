package org.pgproof.manifest;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Keeps one copy of the names that a hundred thousand tables share. */
final class Interned {
    private final Map<String, String> names = new HashMap<>();
    private final Map<List<String>, List<String>> lists = new HashMap<>();

    String of(String name) {
        return names.computeIfAbsent(name, same -> same);
    }

    List<String> of(List<String> columns) {
        return lists.computeIfAbsent(columns, List::copyOf);
    }
}
