package org.pgproof.verify.restore;

import java.util.Optional;
import org.pgproof.archive.DigestInputStream;
import org.pgproof.manifest.Manifest;

/**
 * What a dump object turned out to be when it was read.
 *
 * @param bytes its size
 * @param sha256 its digest
 * @param unpacked size of what it unpacked to; negative where unpacking it was stopped
 */
record ObjectReading(long bytes, String sha256, long unpacked) {

    static final long STOPPED = -1;

    /** @param object read to its end */
    static ObjectReading of(DigestInputStream object, long unpacked) {
        return new ObjectReading(object.bytes(), object.sha256(), unpacked);
    }

    /** Returns how it differs from what the manifest says it is. */
    Optional<String> difference(Manifest.DumpFile expected) {
        if (expected.bytes() != bytes) {
            return Optional.of("expected " + expected.bytes() + " bytes, found " + bytes);
        }
        if (!expected.sha256().equals(sha256)) {
            return Optional.of("expected SHA-256 " + expected.sha256() + ", found " + sha256);
        }
        return stopped() || expected.uncompressedBytes() == unpacked
                ? Optional.empty()
                : Optional.of("expected " + expected.uncompressedBytes() + " bytes unpacked, found " + unpacked);
    }

    boolean stopped() {
        return unpacked < 0;
    }

    boolean isSameObjectAs(ObjectReading other) {
        return bytes == other.bytes && sha256.equals(other.sha256);
    }
}
