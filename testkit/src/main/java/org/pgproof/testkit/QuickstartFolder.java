package org.pgproof.testkit;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/**
 * Where the quickstart's store keeps its objects. It stays after the run, so that the backup can be looked at; the next run
 * empties it, and takes another while this one still runs.
 */
record QuickstartFolder(Path path, FileLock lock) implements AutoCloseable {
    private static final int MOST = 100;

    /** Returns an empty folder that no other process uses. */
    static QuickstartFolder in(Path parent) throws IOException {
        for (int number = 1; number <= MOST; number++) {
            Path path = parent.resolve(number == 1 ? "quickstart" : "quickstart-" + number);
            FileLock lock = lock(parent.resolve(path.getFileName() + ".lock"));
            if (lock != null) {
                FileTrees.delete(path);
                return new QuickstartFolder(Files.createDirectories(path), lock);
            }
        }
        throw new QuickstartFailure("There are " + MOST + " of them running in " + parent + ".");
    }

    /** Lets the next run empty it. */
    @Override
    public void close() throws IOException {
        lock.acquiredBy().close();
    }

    private static @Nullable FileLock lock(Path file) throws IOException {
        FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        FileLock lock = tryLock(channel);
        if (lock == null) {
            channel.close();
        }
        return lock;
    }

    private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException e) { // held by this very process
            return null;
        }
    }
}
