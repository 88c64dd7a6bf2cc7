package org.pgproof.verify.restore;

import java.util.Optional;
import org.pgproof.manifest.Manifest;
import org.pgproof.service.Quantity;
import org.pgproof.verify.server.CouldNotVerifyException;

/**
 * How much a dump may unpack to: what its manifest says. A small file may unpack to any size, and fill the server's disk.
 *
 * @param withoutManifest bytes for a dump that has none
 */
record UnpackedBound(Optional<Manifest> manifest, long withoutManifest) {
    /**
     * Returns what is wrong with a dump that unpacked to so many bytes and has not ended; empty for nothing.
     *
     * @throws CouldNotVerifyException when there is no manifest and it is more than is allowed
     */
    Optional<String> exceededBy(long bytes) throws CouldNotVerifyException {
        if (manifest.isPresent()) {
            long expected = manifest.get().dump().uncompressedBytes();
            return bytes <= expected
                    ? Optional.empty()
                    : Optional.of(
                            "it unpacks to more than the " + Quantity.bytes(expected) + " that its manifest says");
        }
        if (bytes > withoutManifest) {
            throw new CouldNotVerifyException("the dump has no manifest and unpacks to more than "
                    + Quantity.bytes(withoutManifest) + "; if it is so large, set VERIFY_MAX_BYTES");
        }
        return Optional.empty();
    }
}
