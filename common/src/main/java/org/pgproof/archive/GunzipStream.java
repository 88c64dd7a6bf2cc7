package org.pgproof.archive;

import java.io.IOException;
import java.io.InputStream;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * Unpacks a gzip file of any number of members (RFC 1952) and takes nothing on trust: unlike the JDK's stream it fails
 * on whatever follows a member and is not another one, so that a damaged header never looks like the end.
 */
public final class GunzipStream extends InputStream {
    private static final int FIXED_HEADER = 10;
    private static final int FHCRC = 2;
    private static final int FEXTRA = 4;
    private static final int FNAME = 8;
    private static final int FCOMMENT = 16;
    private static final int RESERVED = 0xe0;

    private final InputStream in;
    private final Inflater inflater = new Inflater(true);
    private final CRC32 crc = new CRC32();
    private final byte[] buffer = new byte[64 * 1024];

    private int position;
    private int limit;
    private boolean inMember;
    private boolean ended;
    private boolean marked;
    private long members;
    private long memberStart;

    /** @param in closed with this stream */
    public GunzipStream(InputStream in) {
        this.in = in;
    }

    /** Returns how many bytes had been unpacked before the member that is being read, or is to be read next. */
    public long memberStart() {
        return memberStart;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        while (!ended) {
            if (!inMember) {
                beginMember();
                continue;
            }
            int read = inflate(target, offset, length);
            if (read > 0) {
                crc.update(target, offset, read);
                return read;
            }
        }
        return -1;
    }

    private void beginMember() throws IOException {
        if (position == limit && !fill()) {
            if (members == 0) {
                throw new CorruptArchiveException("the object is empty: it holds no gzip member");
            }
            ended = true;
            return;
        }
        header();
        inflater.reset();
        crc.reset();
        inMember = true;
        members++;
    }

    private int inflate(byte[] target, int offset, int length) throws IOException {
        try {
            int read = inflater.inflate(target, offset, length);
            if (read == 0 && inflater.finished()) {
                position = limit - inflater.getRemaining();
                trailer();
                memberStart += inflater.getBytesWritten();
                inMember = false;
            } else if (read == 0) {
                if (inflater.needsDictionary()) {
                    throw new CorruptArchiveException("gzip member " + members + " asks for a dictionary");
                }
                feed();
            }
            return read;
        } catch (DataFormatException e) {
            throw new CorruptArchiveException("gzip member " + members + " is damaged: " + e.getMessage());
        }
    }

    private void feed() throws IOException {
        if (inflater.getRemaining() == 0 && position == limit && !fill()) {
            throw new CorruptArchiveException("the file ends inside gzip member " + members);
        }
        inflater.setInput(buffer, position, limit - position);
        position = limit;
    }

    private void header() throws IOException {
        byte[] fixed = new byte[FIXED_HEADER];
        for (int i = 0; i < FIXED_HEADER; i++) {
            fixed[i] = (byte) required();
        }
        int flags = fixed[3];
        if (fixed[0] != 0x1f || fixed[1] != (byte) 0x8b || fixed[2] != 8 || (flags & RESERVED) != 0) {
            throw new CorruptArchiveException(
                    members == 0
                            ? "the object is no gzip file"
                            : "what follows gzip member " + members + " is no gzip member");
        }
        if ((flags & FEXTRA) != 0) {
            skip(required() | required() << 8);
        }
        if ((flags & FNAME) != 0) {
            skipText();
        }
        if ((flags & FCOMMENT) != 0) {
            boolean ours = isText(DumpMark.COMMENT);
            marked |= ours && members == 0;
        }
        if ((flags & FHCRC) != 0) {
            skip(2);
        }
    }

    private void trailer() throws IOException {
        long expected = number();
        long size = number();
        if (expected != crc.getValue() || size != (inflater.getBytesWritten() & 0xffffffffL)) {
            throw new CorruptArchiveException("gzip member " + members + " is damaged: its checksum does not match");
        }
        if (marked && inflater.getBytesWritten() == 0) {
            throw new CorruptArchiveException("gzip member " + members + " is empty, as none of a backup is");
        }
    }

    /** Four bytes, the lowest first. */
    private long number() throws IOException {
        long value = 0;
        for (int shift = 0; shift < Integer.SIZE; shift += Byte.SIZE) {
            value |= (long) required() << shift;
        }
        return value;
    }

    private void skip(int count) throws IOException {
        for (int i = 0; i < count; i++) {
            required();
        }
    }

    private void skipText() throws IOException {
        int value = required();
        while (value != 0) {
            value = required();
        }
    }

    /** Reads a text to its end and returns whether it is this one. */
    private boolean isText(String text) throws IOException {
        boolean same = true;
        int length = 0;
        for (int value = required(); value != 0; value = required()) {
            same &= length < text.length() && text.charAt(length) == value;
            length++;
        }
        return same && length == text.length();
    }

    private int required() throws IOException {
        if (position == limit && !fill()) {
            throw new CorruptArchiveException("the file ends inside gzip member " + (members + (inMember ? 0 : 1)));
        }
        return buffer[position++] & 0xff;
    }

    private boolean fill() throws IOException {
        int read = in.read(buffer, 0, buffer.length);
        position = 0;
        limit = Math.max(0, read);
        return read > 0;
    }

    @Override
    public void close() throws IOException {
        inflater.end();
        in.close();
    }
}
