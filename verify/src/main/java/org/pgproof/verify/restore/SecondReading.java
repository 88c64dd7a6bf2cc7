package org.pgproof.verify.restore;

import java.io.IOException;
import java.util.Optional;
import org.pgproof.archive.CorruptArchiveException;
import org.pgproof.archive.DigestInputStream;
import org.pgproof.archive.GunzipStream;
import org.pgproof.dump.DumpScanner;
import org.pgproof.store.BackupKey;
import org.pgproof.store.BackupStore;
import org.pgproof.store.ObjectKind;
import org.pgproof.verify.server.CouldNotVerifyException;

/**
 * A dump object read once more. A bit that flipped on the way is no damage of the backup, and what is wrong with its rows
 * is told by hashes of them, which the first reading did without.
 *
 * @param object what it turned out to be
 * @param text what its text said, with hashes of its rows; empty when it could not be unpacked to its end
 */
record SecondReading(ObjectReading object, Optional<DumpReading> text) {
    private static final int CHUNK = 64 * 1024;

    /** @throws IOException when the store fails */
    @SuppressWarnings("resource") // the stream that unpacks holds nothing but the object
    static SecondReading of(BackupStore store, BackupKey key) throws IOException {
        DumpReading hashed = new DumpReading(true);
        DumpScanner scanner = new DumpScanner(hashed);
        try (DigestInputStream object = new DigestInputStream(store.open(key, ObjectKind.DUMP))) {
            Optional<DumpReading> text = Optional.of(hashed);
            try {
                unpack(new GunzipStream(object), scanner);
            } catch (CorruptArchiveException e) {
                text = Optional.empty();
            }
            object.drain();
            return new SecondReading(ObjectReading.of(object, scanner.position()), text);
        }
    }

    private static void unpack(GunzipStream dump, DumpScanner scanner) throws IOException {
        byte[] chunk = new byte[CHUNK];
        for (int read = dump.read(chunk, 0, CHUNK); read >= 0; read = dump.read(chunk, 0, CHUNK)) {
            scanner.write(chunk, 0, read);
        }
        scanner.end();
    }

    /**
     * Makes sure that what is wrong lies in the store.
     *
     * @throws CouldNotVerifyException when the first reading gave other bytes
     */
    void confirm(ObjectReading first) throws CouldNotVerifyException {
        if (!object.isSameObjectAs(first)) {
            throw new CouldNotVerifyException(
                    "the store, or the network on the way from it, does not give the same bytes"
                            + " each time: the dump was read with SHA-256 " + first.sha256() + " (" + first.bytes()
                            + " bytes), and again with " + object.sha256() + " (" + object.bytes()
                            + " bytes); check network and memory, and verify again");
        }
    }
}
