package org.pgproof.manifest.contents;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;
import org.pgproof.definition.Printing;

/** Writes one value as the bytes that {@link Unpacker} reads. */
final class Packer {
    private static final int LONGEST_HEX = 64;

    private final SharedNames names;
    private byte[] bytes = new byte[256];
    private int length;

    Packer(SharedNames names) {
        this.names = names;
    }

    void clear() {
        length = 0;
    }

    byte[] bytes() {
        return bytes;
    }

    int length() {
        return length;
    }

    /** Any number; small ones, of either sign, take one byte. */
    void number(long number) {
        long left = (number << 1) ^ (number >> 63);
        while ((left & ~0x7fL) != 0) {
            append((byte) (left | 0x80));
            left >>>= 7;
        }
        append((byte) left);
    }

    /** Any text, also one that is no valid Unicode. */
    void text(String text) {
        boolean ascii = text.chars().allMatch(character -> character < 0x80);
        byte[] encoded = ascii ? text.getBytes(StandardCharsets.US_ASCII) : wide(text);
        number(ascii ? encoded.length : -encoded.length);
        append(encoded);
    }

    /** Charsets would replace what is half a character. */
    private static byte[] wide(String text) {
        ByteBuffer encoded = ByteBuffer.allocate(2 * text.length());
        encoded.asCharBuffer().put(text);
        return encoded.array();
    }

    /** A text that many values share. */
    void name(String name) {
        int place = names.placeOf(name);
        number(place);
        if (place < 0) {
            text(name);
        }
    }

    /** A text that is, if all is well, lower-case hexadecimal digits. */
    void hex(@Nullable String text) {
        if (text == null) {
            number(-2);
        } else if (isHex(text)) {
            number(text.length() / 2);
            append(HexFormat.of().parseHex(text));
        } else {
            number(-1);
            text(text);
        }
    }

    void printing(@Nullable Printing printing) {
        number(printing == null ? 0 : printing.statements());
        if (printing != null) {
            hex(printing.canonical().digits());
            hex(
                    printing.common().equals(printing.canonical())
                            ? null
                            : printing.common().digits());
            hex(printing.substance().digits());
        }
    }

    private static boolean isHex(String text) {
        return text.length() <= LONGEST_HEX
                && text.length() % 2 == 0
                && text.chars().allMatch(digit -> (digit >= '0' && digit <= '9') || (digit >= 'a' && digit <= 'f'));
    }

    private void append(byte... more) {
        if (length + more.length > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, length + more.length));
        }
        System.arraycopy(more, 0, bytes, length, more.length);
        length += more.length;
    }
}
