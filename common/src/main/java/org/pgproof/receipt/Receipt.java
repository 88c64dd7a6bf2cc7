package org.pgproof.receipt;

import java.time.Instant;
import java.util.List;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * What the last verification of a backup found. Its JSON form is described in {@code docs/formats.md}.
 *
 * @param format version of this format, {@link #FORMAT}
 * @param key name of the backup
 * @param verdict the verdict, for the reason in {@code reason}
 * @param reason why, in one line
 * @param verifiedAt when the verification ended
 * @param serverVersion of the server it was restored into
 * @param clientVersion of the {@code psql} that restored it
 * @param pgproofVersion of this software
 * @param bytes size of the dump object read
 * @param sha256 digest of the dump object read, 64 hexadecimal digits; null when it was not read to its end
 * @param uncompressedBytes size of what it unpacked to
 * @param bytesPerSecond unpacked bytes for each second of the restore; null when nothing was restored
 * @param seconds how long each step took
 * @param checks every check with its outcome
 */
public record Receipt(
        int format,
        String key,
        Verdict verdict,
        String reason,
        Instant verifiedAt,
        String serverVersion,
        String clientVersion,
        String pgproofVersion,
        long bytes,
        @Nullable String sha256,
        long uncompressedBytes,
        @Nullable Long bytesPerSecond,
        SortedMap<String, Double> seconds,
        List<Check> checks) {

    /** The version of the format that this software writes and reads. */
    public static final int FORMAT = 1;
}
