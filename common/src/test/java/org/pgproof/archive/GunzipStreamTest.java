package org.pgproof.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;

class GunzipStreamTest {
    private static final byte[] FIRST = "the first member, the first member\n".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] SECOND = "the second\n".getBytes(StandardCharsets.US_ASCII);

    private static byte[] gzip(byte[] text) throws IOException {
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(file)) {
            gzip.write(text);
        }
        return file.toByteArray();
    }

    private static byte[] joined(byte[] first, byte[] second) {
        byte[] all = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, all, first.length, second.length);
        return all;
    }

    private static byte[] unpack(byte[] file) throws IOException {
        try (GunzipStream stream = new GunzipStream(new ByteArrayInputStream(file))) {
            return stream.readAllBytes();
        }
    }

    @Test
    void unpacksMembersOneAfterTheOther() throws Exception {
        assertThat(unpack(joined(gzip(FIRST), gzip(SECOND)))).isEqualTo(joined(FIRST, SECOND));
        assertThat(unpack(gzip(new byte[0]))).isEmpty();
    }

    @Test
    void cutAnywhereButBetweenMembersIsDamage() throws Exception {
        byte[] first = gzip(FIRST);
        byte[] whole = joined(first, gzip(SECOND));
        for (int length = 0; length < whole.length; length++) {
            byte[] cut = Arrays.copyOf(whole, length);
            if (length == first.length) {
                assertThat(unpack(cut)).isEqualTo(FIRST); // what the manifest's digest is for
            } else {
                assertThatThrownBy(() -> unpack(cut))
                        .as("%d bytes", length)
                        .isInstanceOf(CorruptArchiveException.class);
            }
        }
    }

    @Test
    void everyFlippedBitIsDamageOrChangesNothing() throws Exception {
        byte[] whole = joined(gzip(FIRST), gzip(SECOND));
        for (int bit = 0; bit < whole.length * 8; bit++) {
            byte[] flipped = whole.clone();
            flipped[bit / 8] ^= (byte) (1 << bit % 8);
            byte[] unpacked;
            try {
                unpacked = unpack(flipped);
            } catch (CorruptArchiveException expected) {
                continue;
            }
            assertThat(unpacked).as("bit %d", bit).isEqualTo(joined(FIRST, SECOND));
        }
    }

    @Test
    void whatFollowsAMemberMustBeAnother() throws Exception {
        for (byte[] garbage :
                new byte[][] {{0}, {0x1f}, {0x1f, (byte) 0x8b}, "garbage behind it".getBytes(StandardCharsets.US_ASCII)
                }) {
            assertThatThrownBy(() -> unpack(joined(gzip(FIRST), garbage))).isInstanceOf(CorruptArchiveException.class);
        }
    }

    @Test
    void nothingIsNoArchive() {
        assertThatThrownBy(() -> unpack(new byte[0]))
                .isInstanceOf(CorruptArchiveException.class)
                .hasMessageContaining("empty");
    }

    @Test
    void aMarkedFileHoldsNoEmptyMember() throws Exception {
        byte[] empty = gzip(new byte[0]);
        byte[] marked = marked(gzip(FIRST));

        assertThat(unpack(marked)).isEqualTo(FIRST);
        assertThat(unpack(joined(gzip(FIRST), empty))).isEqualTo(FIRST); // other software writes such
        assertThatThrownBy(() -> unpack(joined(marked, empty)))
                .isInstanceOf(CorruptArchiveException.class)
                .hasMessageContaining("member 2 is empty");
    }

    /** Puts our comment into the header of the first member. */
    private static byte[] marked(byte[] file) {
        byte[] head = Arrays.copyOf(file, 10);
        head[3] = 16;
        byte[] comment = "pgproof\0".getBytes(StandardCharsets.ISO_8859_1);
        return joined(joined(head, comment), Arrays.copyOfRange(file, 10, file.length));
    }
}
