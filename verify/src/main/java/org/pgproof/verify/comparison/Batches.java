package org.pgproof.verify.comparison;

import java.util.List;
import java.util.stream.IntStream;

/** Cuts a long list into queries of a bearable length. */
final class Batches {
    private static final int SIZE = 200;

    private Batches() {}

    static <T> List<List<T>> of(List<T> all) {
        return IntStream.iterate(0, from -> from < all.size(), from -> from + SIZE)
                .mapToObj(from -> all.subList(from, Math.min(all.size(), from + SIZE)))
                .toList();
    }
}
