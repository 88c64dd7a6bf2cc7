package org.pgproof.manifest.contents;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The names that many values of a list share, such as those of kinds, schemas and columns, each kept once. */
final class SharedNames {
    /** Past so many the rest are hardly shared. */
    private static final int MOST = 4096;

    private final List<String> names = new ArrayList<>();
    private final Map<String, Integer> places = new HashMap<>();

    /** Returns the place of a name; negative when there is no room for it. */
    int placeOf(String name) {
        Integer place = places.get(name);
        if (place != null) {
            return place;
        }
        if (names.size() == MOST) {
            return -1;
        }
        places.put(name, names.size());
        names.add(name);
        return names.size() - 1;
    }

    String at(int place) {
        return names.get(place);
    }
}
