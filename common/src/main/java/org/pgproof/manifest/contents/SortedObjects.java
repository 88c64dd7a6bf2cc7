package org.pgproof.manifest.contents;

import java.util.AbstractList;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.RandomAccess;
import java.util.TreeMap;
import org.pgproof.definition.SchemaObject;

/** Schema objects in an order of their own, without a second copy of them. */
public final class SortedObjects extends AbstractList<SchemaObject> implements RandomAccess {
    private final List<SchemaObject> objects;
    private final int[] places;

    private SortedObjects(List<SchemaObject> objects, int[] places) {
        this.objects = objects;
        this.places = places;
    }

    /** Returns the objects by kind, then by the given order; equal ones stay as they are. */
    public static List<SchemaObject> of(List<SchemaObject> objects, Comparator<SchemaObject> withinKind) {
        Map<String, List<Integer>> byKind = new TreeMap<>(); // each nearly sorted, as pg_dump sorts too
        int place = 0;
        for (SchemaObject object : objects) {
            byKind.computeIfAbsent(object.kind(), kind -> new ArrayList<>()).add(place++);
        }
        int[] places = new int[place];
        int filled = 0;
        for (List<Integer> ofKind : byKind.values()) {
            ofKind.sort((one, other) -> withinKind.compare(objects.get(one), objects.get(other)));
            for (int next : ofKind) {
                places[filled++] = next;
            }
        }
        return new SortedObjects(objects, places);
    }

    @Override
    public SchemaObject get(int index) {
        return objects.get(places[index]);
    }

    @Override
    public int size() {
        return places.length;
    }
}
