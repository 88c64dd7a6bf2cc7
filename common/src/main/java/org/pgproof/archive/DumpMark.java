package org.pgproof.archive;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** The comment in a dump's gzip header (RFC 1952, FCOMMENT) that tells our dumps from other people's. */
public final class DumpMark {
    /** The comment's text. */
    public static final String COMMENT = "pgproof";

    /** Bytes of the header that {@link #in} needs. */
    public static final int HEADER_LENGTH = 10 + COMMENT.length() + 1;

    private static final int FLAGS = 3;
    private static final int FIXED_HEADER = 10;
    private static final byte FCOMMENT = 16;

    private DumpMark() {}

    /** Returns whether a file that begins with these bytes is marked as ours. */
    public static boolean in(byte[] header) {
        return header.length >= HEADER_LENGTH
                && header[0] == 0x1f
                && header[1] == (byte) 0x8b
                && header[FLAGS] == FCOMMENT
                && new String(Arrays.copyOfRange(header, FIXED_HEADER, HEADER_LENGTH), StandardCharsets.ISO_8859_1)
                        .equals(COMMENT + "\0");
    }
}
