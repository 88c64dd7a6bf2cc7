package org.pgproof.manifest.contents;

import java.util.List;

/** Finds tables by name in a list of them, for a few bytes each. Not for use by several threads while it grows. */
public final class TableIndex {
    private final List<TableContent> tables;
    private int[] slots = new int[64]; // a table's place + 1, near its name's hash; 0 for none
    private int size;

    /** Finds what is in the list now; {@link #add} what is appended later. */
    public TableIndex(List<TableContent> tables) {
        this.tables = tables;
        tables.forEach(this::add);
    }

    /** Takes up the next table of the list; of two with the same name the first is found. */
    public void add(TableContent table) {
        if (3 * size >= slots.length) {
            grow();
        }
        size++;
        slots[free(slots, hash(table.schema(), table.name()))] = size;
    }

    /** Returns the place of a table in the list, or -1. */
    public int find(String schema, String name) {
        for (int slot = hash(schema, name) & (slots.length - 1);
                slots[slot] != 0;
                slot = (slot + 1) & (slots.length - 1)) {
            TableContent table = tables.get(slots[slot] - 1);
            if (table.name().equals(name) && table.schema().equals(schema)) {
                return slots[slot] - 1;
            }
        }
        return -1;
    }

    private void grow() {
        int[] larger = new int[2 * slots.length];
        for (int place = 0; place < size; place++) {
            TableContent table = tables.get(place);
            larger[free(larger, hash(table.schema(), table.name()))] = place + 1;
        }
        slots = larger;
    }

    private static int free(int[] slots, int hash) {
        int slot = hash & (slots.length - 1);
        while (slots[slot] != 0) {
            slot = (slot + 1) & (slots.length - 1);
        }
        return slot;
    }

    private static int hash(String schema, String name) {
        int hash = 31 * schema.hashCode() + name.hashCode();
        hash *= 0x9e3779b9; // names that count up would lie side by side
        return hash ^ (hash >>> 15);
    }
}
