package org.pgproof.store.s3;

import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import org.pgproof.store.StorageException;
import org.pgproof.store.StorageException.Reason;

/** Collects an upload's bytes in chunks and hands each full part to the sender. */
final class UploadBody extends OutputStream {
    private final PartSizes sizes;
    private final PartBuffers buffers;
    private final PartSender sender;
    private List<byte[]> chunks = new ArrayList<>();
    private int filled;
    private int partNumber = 1;
    private final AtomicLong size = new AtomicLong();
    private boolean closed;

    UploadBody(PartSizes sizes, PartBuffers buffers, PartSender sender) {
        this.sizes = sizes;
        this.buffers = buffers;
        this.sender = sender;
    }

    long size() {
        return size.get();
    }

    @Override
    public void write(int value) throws IOException {
        write(new byte[] {(byte) value}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, bytes.length);
        if (closed) {
            throw new IOException("The upload takes no more bytes");
        }
        sender.check();
        int from = offset;
        int left = length;
        while (left > 0) {
            int count = append(bytes, from, left);
            from += count;
            left -= count;
        }
    }

    /** Appends as much as fits into one chunk; a full part is sent only when another byte follows. */
    private int append(byte[] bytes, int offset, int length) throws IOException {
        int partSize = sizes.size(partNumber);
        if (filled == partSize) {
            sendPart();
            partSize = nextPart();
        }
        int within = filled % PartBuffers.CHUNK;
        if (within == 0) {
            chunks.add(buffers.take(partSize));
            sender.check();
        }
        int count = Math.min(length, PartBuffers.CHUNK - within);
        System.arraycopy(bytes, offset, chunks.get(chunks.size() - 1), within, count);
        filled += count;
        size.addAndGet(count);
        return count;
    }

    private int nextPart() throws StorageException {
        if (partNumber == sizes.maxParts()) {
            long mebibytes = sizes.capacity() / PartSizes.MEBIBYTE;
            String capacity = mebibytes < 10_240 ? mebibytes + " MiB" : mebibytes / 1_024 + " GiB";
            throw new StorageException(
                    Reason.LIMIT,
                    "The dump is larger than " + capacity + ", the most that " + sizes.maxParts()
                            + " parts hold: raise S3_MAX_PARTS if the store allows more (most allow 10000), or make the"
                            + " dump smaller by COMPRESSION_LEVEL or PG_DUMP_OPTIONS");
        }
        return sizes.size(++partNumber);
    }

    private void sendPart() throws IOException {
        UploadPart part = new UploadPart(partNumber, chunks, filled);
        chunks = new ArrayList<>();
        filled = 0;
        sender.send(part);
    }

    /** Sends what is left as the last part. */
    void finish() throws IOException {
        closed = true;
        if (filled > 0) {
            sendPart();
        }
    }

    /** Takes no more bytes; sends nothing, as only the publisher knows whether the dump is whole. */
    @Override
    public void close() {
        closed = true;
    }
}
