package org.pgproof.verify.restore;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Tells a dump's text from its rows while it streams by in chunks cut anywhere: the text is held until someone takes it,
 * the rows go out in blocks, without the line that ends them. Offsets are those in the dump.
 */
final class TextAndRows {
    private static final byte[] END_OF_ROWS = "\\.\n".getBytes(StandardCharsets.US_ASCII);

    private final HeldText text = new HeldText();
    private final RowBlocks rows;
    private byte[] chunk = new byte[0];
    private long chunkStart;
    private long chunkEnd;
    private long cursor;
    private boolean inRows;
    /** Bytes taken from the start of what may become the line that ends the rows. */
    private int heldBack;

    /** @param rows receives the rows */
    TextAndRows(RowBlocks rows) {
        this.rows = rows;
    }

    /** Returns the text read so far that nobody has taken. */
    HeldText text() {
        return text;
    }

    boolean inRows() {
        return inRows;
    }

    /** Goes on with the next chunk, which is read here until the one after it. */
    void next(byte[] bytes, int length) {
        chunk = bytes;
        chunkStart = chunkEnd;
        chunkEnd = chunkStart + length;
    }

    /** Takes the bytes of the chunk up to an offset for what they are. */
    void advance(long offset) throws InterruptedException {
        int count = (int) (offset - cursor);
        if (count > 0) {
            int from = (int) (cursor - chunkStart);
            if (inRows) {
                rows.add(END_OF_ROWS, 0, heldBack); // it was a row after all
                heldBack = 0;
                rows.add(chunk, from, count);
            } else {
                text.append(chunk, from, count);
            }
            cursor = offset;
        }
    }

    /**
     * Takes all of the chunk, but holds back what may become the line that ends the rows.
     *
     * @param boundary the scanner's, after the chunk
     */
    void advanceToEnd(long boundary) throws InterruptedException {
        if (inRows && mayEndRows((int) Math.min(END_OF_ROWS.length, chunkEnd - boundary))) {
            advance(boundary);
            heldBack = (int) (chunkEnd - boundary);
            cursor = chunkEnd;
        } else {
            advance(chunkEnd);
        }
    }

    /** @param begun number of bytes after the last whole row, of which some may be held back from earlier chunks */
    private boolean mayEndRows(int begun) {
        int length = (int) (chunkEnd - chunkStart);
        int earlier = Math.max(0, begun - length);
        if (begun == 0 || begun == END_OF_ROWS.length || earlier > heldBack) {
            return false;
        }
        return Arrays.equals(END_OF_ROWS, earlier, begun, chunk, length - begun + earlier, length);
    }

    /** Says that rows follow, of the COPY that the text up to here ends with. */
    void rowsBegin(CopyStatement copy) {
        rows.begin(copy);
        inRows = true;
    }

    /** Says that rows end at an offset, where the line begins that says so: each session is given one of its own. */
    void rowsEnd(long offset) throws InterruptedException {
        advance(offset);
        rows.end();
        inRows = false;
        heldBack = 0;
        cursor = offset + END_OF_ROWS.length;
        text.moveTo(cursor);
    }
}
