package org.pgproof.archive.deflate;

import com.sun.jna.Memory;
import com.sun.jna.Native;
import com.sun.jna.NativeLibrary;
import com.sun.jna.Pointer;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * <a href="https://github.com/ebiggers/libdeflate">libdeflate</a>, several times as fast as zlib, where the system has
 * it ({@code libdeflate0} on Debian).
 */
public final class LibdeflateDeflation implements Deflation {
    private static final List<String> NAMES = List.of("libdeflate.so.0", "deflate");

    private final int level;
    private final Buffers buffers;
    private @Nullable Pointer compressor;

    /**
     * @param level 1 to 12
     * @param buffers for one thread, whose compressors all share them, and close them
     */
    public LibdeflateDeflation(int level, Buffers buffers) {
        this.level = level;
        this.buffers = buffers;
    }

    /** Memory of its own: arrays would be copied there and back with every call, and the memory taken anew. */
    public static final class Buffers {
        private final Memory in = new Memory(Block.SIZE);
        private final Memory out = new Memory(boundOf(Block.SIZE));
    }

    /** Returns whether the library is here and of this process's kind. */
    public static boolean available() {
        return Library.AVAILABLE;
    }

    @Override
    public int bound(int length) {
        return boundOf(length);
    }

    /** As {@code libdeflate_deflate_compress_bound}: 5 bytes for each stored block of at least 5,000, and some. */
    private static int boundOf(int length) {
        return length + 5 * (length / 5000 + 1) + 9 + 8;
    }

    @Override
    public int deflate(byte[] content, int from, int length, byte[] target, int offset) {
        buffers.in.write(0, content, from, length);
        int written = (int)
                Library.libdeflate_deflate_compress(compressor(), buffers.in, length, buffers.out, buffers.out.size());
        if (written == 0) {
            throw new IllegalStateException("libdeflate needs more room than its bound");
        }
        buffers.out.read(0, target, offset, written);
        return written;
    }

    private Pointer compressor() {
        Pointer made = compressor;
        if (made == null) {
            made = Library.libdeflate_alloc_compressor(level);
            if (made == null) {
                throw new IllegalStateException("libdeflate has no memory for a compressor");
            }
            compressor = made;
        }
        return made;
    }

    @Override
    public void close() {
        Library.libdeflate_free_compressor(compressor); // null is fine
        compressor = null;
        buffers.in.close();
        buffers.out.close();
    }

    /** Loaded when first asked for, so that a machine without the library never notices. */
    private static final class Library {
        private static final Logger JNA_LOG = Logger.getLogger(Native.class.getName());
        static final boolean AVAILABLE = load();

        private Library() {}

        private static boolean load() {
            JNA_LOG.setLevel(Level.OFF); // it would complain at length where it may not write
            try {
                // The signatures below take size_t as long.
                return Native.SIZE_T_SIZE == Long.BYTES && NAMES.stream().anyMatch(Library::load);
            } catch (LinkageError unusable) {
                return false; // JNA itself: an unknown machine, or no folder to unpack its library to
            }
        }

        private static boolean load(String name) {
            try {
                Native.register(Library.class, NativeLibrary.getInstance(name));
                return true;
            } catch (UnsatisfiedLinkError absent) {
                return false;
            }
        }

        static native @Nullable Pointer libdeflate_alloc_compressor(int level);

        static native long libdeflate_deflate_compress(
                @Nullable Pointer compressor, Pointer in, long inLength, Pointer out, long outLength);

        static native void libdeflate_free_compressor(@Nullable Pointer compressor);
    }
}
