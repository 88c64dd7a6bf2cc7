package org.pgproof.manifest;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/** Reads one value from the bytes that {@link Packer} wrote. */
final class Unpacker {
    private final SharedNames names;
    private final byte[] bytes;
    private int position;

    Unpacker(SharedNames names, byte[] bytes, int position) {
        this.names = names;
        this.bytes = bytes;
        this.position = position;
    }

    long number() {
        long left = 0;
        int shift = 0;
        byte next;
        do {
            next = bytes[position++];
            left |= (next & 0x7fL) << shift;
            shift += 7;
        } while (next < 0);
        return (left >>> 1) ^ -(left & 1);
    }

    String text() {
        int length = (int) number();
        return length >= 0
                ? new String(bytes, skip(length), length, StandardCharsets.US_ASCII)
                : ByteBuffer.wrap(bytes, skip(-length), -length).asCharBuffer().toString();
    }

    String name() {
        int place = (int) number();
        return place < 0 ? text() : names.at(place);
    }

    @Nullable
    String hex() {
        int length = (int) number();
        if (length == -2) {
            return null;
        }
        if (length == -1) {
            return text();
        }
        int start = skip(length);
        return HexFormat.of().formatHex(bytes, start, start + length);
    }

    private int skip(int length) {
        int start = position;
        position += length;
        return start;
    }
}
