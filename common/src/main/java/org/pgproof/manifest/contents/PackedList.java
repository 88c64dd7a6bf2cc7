package org.pgproof.manifest.contents;

import java.util.AbstractList;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.RandomAccess;

/**
 * A list that keeps its values as bytes and makes them anew when asked: the definitions of a hundred thousand tables
 * take a quarter of the memory they would take as objects. Grows at its end. Once filled, any number of threads may read.
 */
abstract class PackedList<E> extends AbstractList<E> implements RandomAccess {
    private static final int OFFSET_BITS = 16;
    private static final int PAGE = 1 << OFFSET_BITS;

    private final SharedNames names = new SharedNames();
    private final Packer packer = new Packer(names);
    private final List<byte[]> pages = new ArrayList<>();
    private byte[] page = new byte[0];
    private int filled;
    private int[] addresses = new int[16];
    private int size;

    abstract void pack(E value, Packer to);

    abstract E unpack(Unpacker from);

    @Override
    public boolean add(E value) {
        if (size == addresses.length) {
            addresses = Arrays.copyOf(addresses, size + size / 2);
        }
        addresses[size++] = stored(value);
        modCount++;
        return true;
    }

    @Override
    public E set(int index, E value) {
        E before = get(index);
        addresses[index] = stored(value);
        return before;
    }

    @Override
    public E get(int index) {
        if (index >= size) {
            throw new IndexOutOfBoundsException(index);
        }
        int address = addresses[index];
        return unpack(new Unpacker(names, pages.get(address >>> OFFSET_BITS), address & (PAGE - 1)));
    }

    @Override
    public int size() {
        return size;
    }

    private int stored(E value) {
        packer.clear();
        pack(value, packer);
        if (filled + packer.length() > page.length) {
            page = new byte[Math.max(PAGE, packer.length())];
            pages.add(page);
            filled = 0;
        }
        System.arraycopy(packer.bytes(), 0, page, filled, packer.length());
        int address = ((pages.size() - 1) << OFFSET_BITS) | filled;
        filled += packer.length(); // a page longer than the others is full with its one value
        return address;
    }
}
