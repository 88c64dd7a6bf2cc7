package org.pgproof.archive;

import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.pgproof.archive.deflate.Block;
import org.pgproof.archive.deflate.Deflation;

/**
 * Compresses blocks on several threads and writes each, in order, as a gzip member of its own; concatenated members are
 * one valid gzip file (RFC 1952, section 2.2). What is in flight is bounded by the number of threads.
 */
public final class GzipMembers implements AutoCloseable {
    /** At least so much of the unpacked dump lies between two members that the manifest lists. */
    private static final long LISTED_EVERY = 8L << 20;

    private final OutputStream out;
    private final ExecutorService pool;
    private final int inFlight;
    private final ThreadLocal<GzipMember> member;
    private final ArrayDeque<Future<Block>> pending = new ArrayDeque<>();
    private final ArrayDeque<Block> spare = new ArrayDeque<>();
    private final List<Layout.Member> listed = new ArrayList<>();
    private final List<GzipMember> members = new ArrayList<>();

    private long offset;
    private long position;
    private boolean first = true;

    /**
     * @param out receives the file; is not closed
     * @param deflations makes a compressor for each thread
     */
    GzipMembers(OutputStream out, int threads, Supplier<Deflation> deflations) {
        this.out = out;
        this.inFlight = threads + 1;
        this.pool = Executors.newFixedThreadPool(threads, task -> {
            Thread thread = new Thread(task, "compression");
            thread.setDaemon(true);
            return thread;
        });
        this.member = ThreadLocal.withInitial(() -> newMember(deflations.get()));
    }

    private GzipMember newMember(Deflation deflation) {
        GzipMember made = new GzipMember(deflation);
        synchronized (members) {
            members.add(made);
        }
        return made;
    }

    /** Returns a block to fill. */
    public Block block() {
        Block block = spare.poll();
        return block == null ? new Block() : block;
    }

    /** Takes a filled block that {@link #block} gave. */
    public void add(Block block) throws IOException, InterruptedException {
        boolean marked = first;
        first = false;
        pending.add(pool.submit(() -> member.get().compress(block, marked), block));
        if (pending.size() > inFlight) {
            writeNext();
        }
    }

    /** Writes what is still in flight. */
    public void finish() throws IOException, InterruptedException {
        while (!pending.isEmpty()) {
            writeNext();
        }
    }

    private void writeNext() throws IOException, InterruptedException {
        Block next = compressed(pending.remove());
        if (next.atBoundary()
                && (listed.isEmpty() || position - listed.get(listed.size() - 1).position() >= LISTED_EVERY)) {
            listed.add(new Layout.Member(offset, position));
        }
        out.write(next.member(next.memberLength()), 0, next.memberLength());
        offset += next.memberLength();
        position += next.length();
        spare.add(next);
    }

    private static Block compressed(Future<Block> result) throws IOException, InterruptedException {
        try {
            return result.get();
        } catch (ExecutionException e) {
            throw new IOException("the dump could not be compressed: " + e.getCause(), e.getCause());
        }
    }

    /** Returns the members from which the dump can be read, as far as they are written. */
    public List<Layout.Member> listed() {
        return List.copyOf(listed);
    }

    /** Stops the threads; what was not written is dropped. */
    @Override
    public void close() {
        pool.shutdownNow();
        boolean interrupted = Thread.interrupted();
        while (!pool.isTerminated()) {
            try {
                pool.awaitTermination(1, TimeUnit.MINUTES);
            } catch (InterruptedException e) {
                interrupted = true; // a block takes milliseconds: memory of a running one must not be freed
            }
        }
        members.forEach(GzipMember::close);
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
