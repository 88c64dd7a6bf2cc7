package org.pgproof.manifest.contents;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.pgproof.definition.Printing;
import org.pgproof.dump.Digest;

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

    @Nullable
    Printing printing() {
        int statements = (int) number();
        if (statements == 0) {
            return null;
        }
        Digest canonical = digest();
        @Nullable String common = hex();
        return new Printing(canonical, common == null ? canonical : Digest.ofDigits(common), digest(), statements);
    }

    private Digest digest() {
        return Digest.ofDigits(Objects.requireNonNull(hex()));
    }

    private int skip(int length) {
        int start = position;
        position += length;
        return start;
    }
}
