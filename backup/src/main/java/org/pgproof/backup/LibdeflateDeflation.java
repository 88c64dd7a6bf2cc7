package org.pgproof.backup;

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
final class LibdeflateDeflation implements Deflation {
    private static final List<String> NAMES = List.of("libdeflate.so.0", "deflate");

    private final Pointer compressor;
    // Memory of its own: arrays would be copied there and back with every call, and the memory taken anew.
    private final Memory in = new Memory(Block.SIZE);
    private final Memory out = new Memory(bound(Block.SIZE));

    /** @param level 1 to 12 */
    LibdeflateDeflation(int level) {
        Pointer allocated = Library.libdeflate_alloc_compressor(level);
        if (allocated == null) {
            throw new IllegalStateException("libdeflate has no memory for a compressor");
        }
        compressor = allocated;
    }

    /** Returns whether the library is here and of this process's kind. */
    static boolean available() {
        return Library.AVAILABLE;
    }

    /** As {@code libdeflate_deflate_compress_bound}: 5 bytes for each stored block of at least 5,000, and some. */
    @Override
    public int bound(int length) {
        return length + 5 * (length / 5000 + 1) + 9 + 8;
    }

    @Override
    public int deflate(byte[] content, int length, byte[] target, int offset) {
        in.write(0, content, 0, length);
        int written = (int) Library.libdeflate_deflate_compress(compressor, in, length, out, out.size());
        if (written == 0) {
            throw new IllegalStateException("libdeflate needs more room than its bound");
        }
        out.read(0, target, offset, written);
        return written;
    }

    @Override
    public void close() {
        Library.libdeflate_free_compressor(compressor);
        in.close();
        out.close();
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
